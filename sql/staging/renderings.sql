-- Renderings of statements, each set against the typical one: that which is most like the others of its group.
-- One row per rendering of a statement that two attributions or more give.
-- Reads articles, attributions, copies, statement_differences, statement_groups.
/*
config: {materialized: table}
columns:
  - name: statement_group_id
  - name: attribution_id
  - name: similarity
  - {name: is_typical, description: Whether this rendering is the one most like the others.}
  - name: difference
    description: >-
      Words in which it differs from the typical rendering, in order: 'our [descendants → ancestors]' has "ancestors"
      for its "descendants"; null where only small words differ.
  - name: contradiction
    description: "What cannot be right together with another rendering: 'descendants / ancestors'; null where all can."
  - {name: rendering_count, description: Attributions that render the statement.}
  - {name: article_count, description: Articles that do.}
  - {name: text_count, description: "Of these, those whose text is no copy of another's."}
  - {name: publisher_count, description: Publishers of these articles that are known.}
*/
with statements as (
    select
        statement_groups.statement_group_id,
        arg_max(
            statement_groups.attribution_id, (statement_groups.similarity, statement_groups.attribution_id)
        ) as typical_id,
        count(*) as rendering_count,
        count(distinct attributions.article_id) as article_count,
        count(distinct coalesce(copies.first_article_id, attributions.article_id)) as text_count,
        count(distinct articles.publisher) as publisher_count
    from statement_groups
    inner join attributions using (attribution_id)
    inner join articles using (article_id)
    left join copies using (article_id)
    group by statement_groups.statement_group_id
    having rendering_count > 1
),

differences as ( -- in both directions
    select
        statement_group_id,
        attribution_id as typical_id,
        other_attribution_id as attribution_id,
        difference,
        contradiction
    from statement_differences
    union all
    select
        statement_group_id,
        other_attribution_id,
        attribution_id,
        regexp_replace(difference, '\[([^\[\]]*) → ([^\[\]]*)\]', '[\2 → \1]', 'g'),
        contradiction
    from statement_differences
),

contradictions as (
    select
        statement_group_id,
        attribution_id,
        string_agg(distinct contradiction, '; ' order by contradiction) as contradiction
    from differences
    where contradiction is not null
    group by statement_group_id, attribution_id
)

select
    statement_groups.statement_group_id,
    statement_groups.attribution_id,
    statement_groups.similarity,
    statement_groups.attribution_id = statements.typical_id as is_typical,
    nullif(differences.difference, '') as difference,
    contradictions.contradiction,
    statements.rendering_count,
    statements.article_count,
    statements.text_count,
    statements.publisher_count
from statement_groups
inner join statements using (statement_group_id)
left join differences
    on
        statement_groups.statement_group_id = differences.statement_group_id
        and statement_groups.attribution_id = differences.attribution_id
        and statements.typical_id = differences.typical_id
left join contradictions
    on
        statement_groups.statement_group_id = contradictions.statement_group_id
        and statement_groups.attribution_id = contradictions.attribution_id
