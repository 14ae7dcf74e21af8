-- Which articles and publishers rely most on unnamed sources?
-- A nested attribution is not counted: the reader has it from the source of the outer one.
-- One row per article with attributions. Reads named_attributions.
/*
config: {materialized: table}
question: 9
example: |
  select
      publisher, path, attribution_count, unnamed_count, sourceless_count, unnamed_share,
      publisher_unnamed_share
  from unnamed_source_shares
  order by unnamed_share desc, path
columns:
  - name: publisher
  - name: title
  - name: path
  - {name: attribution_count, description: Outermost attributions of the article.}
  - {name: unnamed_count, description: "Of these, by unnamed officials, sources and the like."}
  - {name: sourceless_count, description: "Of these, without anyone to whom the words are given."}
  - {name: unnamed_share, description: "unnamed_count in attribution_count, 0 to 1."}
  - {name: publisher_unnamed_share, description: The same in all articles of the publisher; null where it is not known.}
  - {name: article_id, tests: [unique]}
*/
select
    publisher,
    title,
    path,
    count(*) as attribution_count,
    count(*) filter (where speaker_type = 'unnamed') as unnamed_count,
    count(*) filter (where speaker is null) as sourceless_count,
    unnamed_count / attribution_count as unnamed_share,
    case when publisher is not null then
        sum(unnamed_count) over (partition by publisher) / sum(attribution_count) over (partition by publisher)
    end as publisher_unnamed_share,
    article_id
from named_attributions
where parent_attribution_id is null
group by publisher, title, path, article_id
