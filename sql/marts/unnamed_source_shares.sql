-- Which articles and publishers rely most on unnamed sources?
-- By publisher: `select publisher, sum(unnamed_count) / sum(attribution_count) from … group by all`.
-- A nested attribution is not counted: the reader has it from the source of the outer one.
-- One row per article with attributions. Reads named_attributions.
/*
columns:
  - name: publisher
  - name: title
  - name: path
  - {name: attribution_count, description: Outermost attributions of the article.}
  - {name: unnamed_count, description: "Of these, by unnamed officials, sources and the like."}
  - {name: sourceless_count, description: "Of these, without anyone to whom the words are given."}
  - {name: unnamed_share, description: "unnamed_count in attribution_count, 0 to 1."}
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
    article_id
from named_attributions
where parent_attribution_id is null
group by publisher, title, path, article_id
