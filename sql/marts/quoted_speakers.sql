-- Who is quoted most in each article, and directly or indirectly?
-- One row per article and speaker. Reads named_attributions.
/*
question: 2
example: |
  select
      path, speaker_rank, speaker, attribution_count, direct_count, mixed_count,
      indirect_count, relayed_count
  from quoted_speakers
  where speaker_rank <= 3
  order by path, speaker_rank, speaker
narrowed: publisher = 'The Day'
columns:
  - name: publisher
  - name: title
  - name: path
  - {name: speaker_rank, description: 1 for the speaker with the most attributions in the article; equals share a rank.}
  - {name: speaker, tests: [not_null]}
  - name: speaker_type
  - {name: attribution_count, description: Attributions to the speaker in the article.}
  - {name: direct_count, description: Of these, wholly in quotation marks.}
  - {name: mixed_count, description: Of these, partly in quotation marks.}
  - {name: indirect_count, description: Of these, without quotation marks.}
  - {name: relayed_count, description: Of these, passed on by someone else.}
  - name: article_id
*/
select
    publisher,
    title,
    path,
    -- by all that tells the article, so that a filter on the publisher is applied first
    rank() over (partition by publisher, title, path, article_id order by count(*) desc) as speaker_rank,
    speaker,
    speaker_type,
    count(*) as attribution_count,
    count(*) filter (where attribution_type = 'direct') as direct_count,
    count(*) filter (where attribution_type = 'mixed') as mixed_count,
    count(*) filter (where attribution_type = 'indirect') as indirect_count,
    count(relayed_by) as relayed_count,
    article_id
from named_attributions
where speaker is not null
group by publisher, title, path, speaker, speaker_type, article_id
