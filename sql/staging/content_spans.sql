-- Stretches of text that are the content of an attribution.
-- One row per stretch of an attribution's content. Reads attributions.
/*
columns:
  - name: attribution_id
  - name: article_id
  - {name: span_start, description: First character of the stretch.}
  - {name: span_end, description: End of the stretch.}
  - {name: content_length, description: Characters of the whole content; the innermost attribution has the fewest.}
*/
with spans as (
    select
        attribution_id,
        article_id,
        length(content_text) as content_length,
        unnest(content) as span
    from attributions
)

select
    attribution_id,
    article_id,
    span.start as span_start,
    span."end" as span_end,
    content_length
from spans
