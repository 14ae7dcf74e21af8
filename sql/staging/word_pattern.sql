-- How does a regular expression find the nth of these words at the beginning of a word? Beyond the last, anywhere.
create or replace macro word_pattern(words, n) as
    case
        when split_part(trim(words), ' ', n) = '' then ''
        else
            '(?i)(?:^|[^\p{L}\p{N}])(?:' || replace(regexp_escape(split_part(trim(words), ' ', n)), '\|', '|') || ')'
    end
