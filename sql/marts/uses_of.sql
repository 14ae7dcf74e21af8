-- Who used a given expression, in which words, in each article?
-- `from uses_of('colossal mistake')`: in any case; titles, subheadings and body are searched.
-- One row per use, the innermost attribution that holds it, or none: the article's own voice.
-- Reads articles, may_hold, named_attributions, plain, sentences.
/*
question: 8
example: |
  select path, use_text, use_start, is_quoted, speaker, relayed_by, content_text
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
with found as materialized ( -- few: only they are read again
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
),

places as (
    select
        found.* exclude (pieces),
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
),

held as ( -- by the innermost attribution around it
    select
        uses.article_id,
        uses.use_start,
        named_attributions.attribution_id,
        named_attributions.speaker,
        named_attributions.relayed_by,
        named_attributions.source_text,
        named_attributions.content_text,
        list_bool_or(
            list_transform(
                named_attributions.quoted,
                lambda stretch: uses.use_start >= stretch.start and uses.use_start < stretch."end"
            )
        ) as is_quoted
    from uses
    inner join named_attributions using (article_id)
    where
        list_bool_or(
            list_transform(
                named_attributions.content,
                lambda piece: uses.use_start >= piece.start and uses.use_start < piece."end"
            )
        )
    qualify
        row_number() over (
            partition by uses.article_id, uses.use_start order by length(named_attributions.content_text)
        ) = 1
)

select
    uses.publisher,
    uses.title,
    uses.path,
    uses.use_text,
    uses.use_start,
    coalesce(held.is_quoted, false) as is_quoted,
    held.speaker,
    held.relayed_by,
    held.source_text,
    held.content_text,
    uses.sentence_text,
    uses.article_id,
    held.attribution_id
from uses
left join held using (article_id, use_start)
order by uses.path, uses.use_start
