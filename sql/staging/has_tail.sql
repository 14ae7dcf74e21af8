-- Does a text hold all of a word but its first letter, or its title the word in any case?
-- What is looked for begins with a rare letter if it can ("quested" of "requested"): a glance finds it faster.
create or replace macro has_tail(text, title, word) as
    (
        word <> ''
        and (
            contains(
                text,
                coalesce(
                    nullif(regexp_extract(lower(word)[2:], '[bfgjkmpqvwxyz].{2,}'), ''),
                    nullif(regexp_extract(lower(word)[2:], '[cdlu].{2,}'), ''),
                    lower(word)[2:]
                )
            )
            or contains(lower(coalesce(title, '')), lower(word))
        )
    )
