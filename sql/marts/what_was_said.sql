-- What did a given speaker say, according to whom?
-- `from what_was_said('Vladimir Putin')`, or by last name and in any case, 'putin'.
-- One row per attribution to the speaker. Reads is_called, named_attributions.
/*
question: 4
example: |
  select path, relayed_by, addressee, act, cue_text, content_text
  from what_was_said('Vladimir Putin')
columns:
  - name: publisher
  - name: title
  - name: path
  - name: speaker
  - name: relayed_by
  - name: addressee
  - name: act
  - name: is_negated
  - name: cue_text
  - name: content_text
  - name: attribution_type
  - name: content_start
  - name: confidence
  - name: article_id
  - name: attribution_id
*/
create or replace macro what_was_said(who) as table
select
    publisher,
    title,
    path,
    speaker,
    relayed_by,
    addressee,
    act,
    is_negated,
    cue_text,
    content_text,
    attribution_type,
    content_start,
    confidence,
    article_id,
    attribution_id
from named_attributions
where is_called(speaker, who)
order by path, content_start, attribution_id
