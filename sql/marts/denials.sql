-- Which denials and refusals are reported, and by whom?
-- "did not deny" is one too, with `is_negated`.
-- One row per denial or refusal. Reads named_attributions.
/*
question: 11
example: |
  select path, act, speaker, relayed_by, cue_text, is_negated, content_text
  from denials
  order by path, content_start, attribution_id
narrowed: speaker = 'Russia'
columns:
  - name: publisher
  - name: title
  - name: path
  - {name: act, tests: [{accepted_values: {values: [denial, refusal]}}]}
  - name: speaker
  - name: relayed_by
  - name: source_text
  - name: cue_text
  - name: is_negated
  - name: content_text
  - name: content_start
  - name: confidence
  - name: article_id
  - name: attribution_id
*/
select
    publisher,
    title,
    path,
    act,
    speaker,
    relayed_by,
    source_text,
    cue_text,
    is_negated,
    content_text,
    content_start,
    confidence,
    article_id,
    attribution_id
from named_attributions
where act in ('denial', 'refusal')
