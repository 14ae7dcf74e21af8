-- Content, cue and source of an attribution are the slices that their offsets name, the content's joined by ' … '.
/*
table: attributions
*/
with slices as (
    select
        attributions.attribution_id,
        articles.path,
        attributions.content_text,
        array_to_string(
            list_transform(
                attributions.content,
                lambda span: substr(articles.text, span.start + 1, span."end" - span.start)
            ),
            ' … '
        ) as content_slices,
        attributions.cue_text,
        substr(articles.text, cue_start + 1, cue_end - cue_start) as cue_slice,
        attributions.source_text,
        substr(articles.text, source_start + 1, source_end - source_start) as source_slice
    from attributions
    inner join articles using (article_id)
)

select
    attribution_id,
    path,
    content_text,
    content_slices,
    cue_text,
    cue_slice,
    source_text,
    source_slice
from slices
where
    content_text is distinct from content_slices
    or content_text = ''
    or cue_text is distinct from cue_slice
    or source_text is distinct from source_slice
