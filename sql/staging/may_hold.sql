-- May an article hold this word, in lower case or capitalised, or anyhow in its title?
-- A glance at all texts, many times as fast as one that ignores case: what passes is looked at again.
create or replace macro may_hold(text, title, word) as
    (contains(text, lower(word)[2:]) or contains(lower(coalesce(title, '')), lower(word)))
