-- Who used a given expression, in which words, in each article?
-- `from uses_of('colossal mistake')`: in any case; titles, subheadings and body are searched.
-- One row per use, the innermost attribution that holds it, or none: the article's own voice.
-- Reads articles, content_spans, may_hold, named_attributions, plain, sentences.
/*
question: 8
example: |
  select path[:3] as article, use_text, use_start, is_quoted, speaker, relayed_by, content_text
  from uses_of('colossal mistake')
columns:
  - name: publisher
  - name: title
  - name: path
  - {name: use_text, description: The expression as printed.}
  - {name: use_start, description: First character of the expression.}
  - {name: is_quoted, description: Whether it stands in quotation marks within the attribution.}
  - name: speaker
  - name: relayed_by
  - name: source_text
  - name: content_text
  - {name: sentence_text, description: The sentence as printed.}
  - name: article_id
  - name: attribution_id
*/
create or replace macro uses_of(expression) as table
with found as materialized (
    select
        article_id,
        publisher,
        title,
        path,
        text,
        string_split(plain(text), plain(expression)) as pieces
    from articles
    where
        may_hold(
            text,
            title,
            list_max( -- the longest word
                list_transform(
                    regexp_extract_all(expression, '[\p{L}\p{N}]+'),
                    lambda word: {'letters': length(word), 'word': word}
                )
            ).word
        )
        and contains(plain(text), plain(expression))
),

places as (
    select
        found.*,
        list_sum(list_transform(pieces[:place], lambda piece: length(piece)))::integer
        + (place - 1)::integer * length(expression) as use_start
    from found
    cross join unnest(range(1, len(pieces))) as places(place)
),

uses as (
    select
        places.article_id,
        places.publisher,
        places.title,
        places.path,
        places.use_start,
        substr(places.text, places.use_start + 1, length(expression)) as use_text,
        substr(
            places.text, sentences.sentence_start + 1, sentences.sentence_end - sentences.sentence_start
        ) as sentence_text
    from places
    inner join sentences
        on
            places.article_id = sentences.article_id
            and places.use_start >= sentences.sentence_start
            and places.use_start < sentences.sentence_end
)

select
    uses.publisher,
    uses.title,
    uses.path,
    uses.use_text,
    uses.use_start,
    coalesce(
        list_bool_or(
            list_transform(
                named_attributions.quoted,
                lambda stretch: uses.use_start >= stretch.start and uses.use_start < stretch."end"
            )
        ),
        false
    ) as is_quoted,
    named_attributions.speaker,
    named_attributions.relayed_by,
    named_attributions.source_text,
    named_attributions.content_text,
    uses.sentence_text,
    uses.article_id,
    named_attributions.attribution_id
from uses
left join content_spans
    on
        uses.article_id = content_spans.article_id
        and uses.use_start >= content_spans.span_start
        and uses.use_start < content_spans.span_end
left join named_attributions using (attribution_id)
qualify row_number() over (partition by uses.article_id, uses.use_start order by content_spans.content_length) = 1
order by uses.path, uses.use_start
