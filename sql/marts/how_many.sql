-- How many of a thing (Russian troops, casualties, …) does each article report, and on whose authority?
-- `from how_many('russian troop|soldier')`: a word is known by its beginning, `|` parts alternatives.
-- Counts that were found to measure the same are counts of the thing too, whatever they call it ("soldiers").
-- One row per count of the thing. Reads figure_groups, figures, has_words, named_figures.
/*
question: 3
example: |
  select
      publisher, path, published_on, approximator, figure_text, measured_text,
      speaker, relayed_by, source_text
  from how_many('troop|soldier')
columns:
  - name: publisher
  - name: title
  - name: path
  - name: published_on
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
with found as materialized (
    select figure_id
    from figures
    where
        figure_type = 'count'
        and has_words(concat_ws(' ', figure_text, unit, measured_text, measured_as), thing)
    union
    select figure_id
    from figure_groups
    where has_words(measured_as, thing)
)

select
    publisher,
    title,
    path,
    published_on,
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
    and figure_id in (from found)
order by path, figure_start
