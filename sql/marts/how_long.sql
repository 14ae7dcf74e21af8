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
with durations as materialized (
    select
        *,
        in_unit(value_low, unit, 'minute') as minutes_low,
        in_unit(value_high, unit, 'minute') as minutes_high,
        has_words(concat_ws(' ', measured_text, measured_as), event) as is_of_event
    from named_figures
    where
        figure_type = 'duration'
        and (is_of_event or (measured_text is null and minutes_high <= 1440))
)

select
    durations.publisher,
    durations.title,
    durations.path,
    durations.figure_text,
    durations.approximator,
    durations.minutes_low,
    durations.minutes_high,
    durations.measured_text,
    durations.measured_as,
    durations.speaker,
    durations.relayed_by,
    durations.source_text,
    sentence_texts.sentence_text,
    durations.figure_start,
    durations.figure_end,
    durations.article_id
from durations
left join sentence_texts
    on
        durations.article_id = sentence_texts.article_id
        and durations.figure_start >= sentence_texts.sentence_start
        and durations.figure_start < sentence_texts.sentence_end
where
    durations.is_of_event
    or has_words(sentence_texts.sentence_text, event)
order by durations.path, durations.figure_start
