-- Which words of a phrase say something?
-- 'asked for the call|talk' has "asked" and "call|talk".
create or replace macro words_of(phrase) as
    list_filter(
        string_split(lower(phrase), ' '),
        lambda word: word not in ('', 'a', 'an', 'at', 'by', 'for', 'in', 'of', 'on', 'the', 'to', 'with')
    )
