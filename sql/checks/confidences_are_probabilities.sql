-- A confidence is a probability, 0 to 1.
/*
table: attributions
*/
select
    attribution_id as id,
    confidence
from attributions
where confidence not between 0 and 1
union all
select
    figure_id,
    confidence
from figures
where confidence not between 0 and 1
