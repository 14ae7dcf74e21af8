-- The sentences of an article are numbered from 0, follow each other, and lie in a title, subheading or body passage.
/*
table: sentences
*/
with neighbours as (
    select
        article_id,
        sentence_number,
        passage_number,
        sentence_start,
        sentence_end,
        row_number() over of_article as place,
        lag(sentence_end, 1, 0) over of_article as previous_end
    from sentences
    window of_article as (partition by article_id order by sentence_number)
)

select
    neighbours.article_id,
    neighbours.sentence_number,
    neighbours.sentence_start,
    neighbours.sentence_end,
    passages.passage_number,
    passages.passage_type
from neighbours
left join passages using (article_id, passage_number)
where
    neighbours.sentence_number <> neighbours.place - 1
    or neighbours.sentence_start < neighbours.previous_end
    or neighbours.sentence_end <= neighbours.sentence_start
    or neighbours.sentence_start < passages.passage_start
    or neighbours.sentence_end > passages.passage_end
    or coalesce(passages.passage_type not in ('title', 'subheading', 'body'), true)
