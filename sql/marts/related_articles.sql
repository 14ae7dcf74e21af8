-- Which articles report the same event?
-- Shared text stands beside the shared event: `shared_path` and `shared_share` tell of the article that shares most.
-- One row per article of a story with two articles or more. Reads articles, copies, stories, text_reuse.
/*
question: 10
example: |
  select
      story, story_article_count, publisher, wire, path, published_on, similarity, reuse_type, shared_share, shared_path
  from related_articles
  order by story_article_count desc, story, published_on, path
narrowed: publisher = 'The Day'
columns:
  - {name: story, description: "Title of the article that is most like the others, or its file."}
  - {name: story_article_count, description: Articles in the story.}
  - {name: story_text_count, description: "Of these, those whose text is no copy of another's."}
  - {name: story_publisher_count, description: Publishers of the story that are known.}
  - name: publisher
  - name: wire
  - name: title
  - name: path
  - name: published_on
  - name: similarity
  - {name: reuse_type, description: "How much text it shares with the article that shares most: `duplicate`, `near_duplicate`, `partial`; null: none does."}
  - {name: shared_share, description: "Share of the shorter of the two that stands in the other, 0 to 1."}
  - {name: shared_path, description: File of the article that shares most.}
  - name: story_id
  - name: topic_id
  - name: article_id
*/
with tellings as (
    select
        stories.story_id,
        stories.topic_id,
        stories.article_id,
        stories.similarity,
        coalesce(copies.first_article_id, stories.article_id) as text_id,
        articles.publisher,
        articles.wire,
        articles.title,
        articles.path,
        articles.published_on
    from stories
    inner join articles using (article_id)
    left join copies using (article_id)
),

tallies as (
    select
        story_id,
        arg_max(coalesce(title, path), (similarity, article_id)) as story,
        count(*) as article_count,
        count(distinct text_id) as text_count,
        count(distinct publisher) as publisher_count
    from tellings
    group by story_id
    having article_count > 1
),

shared as (
    select
        article_id,
        other_article_id,
        shared_share,
        reuse_type
    from text_reuse
    union all
    select
        other_article_id,
        article_id,
        shared_share,
        reuse_type
    from text_reuse
),

most_shared as (
    select
        article_id,
        max((shared_share, other_article_id, reuse_type)) as most
    from shared
    group by article_id
)

select
    tallies.story,
    tallies.article_count as story_article_count,
    tallies.text_count as story_text_count,
    tallies.publisher_count as story_publisher_count,
    tellings.publisher,
    tellings.wire,
    tellings.title,
    tellings.path,
    tellings.published_on,
    tellings.similarity,
    most_shared.most[3] as reuse_type,
    most_shared.most[1] as shared_share,
    others.path as shared_path,
    tellings.story_id,
    tellings.topic_id,
    tellings.article_id
from tellings
inner join tallies using (story_id)
left join most_shared using (article_id)
left join articles as others on most_shared.most[2] = others.article_id
