-- Does a text hold every one of these words, in any order and case?
-- A word is known by its beginning ('troop' finds "troops"), and may be one of several: 'call|talk', 'call|talk last'.
create or replace macro has_words(printed, words) as
    -- one pattern for the first word, read once a query, spares most texts the rest
    regexp_matches(
        printed,
        '(?i)(?:^|[^\p{L}\p{N}])(?:'
        || replace(regexp_escape(split_part(trim(words), ' ', 1)), '\|', '|') || ')'
    )
    and list_bool_and(
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
