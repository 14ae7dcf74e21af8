-- Does a text hold all of a word but its first letter, or its title the word in any case?
create or replace macro has_tail(text, title, word) as
    (word <> '' and (contains(text, lower(word)[2:]) or contains(lower(coalesce(title, '')), lower(word))))
