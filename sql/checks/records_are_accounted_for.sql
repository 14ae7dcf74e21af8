-- Every record found ends as an article or as a rejected one, never both, never neither.
/*
table: articles
*/
with found as (
    select
        article_id,
        path,
        record
    from lake.records
),

staged as (
    select
        article_id,
        path,
        record
    from lake.articles
    union all
    select
        article_id,
        path,
        record
    from lake.rejected_articles
),

counts as (
    select
        path,
        record,
        count(*) filter (where is_found) as found_count,
        count(*) filter (where not is_found) as staged_count
    from (
        select path, record, true as is_found from found
        union all
        select path, record, false as is_found from staged
    )
    group by path, record
)

select
    path,
    record,
    found_count,
    staged_count
from counts
where found_count <> staged_count
