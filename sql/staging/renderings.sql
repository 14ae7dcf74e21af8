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

contradictions as (
    select
        statement_group_id,
        unnest([attribution_id, other_attribution_id]) as rendering_id,
        contradiction
    from statement_differences
    where contradiction is not null
),

contradicted as (
    select
        statement_group_id,
        rendering_id as attribution_id,
        string_agg(distinct contradiction, '; ' order by contradiction) as contradiction
    from contradictions
    group by statement_group_id, rendering_id
)

select
    statement_groups.statement_group_id,
    statement_groups.attribution_id,
    statement_groups.similarity,
    statement_groups.attribution_id = statements.typical_id as is_typical,
    coalesce(
        nullif(forward.difference, ''),
        regexp_replace(nullif(backward.difference, ''), '\[([^\[\]]*) → ([^\[\]]*)\]', '[\2 → \1]', 'g')
    ) as difference,
    contradicted.contradiction,
    statements.rendering_count,
    statements.article_count,
    statements.text_count,
    statements.publisher_count
from statement_groups
inner join statements using (statement_group_id)
left join statement_differences as forward
    on
        statement_groups.statement_group_id = forward.statement_group_id
        and statements.typical_id = forward.attribution_id
        and statement_groups.attribution_id = forward.other_attribution_id
left join statement_differences as backward
    on
        statement_groups.statement_group_id = backward.statement_group_id
        and statement_groups.attribution_id = backward.attribution_id
        and statements.typical_id = backward.other_attribution_id
left join contradicted
    on
        statement_groups.statement_group_id = contradicted.statement_group_id
        and statement_groups.attribution_id = contradicted.attribution_id
