-- No content begins or ends with a quotation mark, a comma or white space.
/*
table: attributions
*/
select
    attribution_id,
    article_id,
    content_text
from attributions
where regexp_matches(content_text, '^[\s,"“”„‟«»‘]|[\s,"“”„‟«»]$')
