-- Which named speakers are quoted in more than one article or by more than one publisher?
-- One row per named speaker of two articles or more. Reads copies, named_attributions.
/*
config: {materialized: table}
question: 20
example: |
  select speaker, article_count, text_count, publisher_count, attribution_count, quotation_count
  from recurring_speakers
  order by attribution_count desc, speaker
narrowed: speaker = 'Joe Biden'
columns:
  - {name: speaker, tests: [not_null]}
  - name: speaker_type
  - {name: article_count, description: Articles with an attribution to the speaker.}
  - {name: text_count, description: "Of these, those whose text is no copy of another's."}
  - {name: publisher_count, description: Publishers of these articles that are known.}
  - {name: attribution_count, description: Attributions to the speaker.}
  - {name: quotation_count, description: "Of these, wholly or partly in quotation marks."}
*/
with tallies as (
    select
        speaker,
        speaker_type,
        article_id,
        publisher,
        count(*) as attribution_count,
        count(*) filter (where attribution_type <> 'indirect') as quotation_count
    from named_attributions
    where speaker_type <> 'unnamed'
    group by speaker, speaker_type, article_id, publisher
)

select
    speaker,
    speaker_type,
    count(*) as article_count,
    count(distinct coalesce(copies.first_article_id, article_id)) as text_count,
    count(distinct publisher) as publisher_count,
    sum(attribution_count)::bigint as attribution_count,
    sum(quotation_count)::bigint as quotation_count
from tallies
left join copies using (article_id)
group by speaker, speaker_type
having article_count > 1
