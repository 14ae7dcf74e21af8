-- Who relays whose words, how often?
-- One row per one who relays and one who is relayed. Reads copies, named_attributions.
/*
config: {materialized: table}
question: 14
example: |
  select relayed_by, speaker, attribution_count, article_count, text_count, publisher_count
  from relays
  order by attribution_count desc, relayed_by, speaker
columns:
  - {name: relayed_by, tests: [not_null]}
  - name: speaker
  - {name: attribution_count, description: Attributions passed on.}
  - {name: article_count, description: Articles in which this happens.}
  - {name: text_count, description: "Of these, those whose text is no copy of another's."}
  - {name: publisher_count, description: Publishers of these articles that are known.}
*/
select
    relayed_by,
    speaker,
    count(*) as attribution_count,
    count(distinct article_id) as article_count,
    count(distinct coalesce(copies.first_article_id, article_id)) as text_count,
    count(distinct publisher) as publisher_count
from named_attributions
left join copies using (article_id)
where relayed_by is not null
group by relayed_by, speaker
