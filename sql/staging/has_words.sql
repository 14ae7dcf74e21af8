-- Does a text hold every one of these words, in any order and case?
-- A word is known by its beginning ('troop' finds "troops"), and may be one of several: 'call|talk', 'call|talk last'.
create or replace macro has_words(printed, words) as
    list_bool_and(
        list_transform(
            string_split(trim(lower(words)), ' '),
            lambda word: list_bool_or(
                list_transform(
                    string_split(word, '|'),
                    lambda beginning: contains(
                        ' ' || regexp_replace(lower(printed), '[^\p{L}\p{N}]', ' ', 'g'), ' ' || beginning
                    )
                )
            )
        )
    )
