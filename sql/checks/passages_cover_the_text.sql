-- The passages of an article follow each other without gap or overlap, from its first character to its last.
/*
table: passages
*/
with neighbours as (
    select
        article_id,
        passage_number,
        passage_start,
        passage_end,
        row_number() over of_article as place,
        lag(passage_end, 1, 0) over of_article as previous_end,
        lead(passage_start) over of_article as next_start
    from passages
    window of_article as (partition by article_id order by passage_number)
)

select
    articles.path,
    articles.article_id,
    length(articles.text) as text_length,
    neighbours.passage_number,
    neighbours.passage_start,
    neighbours.passage_end
from articles
full join neighbours using (article_id)
where
    articles.text is null
    or neighbours.passage_number is distinct from neighbours.place - 1
    or neighbours.passage_start is distinct from neighbours.previous_end
    or neighbours.passage_end <= neighbours.passage_start
    or (neighbours.next_start is null and neighbours.passage_end is distinct from length(articles.text))
