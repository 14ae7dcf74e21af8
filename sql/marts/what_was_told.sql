-- What did one named speaker tell or warn another, according to whom?
-- `from what_was_told('Biden', 'Putin')`.
-- One row per attribution to the speaker that names the other as told. Reads is_called, named_attributions.
/*
question: 5
example: |
  select path, speaker, addressee, relayed_by, act, cue_text, content_text
  from what_was_told('Biden', 'Putin')
columns:
  - name: publisher
  - name: title
  - name: path
  - name: speaker
  - name: addressee
  - name: relayed_by
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
create or replace macro what_was_told(who, whom) as table
select
    publisher,
    title,
    path,
    speaker,
    addressee,
    relayed_by,
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
where
    is_called(speaker, who)
    and is_called(addressee, whom)
order by path, content_start, attribution_id
