-- Does a text hold every one of these words, in any order and case? No text holds more than five.
-- A word is known by its beginning ('troop' finds "troops"), and may be one of several: 'call|talk', 'call|talk last'.
-- Patterns and not lists of words: DuckDB reads a pattern once a query, a list once a row.
create or replace macro has_words(printed, words) as
    regexp_matches(printed, word_pattern(words, 1))
    and regexp_matches(printed, word_pattern(words, 2))
    and regexp_matches(printed, word_pattern(words, 3))
    and regexp_matches(printed, word_pattern(words, 4))
    and regexp_matches(printed, word_pattern(words, 5))
    and split_part(trim(words), ' ', 6) = ''
