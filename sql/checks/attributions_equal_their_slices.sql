-- Content, cue and source of an attribution are the slices that their offsets name, the content's joined by ' … '.
/*
table: attributions
*/
with slices as (
    select
        attributions.attribution_id,
        articles.path,
        list_min(list_transform(attributions.content, lambda span: span.start)) as content_start,
        list_sum(list_transform(attributions.content, lambda span: span."end" - span.start))
        + 3 * (len(attributions.content) - 1) as content_length,
        attributions.cue_start,
        attributions.cue_end - attributions.cue_start as cue_length,
        attributions.source_start,
        attributions.source_end - attributions.source_start as source_length,
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
    or length(content_text) <> content_length -- substr stops at the end of the text without a word
    or length(cue_text) <> cue_length
    or length(source_text) <> source_length
    or least(content_start, cue_start, source_start) < 0
