-- A figure and what it measures are the slices that their offsets name.
/*
table: figures
*/
with slices as (
    select
        figures.figure_id,
        articles.path,
        figures.figure_start,
        figures.figure_end,
        figures.measured_start,
        figures.measured_end,
        figures.figure_text,
        substr(articles.text, figure_start + 1, figure_end - figure_start) as figure_slice,
        figures.measured_text,
        substr(articles.text, measured_start + 1, measured_end - measured_start) as measured_slice
    from figures
    inner join articles using (article_id)
)

select
    figure_id,
    path,
    figure_text,
    figure_slice,
    measured_text,
    measured_slice
from slices
where
    figure_text is distinct from figure_slice
    or measured_text is distinct from measured_slice
    or length(figure_text) <> figure_end - figure_start -- substr stops at the end of the text without a word
    or length(measured_text) <> measured_end - measured_start
    or least(figure_start, measured_start) < 0
