-- Which denials and refusals are reported, and by whom?
-- One row per denial or refusal. Reads named_attributions.
/*
columns:
  - name: publisher
  - name: title
  - name: path
  - {name: act, tests: [{accepted_values: {values: [denial, refusal]}}]}
  - name: speaker
  - name: relayed_by
  - name: source_text
  - name: cue_text
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
    content_text,
    content_start,
    confidence,
    article_id,
    attribution_id
from named_attributions
where act in ('denial', 'refusal')
