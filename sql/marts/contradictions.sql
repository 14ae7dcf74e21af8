-- Which renderings of one statement cannot both be right?
-- One row per pair of such renderings. Reads named_attributions, statement_differences.
/*
example: |
  select
      contradiction, speaker,
      path, relayed_by, content_text,
      other_path, other_relayed_by, other_content_text
  from contradictions
  order by path, content_start, attribution_id, other_attribution_id
narrowed: speaker = 'Vladimir Putin'
columns:
  - name: contradiction
  - name: difference
  - name: similarity
  - name: publisher
  - name: path
  - name: published_on
  - name: speaker
  - name: relayed_by
  - name: content_text
  - name: content_start
  - {name: other_publisher, description: Outlet that carries the other article.}
  - {name: other_path, description: File of the other article.}
  - {name: other_published_on, description: Date of the other article.}
  - {name: other_speaker, description: Whose words the other rendering gives.}
  - {name: other_relayed_by, description: Who passes them on there.}
  - {name: other_content_text, description: The other rendering.}
  - name: attribution_id
  - name: other_attribution_id
  - name: statement_group_id
*/
select
    statement_differences.contradiction,
    statement_differences.difference,
    statement_differences.similarity,
    renderings.publisher,
    renderings.path,
    renderings.published_on,
    renderings.speaker,
    renderings.relayed_by,
    renderings.content_text,
    renderings.content_start,
    others.publisher as other_publisher,
    others.path as other_path,
    others.published_on as other_published_on,
    others.speaker as other_speaker,
    others.relayed_by as other_relayed_by,
    others.content_text as other_content_text,
    statement_differences.attribution_id,
    statement_differences.other_attribution_id,
    statement_differences.statement_group_id
from statement_differences
inner join named_attributions as renderings on statement_differences.attribution_id = renderings.attribution_id
inner join named_attributions as others on statement_differences.other_attribution_id = others.attribution_id
where statement_differences.contradiction is not null
