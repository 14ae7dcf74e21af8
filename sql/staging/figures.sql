-- Figures, each with the entities that state and relay it.
-- One row per figure stated. Reads found_figures, entity_names.
/*
config: {materialized: table}
columns:
  - {name: figure_id, tests: [unique]}
  - {name: article_id, tests: [{relationships: {to: articles, field: article_id}}]}
  - {name: attribution_id, tests: [{relationships: {to: attributions, field: attribution_id}}]}
  - {name: speaker_id, tests: [{relationships: {to: entities, field: entity_id}}]}
  - {name: relayed_by_id, tests: [{relationships: {to: entities, field: entity_id}}]}
*/
select
    found.figure_id,
    found.article_id,
    found.figure_start,
    found.figure_end,
    found.figure_text,
    found.value_low,
    found.value_high,
    found.approximator,
    found.bound,
    found.unit,
    found.figure_type,
    found.measured_start,
    found.measured_end,
    found.measured_text,
    found.measured_as,
    found.change_role,
    found.direction,
    found.attribution_id,
    speaker.entity_id as speaker_id,
    relay.entity_id as relayed_by_id,
    found.confidence
from lake.found_figures as found
left join lake.entity_names as speaker
    on found.speaker_name = speaker.name and found.speaker_type = speaker.entity_type
left join lake.entity_names as relay
    on found.relayed_by_name = relay.name and found.relayed_by_type = relay.entity_type
