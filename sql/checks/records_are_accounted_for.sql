-- Every record found ends as an article or as a rejected one, never both, never neither.
/*
table: articles
*/
with staged as (
    select
        path,
        record
    from lake.articles
    union all
    select
        path,
        record
    from lake.rejected_articles
),

found_counts as (
    select
        path,
        record,
        count(*) as found_count
    from lake.records
    group by path, record
),

staged_counts as (
    select
        path,
        record,
        count(*) as staged_count
    from staged
    group by path, record
)

select
    coalesce(found_counts.path, staged_counts.path) as path,
    coalesce(found_counts.record, staged_counts.record) as record,
    found_counts.found_count,
    staged_counts.staged_count
from found_counts
full join staged_counts
    on
        found_counts.path = staged_counts.path
        and found_counts.record is not distinct from staged_counts.record
where found_counts.found_count is distinct from staged_counts.staged_count
