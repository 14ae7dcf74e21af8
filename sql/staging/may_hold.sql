-- May an article hold one of these words, in lower case or capitalised, or anyhow in its title?
-- 'asked|requested'. A glance at all texts, many times as fast as one that ignores case: what passes is looked at
-- again. Beyond four words, any article may.
create or replace macro may_hold(text, title, words) as
    (
        has_tail(text, title, split_part(words, '|', 1))
        or has_tail(text, title, split_part(words, '|', 2))
        or has_tail(text, title, split_part(words, '|', 3))
        or has_tail(text, title, split_part(words, '|', 4))
        or split_part(words, '|', 5) <> ''
    )
