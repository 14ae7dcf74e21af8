-- Figures with their article and the names of those who state and relay them spelled out.
-- One row per figure stated. Reads articles, attributions, entities, figures.
/*
columns:
  - name: figure_id
  - name: article_id
  - name: publisher
  - name: title
  - name: path
  - name: published_on
  - name: figure_text
  - name: value_low
  - name: value_high
  - name: approximator
  - name: bound
  - name: unit
  - name: figure_type
  - name: measured_text
  - name: measured_as
  - name: change_role
  - name: direction
  - {name: speaker, description: Canonical name of the one who states the figure; null in the article's own voice.}
  - {name: speaker_type, description: Entity type of the speaker; `unnamed` for officials and the like.}
  - {name: relayed_by, description: Canonical name of the one who passes the figure on.}
  - name: source_text
  - name: attribution_id
  - name: figure_start
  - name: figure_end
  - name: speaker_id
  - name: relayed_by_id
  - name: confidence
*/
select
    figures.figure_id,
    figures.article_id,
    articles.publisher,
    articles.title,
    articles.path,
    articles.published_on,
    figures.figure_text,
    figures.value_low,
    figures.value_high,
    figures.approximator,
    figures.bound,
    figures.unit,
    figures.figure_type,
    figures.measured_text,
    figures.measured_as,
    figures.change_role,
    figures.direction,
    speakers.canonical_name as speaker,
    speakers.entity_type as speaker_type,
    relays.canonical_name as relayed_by,
    attributions.source_text,
    figures.attribution_id,
    figures.figure_start,
    figures.figure_end,
    figures.speaker_id,
    figures.relayed_by_id,
    figures.confidence
from figures
inner join articles using (article_id)
left join attributions using (attribution_id)
left join entities as speakers on figures.speaker_id = speakers.entity_id
left join entities as relays on figures.relayed_by_id = relays.entity_id
