-- Who carries whose text?
-- Which of the two wrote it no text can tell: the earlier one stands first, and who is credited (`wire`) beside it.
-- One row per pair of articles that share running text. Reads articles, text_reuse.
/*
example: |
  select
      reuse_type, shared_share, path, publisher, wire, published_on,
      other_path, other_publisher, other_wire, other_published_on
  from copied_text
  order by shared_share desc, path, other_path
narrowed: publisher = 'The Day'
columns:
  - name: reuse_type
  - name: shared_share
  - name: publisher
  - name: wire
  - name: path
  - name: title
  - name: published_on
  - {name: other_publisher, description: Outlet that carries the other article.}
  - {name: other_wire, description: Agency or outlet that the other article credits.}
  - {name: other_path, description: File of the other article.}
  - {name: other_title, description: Its title.}
  - {name: other_published_on, description: "Its date, not before that of the first."}
  - name: article_id
  - name: other_article_id
*/
with dated as (
    select
        text_reuse.reuse_type,
        text_reuse.shared_share,
        coalesce(articles.published_on <= others.published_on, others.published_on is null) as is_in_order,
        case when is_in_order then text_reuse.article_id else text_reuse.other_article_id end as article_id,
        case when is_in_order then text_reuse.other_article_id else text_reuse.article_id end as other_article_id
    from text_reuse
    inner join articles on text_reuse.article_id = articles.article_id
    inner join articles as others on text_reuse.other_article_id = others.article_id
)

select
    dated.reuse_type,
    dated.shared_share,
    articles.publisher,
    articles.wire,
    articles.path,
    articles.title,
    articles.published_on,
    others.publisher as other_publisher,
    others.wire as other_wire,
    others.path as other_path,
    others.title as other_title,
    others.published_on as other_published_on,
    dated.article_id,
    dated.other_article_id
from dated
inner join articles on dated.article_id = articles.article_id
inner join articles as others on dated.other_article_id = others.article_id
