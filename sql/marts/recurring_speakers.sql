-- Which named speakers are quoted in more than one article or by more than one publisher?
-- One row per named speaker of two articles or more. Reads named_attributions.
/*
columns:
  - {name: speaker, tests: [not_null]}
  - name: speaker_type
  - {name: article_count, description: Articles with an attribution to the speaker.}
  - {name: publisher_count, description: Publishers of these articles that are known.}
  - {name: attribution_count, description: Attributions to the speaker.}
  - {name: quotation_count, description: "Of these, wholly or partly in quotation marks."}
*/
select
    speaker,
    speaker_type,
    count(distinct article_id) as article_count,
    count(distinct publisher) as publisher_count,
    count(*) as attribution_count,
    count(*) filter (where attribution_type <> 'indirect') as quotation_count
from named_attributions
where speaker_type <> 'unnamed'
group by speaker, speaker_type
having article_count > 1
