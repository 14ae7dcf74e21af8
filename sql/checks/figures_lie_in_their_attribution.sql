-- A figure lies in the content of its attribution, and has a speaker or a relay only with an attribution.
/*
table: figures
*/
select
    figures.figure_id,
    figures.article_id,
    figures.figure_start,
    figures.figure_text,
    figures.attribution_id
from figures
left join content_spans
    on
        figures.attribution_id = content_spans.attribution_id
        and figures.article_id = content_spans.article_id
        and figures.figure_start >= content_spans.span_start
        and figures.figure_end <= content_spans.span_end
where
    (figures.attribution_id is not null and content_spans.attribution_id is null)
    or (figures.attribution_id is null and coalesce(figures.speaker_id, figures.relayed_by_id) is not null)
