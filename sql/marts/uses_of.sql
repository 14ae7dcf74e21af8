-- Who used a given expression, in which words, in each article?
-- `from uses_of('colossal mistake')`: in any case; titles, subheadings and body are searched.
-- One row per use, the innermost attribution that holds it, or none: the article's own voice.
-- Reads articles, content_spans, named_attributions, plain, sentence_texts.
/*
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
  - name: sentence_text
  - name: article_id
  - name: attribution_id
*/
create or replace macro uses_of(expression) as table
with articles_of_use as materialized ( -- few: only their sentences are cut out of the text
    select article_id
    from articles
    where contains(plain(text), plain(expression))
),

pieces as (
    select
        article_id,
        publisher,
        title,
        path,
        sentence_start,
        sentence_text,
        string_split(plain(sentence_text), plain(expression)) as texts
    from articles_of_use
    inner join sentence_texts using (article_id)
    where contains(plain(sentence_text), plain(expression))
),

uses as (
    select
        article_id,
        publisher,
        title,
        path,
        sentence_text,
        sentence_start
        + list_sum(list_transform(texts[:place], lambda piece: length(piece)))::integer
        + (place - 1)::integer * length(expression) as use_start,
        substr(sentence_text, use_start - sentence_start + 1, length(expression)) as use_text
    from pieces
    cross join unnest(range(1, len(texts))) as places(place)
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
