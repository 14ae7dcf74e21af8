-- Articles that name the same rare things, whenever they were published.
-- A thing named in more than 50 articles says nothing here, which keeps this cheap.
-- One row per pair of articles that share three such things or more. Reads articles, entities, mentions.
/*
config: {materialized: table}
columns:
  - name: article_id
  - {name: other_article_id, description: The other article of the pair.}
  - {name: shared_entity_count, description: Things that both articles name.}
  - {name: shared_entities, description: "Their canonical names, rarest first."}
  - {name: similarity, description: "Cosine of what the articles name, a rare thing weighing more; 0 to 1."}
  - {name: days_apart, description: Days between the dates of the two; null where one is not known.}
*/
with article_entities as (
    select distinct
        article_id,
        entity_id
    from mentions
),

entity_weights as (
    select
        entity_id,
        ln(1 + (select count(*) from articles) / count(*)) as weight
    from article_entities
    group by entity_id
    having count(*) <= 50 -- at most 1,225 pairs of articles a thing
),

weighted_entities as (
    select
        article_entities.article_id,
        article_entities.entity_id,
        entity_weights.weight
    from article_entities
    inner join entity_weights using (entity_id)
),

article_norms as (
    select
        article_id,
        sqrt(sum(weight * weight)) as norm
    from weighted_entities
    group by article_id
),

pairs as (
    select
        weighted_entities.article_id,
        others.article_id as other_article_id,
        count(*) as shared_entity_count,
        list(entities.canonical_name order by others.weight desc, entities.canonical_name) as shared_entities,
        sum(weighted_entities.weight * others.weight) as product
    from weighted_entities
    inner join weighted_entities as others
        on
            weighted_entities.entity_id = others.entity_id
            and weighted_entities.article_id < others.article_id
    inner join entities on weighted_entities.entity_id = entities.entity_id
    group by weighted_entities.article_id, others.article_id
    having count(*) >= 3
)

select
    pairs.article_id,
    pairs.other_article_id,
    pairs.shared_entity_count,
    pairs.shared_entities,
    pairs.product / (article_norms.norm * other_norms.norm) as similarity,
    abs(articles.published_on - others.published_on) as days_apart
from pairs
inner join articles on pairs.article_id = articles.article_id
inner join articles as others on pairs.other_article_id = others.article_id
inner join article_norms on pairs.article_id = article_norms.article_id
inner join article_norms as other_norms on pairs.other_article_id = other_norms.article_id
where similarity >= 0.1 -- below, 4% of the pairs of 840 articles on one election were of the same days, of all pairs 2%
