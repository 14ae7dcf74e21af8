-- Articles that carry another's text, with the first that carried it: wire copy, syndication.
-- The earliest of those that share nearly all their text counts as the first; whoever wrote it, no text can tell.
-- One row per article that is not the first with its text. Reads articles, text_reuse.
/*
columns:
  - {name: article_id, tests: [unique]}
  - {name: first_article_id, description: "Article that carried the text first, as far as dates tell."}
*/
with duplicates as (
    select
        article_id,
        other_article_id
    from text_reuse
    where reuse_type <> 'partial'
    union all
    select
        other_article_id,
        article_id
    from text_reuse
    where reuse_type <> 'partial'
),

earlier as (
    select
        duplicates.article_id,
        articles.published_on,
        duplicates.other_article_id,
        others.published_on as other_published_on
    from duplicates
    inner join articles on duplicates.article_id = articles.article_id
    inner join articles as others on duplicates.other_article_id = others.article_id
    where
        (coalesce(other_published_on, 'infinity'), duplicates.other_article_id)
        < (coalesce(articles.published_on, 'infinity'), duplicates.article_id)
)

select
    article_id,
    arg_min(other_article_id, (coalesce(other_published_on, 'infinity'), other_article_id)) as first_article_id
from earlier
group by article_id
