-- No two articles share an id, and no two entities an id or a type and canonical name.
/*
table: entities
*/
select
    'article' as kind,
    article_id::varchar as id,
    count(*) as row_count
from articles
group by article_id
having row_count > 1
union all
select
    'entity' as kind,
    entity_id::varchar as id,
    count(*) as row_count
from entities
group by entity_id
having row_count > 1
union all
select
    'entity name' as kind,
    canonical_name as id,
    count(*) as row_count
from entities
group by canonical_name, entity_type
having row_count > 1
