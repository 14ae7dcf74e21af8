-- Which direct quotations of a speaker are there, verbatim, with where to find them?
-- `from quotations_of('Biden')`; `where attribution_type = 'direct'` leaves out words quoted within a paraphrase.
-- One row per stretch of words in quotation marks. Reads is_called, quotations.
/*
question: 15
example: |
  select
      path, quotation_text, attribution_type, quotation_start, quotation_end,
      relayed_by
  from quotations_of('Biden')
columns:
  - name: publisher
  - name: title
  - name: path
  - name: speaker
  - name: relayed_by
  - name: quotation_text
  - name: quotation_start
  - name: quotation_end
  - name: attribution_type
  - name: confidence
  - name: article_id
  - name: attribution_id
*/
create or replace macro quotations_of(who) as table
select
    publisher,
    title,
    path,
    speaker,
    relayed_by,
    quotation_text,
    quotation_start,
    quotation_end,
    attribution_type,
    confidence,
    article_id,
    attribution_id
from quotations
where is_called(speaker, who)
order by path, quotation_start, attribution_id
