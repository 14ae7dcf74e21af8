-- The text of a mention is the slice of the article that its offsets name.
/*
table: mentions
*/
select
    mentions.mention_id,
    articles.path,
    mentions.mention_start,
    mentions.mention_text,
    substr(articles.text, mention_start + 1, mention_end - mention_start) as slice
from mentions
inner join articles using (article_id)
where
    slice is distinct from mention_text
    or length(mention_text) <> mention_end - mention_start -- substr stops at the end of the text without a word
    or mention_start < 0
