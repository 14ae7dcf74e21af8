-- How many of a thing (Russian troops, casualties, …) does each article report, and on whose authority?
-- `from how_many('russian troop|soldier')`: a word is known by its beginning, `|` parts alternatives.
-- One row per count of the thing. Reads has_words, named_figures.
/*
columns:
  - name: publisher
  - name: title
  - name: path
  - name: figure_text
  - name: approximator
  - name: value_low
  - name: value_high
  - name: unit
  - name: measured_text
  - name: speaker
  - name: relayed_by
  - name: source_text
  - name: figure_start
  - name: figure_end
  - name: article_id
*/
create or replace macro how_many(thing) as table
select
    publisher,
    title,
    path,
    figure_text,
    approximator,
    value_low,
    value_high,
    unit,
    measured_text,
    speaker,
    relayed_by,
    source_text,
    figure_start,
    figure_end,
    article_id
from named_figures
where
    figure_type = 'count'
    and has_words(concat_ws(' ', figure_text, unit, measured_text), thing)
order by path, figure_start
