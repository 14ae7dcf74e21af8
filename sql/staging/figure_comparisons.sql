-- Figures of one thing in different articles: those of one story with each other, its values with those of the next.
-- A value that an article states twice is compared once; with the next story, one that several articles state too. What a writer would print for a value he rounds counts as
-- that value: half a unit of the last digit printed that is not 0, at most a tenth of the value; with a hedge
-- ("about", "nearly") a whole unit, at most a fifth. A count below 100 without a hedge is exact.
-- One row per pair of figures. Reads articles, copies, figure_groups, figures, stories, units.
/*
config: {materialized: table}
columns:
  - name: figure_group_id
  - name: figure_id
  - {name: other_figure_id, description: Figure in the other article, published later or on the same day.}
  - name: measured_as
  - name: comparison
    description: >-
      `same`: one value; `rounding`: one is what a writer may print for the other; `overlap`: ranges or bounds that
      can both be right; `other_time`: of another story, or what a figure was before a change; `conflict`: none of these.
    tests: [{accepted_values: {values: [same, rounding, overlap, other_time, conflict]}}]
  - {name: unit, description: Unit of the first figure.}
  - {name: difference, description: "Distance between the two ranges, in `unit`; a bound ('up to') counts as its value."}
  - {name: ratio, description: The higher value over the lower one; null where it is not above 1.}
  - {name: days_apart, description: Days between the dates of the two articles; null where one is not known.}
  - {name: is_copied, description: Whether one of the articles carries the other's text.}
*/
with stated as (
    select
        figure_groups.figure_group_id,
        figure_groups.measured_as,
        figures.figure_id,
        figures.article_id,
        stories.story_id,
        coalesce(copies.first_article_id, figures.article_id) as text_id,
        articles.published_on,
        figures.unit,
        figures.figure_type,
        figures.change_role,
        case -- "rose from 94,000 to 175,000": the later end is the value, as in "rose to 175,000"
            when figures.change_role = 'from_to' and figures.direction = 'up' then figures.value_high
            else figures.value_low
        end as value_low,
        case
            when figures.change_role = 'from_to' and figures.direction = 'down' then figures.value_low
            else figures.value_high
        end as value_high,
        coalesce(units.factor, 1) as factor,
        figures.bound
    from figure_groups
    inner join figures using (figure_id)
    inner join articles using (article_id)
    inner join stories using (article_id)
    left join copies using (article_id)
    left join units using (unit)
    qualify row_number() over (
        partition by figure_groups.figure_group_id, figures.article_id, figures.value_low, figures.value_high,
            figures.unit, figures.change_role
        order by figures.speaker_id is null, figures.figure_start
    ) = 1
),

digits as ( -- 94,000 is told to the thousand: what stands before its last zeros or, of 2.5, after its point
    select
        *,
        coalesce(value_low = value_high, false) as is_point,
        abs(coalesce(value_high, value_low)) as size,
        case
            when size = floor(size)
                then pow(10, length(size::decimal(38, 0)::varchar) - length(rtrim(size::decimal(38, 0)::varchar, '0')))
            else pow(10, -length(split_part(rtrim(size::decimal(38, 6)::varchar, '0'), '.', 2)))
        end as last_digit,
        is_point and coalesce(bound in ('about', 'nearly'), false) as is_hedged
    from stated
    where size < 1e30
),

tolerances as (
    select
        *,
        case
            when is_hedged then least(last_digit, size / 5)
            when not is_point or (figure_type in ('count', 'ordinal') and last_digit < 100) then 0
            else least(last_digit / 2, size / 10)
        end as tolerance
    from digits
),

ranges as (
    select
        figure_group_id,
        measured_as,
        figure_id,
        article_id,
        story_id,
        text_id,
        published_on,
        unit,
        factor,
        is_point,
        coalesce(change_role = 'from', false) as is_before_change,
        value_low * factor as lowest,
        value_high * factor as highest,
        coalesce(value_low, value_high) * factor as least_stated, -- a bound counts as its value
        coalesce(value_high, value_low) * factor as most_stated,
        (value_low - tolerance) * factor as lowest_meant,
        (value_high + case when bound = 'nearly' then 0 else tolerance end) * factor as highest_meant,
        dense_rank() over (partition by figure_group_id order by story_day, story_id) as story_place,
        row_number() over (
            partition by figure_group_id, story_id, lowest, highest, is_before_change order by published_on, figure_id
        ) = 1 as is_first
    from (
        select
            *,
            min(published_on) over (partition by figure_group_id, story_id) as story_day
        from tolerances
    )
),

pairs as (
    select
        ranges.figure_group_id,
        ranges.measured_as,
        ranges.figure_id,
        others.figure_id as other_figure_id,
        ranges.unit,
        ranges.factor,
        abs(ranges.published_on - others.published_on) as days_apart,
        ranges.text_id = others.text_id as is_copied,
        ranges.story_id <> others.story_id or ranges.is_before_change <> others.is_before_change as is_other_time,
        ranges.lowest is not distinct from others.lowest and ranges.highest is not distinct from others.highest
            as is_same,
        ranges.is_point and others.is_point as are_points,
        coalesce(ranges.lowest_meant <= others.highest_meant * (1 + 1e-9), true)
        and coalesce(others.lowest_meant <= ranges.highest_meant * (1 + 1e-9), true) as do_meet,
        greatest(ranges.least_stated - others.most_stated, others.least_stated - ranges.most_stated, 0) as distance,
        greatest(
            ranges.least_stated / nullif(others.most_stated, 0), others.least_stated / nullif(ranges.most_stated, 0)
        ) as times
    from ranges
    inner join ranges as others
        on
            ranges.figure_group_id = others.figure_group_id
            and ranges.article_id <> others.article_id
            and (
                (ranges.story_place + 1 = others.story_place and ranges.is_first and others.is_first)
                or (
                    ranges.story_place = others.story_place
                    and (coalesce(ranges.published_on, 'infinity'), ranges.figure_id)
                    < (coalesce(others.published_on, 'infinity'), others.figure_id)
                )
            )
)

select
    figure_group_id,
    figure_id,
    other_figure_id,
    measured_as,
    case
        when is_same then 'same'
        when is_other_time then 'other_time'
        when do_meet and are_points then 'rounding'
        when do_meet then 'overlap'
        else 'conflict'
    end as comparison,
    unit,
    distance / factor as difference,
    case when times > 1 then times end as ratio,
    days_apart,
    is_copied
from pairs
