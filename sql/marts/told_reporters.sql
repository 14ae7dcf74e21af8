-- What did a given spokesperson tell reporters, by article?
-- `from told_reporters('Ushakov')`: own words, and those of others that the spokesperson passes on.
-- One row per attribution that the spokesperson speaks or relays. Reads entities, is_called, named_attributions.
/*
question: 16
example: |
  select path, spokesperson, speaker, act, cue_text, content_text
  from told_reporters('Ushakov')
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
with called as materialized (
    select entity_id
    from entities
    where is_called(canonical_name, spokesperson)
),

told as (
    select
        speaker as told_by,
        *
    from named_attributions
    where speaker_id in (from called)
    union all
    select
        relayed_by,
        *
    from named_attributions
    where
        relayed_by_id in (from called)
        and coalesce(speaker_id not in (from called), true)
)

select
    publisher,
    title,
    path,
    told_by as spokesperson,
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
from told
order by path, content_start, attribution_id
