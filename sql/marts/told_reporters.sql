-- What did a given spokesperson tell reporters, by article?
-- `from told_reporters('Ushakov')`: own words, and those of others that the spokesperson passes on.
-- One row per attribution that the spokesperson speaks or relays. Reads is_called, named_attributions.
/*
columns:
  - name: publisher
  - name: title
  - name: path
  - {name: spokesperson, description: Canonical name of the one asked for.}
  - {name: speaker, description: Whose words these are; the spokesperson or the one whose words are passed on.}
  - name: addressee
  - name: act
  - name: cue_text
  - name: content_text
  - name: attribution_type
  - name: content_start
  - name: confidence
  - name: article_id
  - name: attribution_id
*/
create or replace macro told_reporters(spokesperson) as table
select
    publisher,
    title,
    path,
    case when is_called(speaker, spokesperson) then speaker else relayed_by end as spokesperson,
    speaker,
    addressee,
    act,
    cue_text,
    content_text,
    attribution_type,
    content_start,
    confidence,
    article_id,
    attribution_id
from named_attributions
where
    is_called(speaker, spokesperson)
    or is_called(relayed_by, spokesperson)
order by path, content_start
