-- Which quotations are there, verbatim, with whose words they are and where to find them?
-- One row per stretch of words in quotation marks. Reads articles, named_attributions.
/*
columns:
  - name: publisher
  - name: title
  - name: path
  - name: speaker
  - name: relayed_by
  - {name: quotation_text, description: "Words between the quotation marks, to the character."}
  - {name: quotation_start, description: "First character of the words, marks excluded."}
  - {name: quotation_end, description: "End of the words, marks excluded."}
  - name: attribution_type
  - name: content_text
  - name: confidence
  - name: article_id
  - name: attribution_id
*/
select
    named_attributions.publisher,
    named_attributions.title,
    named_attributions.path,
    named_attributions.speaker,
    named_attributions.relayed_by,
    substr(
        articles.text,
        stretches.stretch.start + 1,
        stretches.stretch."end" - stretches.stretch.start
    ) as quotation_text,
    stretches.stretch.start as quotation_start,
    stretches.stretch."end" as quotation_end,
    named_attributions.attribution_type,
    named_attributions.content_text,
    named_attributions.confidence,
    named_attributions.article_id,
    named_attributions.attribution_id
from named_attributions
inner join articles using (article_id)
cross join unnest(named_attributions.quoted) as stretches(stretch)
