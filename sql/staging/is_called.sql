-- Is a name the one asked for: the canonical name or its last words, in any case, accents aside?
-- 'putin' asks for "Vladimir Putin", 'erdogan' for "Recep Tayyip Erdoğan".
create or replace macro is_called(name, wanted) as
    ends_with(strip_accents(lower(' ' || name)), strip_accents(lower(' ' || wanted)))
