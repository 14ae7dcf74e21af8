-- Which quotations are there, verbatim, with whose words they are and where to find them?
-- One row per stretch of words in quotation marks. Reads named_attributions.
/*
example: |
  select path, speaker, relayed_by, quotation_text
  from quotations
  order by path, quotation_start, attribution_id
narrowed: speaker = 'Joe Biden'
columns:
  - name: publisher
  - name: title
  - name: path
  - name: speaker
  - name: relayed_by
  - {name: quotation_text, description: "Words between the quotation marks, to the character."}
  - {name: quotation_start, description: "First character of the words, marks excluded."}
  - {name: quotation_end, description: "End of the words, marks excluded."}
  - name: attribution_type
  - name: content_text
  - name: confidence
  - name: article_id
  - name: attribution_id
*/
with stretches as (
    select
        *,
        unnest(quoted) as stretch
    from named_attributions
),

places as (
    select
        *,
        stretch.start as quotation_start,
        stretch."end" as quotation_end,
        list_filter(content, lambda piece: piece.start <= quotation_start) as pieces,
        quotation_start - pieces[-1].start + coalesce(
            list_sum(list_transform(pieces[:-2], lambda piece: piece."end" - piece.start + length(' … '))), 0
        ) as place -- in the content, for to cut it from the article means to read the article up to there
    from stretches
)

select
    publisher,
    title,
    path,
    speaker,
    relayed_by,
    substr(content_text, place::bigint + 1, quotation_end - quotation_start) as quotation_text,
    quotation_start,
    quotation_end,
    attribution_type,
    content_text,
    confidence,
    article_id,
    attribution_id
from places
