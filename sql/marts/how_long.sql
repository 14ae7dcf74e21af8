-- How long did an event (a call, a talk) last, by article and authority?
-- `from how_long('talk')` finds calls and conversations too, by what they are compared as; `'call'` finds calls.
-- Where it is not said what lasted, the sentence of a duration of up to a day is searched.
-- One row per duration. Reads has_words, in_unit, named_figures, sentence_texts.
/*
question: 6
example: |
  select path, minutes_low, minutes_high, approximator, figure_text, measured_text, speaker
  from how_long('call|talk|conversation')
columns:
  - name: publisher
  - name: title
  - name: path
  - name: figure_text
  - name: approximator
  - {name: minutes_low, description: "Lower end in minutes; a month is a twelfth of a year of 365.25 days."}
  - {name: minutes_high, description: Upper end in minutes.}
  - name: measured_text
  - name: measured_as
  - name: speaker
  - name: relayed_by
  - name: source_text
  - name: sentence_text
  - name: figure_start
  - name: figure_end
  - name: article_id
*/
create or replace macro how_long(event) as table
select
    named_figures.publisher,
    named_figures.title,
    named_figures.path,
    named_figures.figure_text,
    named_figures.approximator,
    in_unit(named_figures.value_low, named_figures.unit, 'minute') as minutes_low,
    in_unit(named_figures.value_high, named_figures.unit, 'minute') as minutes_high,
    named_figures.measured_text,
    named_figures.measured_as,
    named_figures.speaker,
    named_figures.relayed_by,
    named_figures.source_text,
    sentence_texts.sentence_text,
    named_figures.figure_start,
    named_figures.figure_end,
    named_figures.article_id
from named_figures
left join sentence_texts
    on
        named_figures.article_id = sentence_texts.article_id
        and named_figures.figure_start >= sentence_texts.sentence_start
        and named_figures.figure_start < sentence_texts.sentence_end
where
    named_figures.figure_type = 'duration'
    and (
        has_words(concat_ws(' ', named_figures.measured_text, named_figures.measured_as), event)
        or (
            named_figures.measured_text is null
            and minutes_high <= 1440
            and has_words(sentence_texts.sentence_text, event)
        )
    )
order by named_figures.path, named_figures.figure_start
