-- Named mentions, each with the entity that its article's name for it stands for.
-- One row per named mention. Reads found_mentions, entity_names.
/*
config: {materialized: table}
columns:
  - {name: mention_id, tests: [unique]}
  - {name: article_id, tests: [{relationships: {to: articles, field: article_id}}]}
  - {name: entity_id, tests: [{relationships: {to: entities, field: entity_id}}]}
*/
select
    found_mentions.mention_id,
    found_mentions.article_id,
    entity_names.entity_id,
    found_mentions.mention_start,
    found_mentions.mention_end,
    found_mentions.mention_text,
    found_mentions.entity_type
from lake.found_mentions
left join lake.entity_names using (name, entity_type)
