-- How long did an event (a call, a talk) last, by article and authority?
-- `from how_long('call|talk|conversation')`: where it is not said what lasted, the sentence of a duration of up to a
-- day is searched ("spoke candidly for nearly an hour").
-- One row per duration. Reads has_words, named_figures, sentence_texts.
/*
columns:
  - name: publisher
  - name: title
  - name: path
  - name: figure_text
  - name: approximator
  - {name: minutes_low, description: "Lower end in minutes; a month counts 30 days, a year 365."}
  - {name: minutes_high, description: Upper end in minutes.}
  - name: measured_text
  - name: speaker
  - name: relayed_by
  - name: source_text
  - name: sentence_text
  - name: figure_start
  - name: figure_end
  - name: article_id
*/
create or replace macro how_long(event) as table
with minutes(unit, unit_minutes) as (
    values
        ('second', 1 / 60),
        ('minute', 1),
        ('hour', 60),
        ('day', 1440),
        ('week', 10080),
        ('month', 43200),
        ('year', 525600),
        ('decade', 5256000),
        ('century', 52560000)
)

select
    named_figures.publisher,
    named_figures.title,
    named_figures.path,
    named_figures.figure_text,
    named_figures.approximator,
    named_figures.value_low * minutes.unit_minutes as minutes_low,
    named_figures.value_high * minutes.unit_minutes as minutes_high,
    named_figures.measured_text,
    named_figures.speaker,
    named_figures.relayed_by,
    named_figures.source_text,
    sentence_texts.sentence_text,
    named_figures.figure_start,
    named_figures.figure_end,
    named_figures.article_id
from named_figures
left join minutes using (unit)
left join sentence_texts
    on
        named_figures.article_id = sentence_texts.article_id
        and named_figures.figure_start >= sentence_texts.sentence_start
        and named_figures.figure_start < sentence_texts.sentence_end
where
    named_figures.figure_type = 'duration'
    and (named_figures.measured_text is not null or minutes_high <= 1440)
    and has_words(coalesce(named_figures.measured_text, sentence_texts.sentence_text), event)
order by named_figures.path, named_figures.figure_start
