-- Attributions, each with the entities that speak, relay and are told.
-- One row per attribution relation, nested ones included. Reads found_attributions, entity_names.
/*
config: {materialized: table}
columns:
  - {name: attribution_id, tests: [unique]}
  - {name: article_id, tests: [{relationships: {to: articles, field: article_id}}]}
  - {name: parent_attribution_id, tests: [{relationships: {to: attributions, field: attribution_id}}]}
  - name: act
    tests:
      - accepted_values:
          values: [statement, denial, refusal, demand, warning, promise, belief, question, agreement]
  - {name: speaker_id, tests: [{relationships: {to: entities, field: entity_id}}]}
  - {name: relayed_by_id, tests: [{relationships: {to: entities, field: entity_id}}]}
  - {name: addressee_id, tests: [{relationships: {to: entities, field: entity_id}}]}
*/
select
    found.attribution_id,
    found.article_id,
    found.parent_attribution_id,
    found.attribution_type,
    found.content,
    found.content_text,
    found.quoted,
    found.cue_start,
    found.cue_end,
    found.cue_text,
    found.cue_lemma,
    found.act,
    found.is_negated,
    found.source_start,
    found.source_end,
    found.source_text,
    speaker.entity_id as speaker_id,
    relay.entity_id as relayed_by_id,
    addressee.entity_id as addressee_id,
    found.confidence
from lake.found_attributions as found
left join lake.entity_names as speaker
    on found.speaker_name = speaker.name and found.speaker_type = speaker.entity_type
left join lake.entity_names as relay
    on found.relayed_by_name = relay.name and found.relayed_by_type = relay.entity_type
left join lake.entity_names as addressee
    on found.addressee_name = addressee.name and found.addressee_type = addressee.entity_type
