-- Which figures come second-hand (a speaker's words relayed by someone else)?
-- One row per figure whose speaker is relayed. Reads named_figures.
/*
question: 13
example: |
  select path, relayed_by, speaker, approximator, figure_text, measured_text
  from second_hand_figures
  order by path, figure_start
narrowed: relayed_by = 'Yuri Ushakov'
columns:
  - name: publisher
  - name: title
  - name: path
  - name: relayed_by
  - name: speaker
  - name: figure_text
  - name: approximator
  - name: value_low
  - name: value_high
  - name: unit
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
    relayed_by,
    speaker,
    figure_text,
    approximator,
    value_low,
    value_high,
    unit,
    measured_text,
    figure_start,
    figure_end,
    article_id,
    figure_id
from named_figures
where relayed_by is not null
