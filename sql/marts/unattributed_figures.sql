-- Which figures stand in the article's own voice, with no authority?
-- One row per figure that is in nobody's words. Reads named_figures.
/*
question: 12
example: |
  select publisher, path, approximator, figure_text, unit, measured_text
  from unattributed_figures
  order by path, figure_start
narrowed: publisher = 'The Day'
columns:
  - name: publisher
  - name: title
  - name: path
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
where attribution_id is null
