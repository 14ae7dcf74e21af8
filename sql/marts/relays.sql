-- Who relays whose words, how often?
-- One row per one who relays and one who is relayed. Reads named_attributions.
/*
columns:
  - {name: relayed_by, tests: [not_null]}
  - name: speaker
  - {name: attribution_count, description: Attributions passed on.}
  - {name: article_count, description: Articles in which this happens.}
  - {name: publisher_count, description: Publishers of these articles that are known.}
*/
select
    relayed_by,
    speaker,
    count(*) as attribution_count,
    count(distinct article_id) as article_count,
    count(distinct publisher) as publisher_count
from named_attributions
where relayed_by is not null
group by relayed_by, speaker
