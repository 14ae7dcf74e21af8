-- The lower value of a figure is not above the higher one, and one of them is known.
/*
table: figures
*/
select
    figure_id,
    article_id,
    figure_text,
    value_low,
    value_high
from figures
where
    value_low > value_high
    or coalesce(value_low, value_high) is null
