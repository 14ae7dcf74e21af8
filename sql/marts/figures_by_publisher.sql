-- Which figures does each publisher (article) attribute to whom?
-- One row per figure that stands in someone's words. Reads named_figures.
/*
question: 1
example: |
  select
      publisher, path, speaker, relayed_by, source_text, approximator, figure_text, measured_text
  from figures_by_publisher
  order by path, figure_start
narrowed: speaker = 'Joe Biden'
columns:
  - name: publisher
  - name: title
  - name: path
  - name: speaker
  - name: relayed_by
  - name: source_text
  - name: figure_text
  - name: approximator
  - name: value_low
  - name: value_high
  - name: unit
  - name: figure_type
  - name: measured_text
  - name: figure_start
  - name: figure_end
  - name: article_id
  - name: figure_id
*/
select
    publisher,
    title,
    path,
    speaker,
    relayed_by,
    source_text,
    figure_text,
    approximator,
    value_low,
    value_high,
    unit,
    figure_type,
    measured_text,
    figure_start,
    figure_end,
    article_id,
    figure_id
from named_figures
where attribution_id is not null
