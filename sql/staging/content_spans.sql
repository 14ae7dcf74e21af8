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
select
    attributions.attribution_id,
    attributions.article_id,
    spans.span.start as span_start,
    spans.span."end" as span_end,
    length(attributions.content_text) as content_length
from attributions, unnest(attributions.content) as spans(span)
