-- In which wordings do the articles give the same statement?
-- Each rendering is set against the one that is most like the others: `[colossal → big]` stands in it instead of
-- "colossal". `contradiction` tells of what cannot be right together with another rendering of the statement.
-- One row per rendering of a statement that two attributions or more give.
-- Reads named_attributions, renderings.
/*
question: 7
example: |
  select
      dense_rank() over (order by rendering_count desc, statement_group_id) as statement,
      path, speaker, relayed_by, content_text, difference, contradiction
  from similar_statements
  order by statement, is_typical desc, path, content_start, attribution_id
narrowed: speaker = 'Vladimir Putin'
columns:
  - name: rendering_count
  - name: article_count
  - name: text_count
  - name: publisher_count
  - name: is_typical
  - name: publisher
  - name: title
  - name: path
  - name: published_on
  - name: speaker
  - name: relayed_by
  - name: attribution_type
  - name: cue_text
  - name: content_text
  - name: difference
  - name: contradiction
  - name: similarity
  - name: content_start
  - name: confidence
  - name: article_id
  - name: attribution_id
  - name: statement_group_id
*/
select
    renderings.rendering_count,
    renderings.article_count,
    renderings.text_count,
    renderings.publisher_count,
    renderings.is_typical,
    named_attributions.publisher,
    named_attributions.title,
    named_attributions.path,
    named_attributions.published_on,
    named_attributions.speaker,
    named_attributions.relayed_by,
    named_attributions.attribution_type,
    named_attributions.cue_text,
    named_attributions.content_text,
    renderings.difference,
    renderings.contradiction,
    renderings.similarity,
    named_attributions.content_start,
    named_attributions.confidence,
    named_attributions.article_id,
    renderings.attribution_id,
    renderings.statement_group_id
from renderings
inner join named_attributions using (attribution_id)
