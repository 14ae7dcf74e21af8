-- Who is said to have done a given thing (asked for the call), according to each article?
-- `from who_did('asked|requested for the call|talk')`: the verb, then the thing. A word is known by its beginning, `|`
-- parts alternatives, and small words count for nothing.
-- The one who did it is guessed: the last name before the verb in the sentence, none before a passive ("was asked").
-- One row per sentence that holds the verb and the thing, and the innermost attribution around the verb.
-- Reads articles, entities, has_words, may_hold, mentions, named_attributions, sentences, words_of.
/*
question: 19
example: |
  select path, doer, verb_text, speaker, relayed_by, sentence_text
  from who_did('asked|requested call|appeal')
columns:
  - name: publisher
  - name: title
  - name: path
  - {name: doer, description: "Canonical name of the last one named before the verb, a guess; null before a passive."}
  - {name: verb_text, description: The verb as printed.}
  - {name: verb_start, description: First character of the verb.}
  - name: speaker
  - name: relayed_by
  - name: source_text
  - {name: sentence_text, description: The sentence as printed.}
  - name: article_id
  - name: attribution_id
*/
create or replace macro who_did(deed) as table
with articles_of_deed as materialized ( -- few: only their sentences are cut out of the text
    select
        article_id,
        publisher,
        title,
        path,
        text
    from articles
    where may_hold(text, title, words_of(deed)[1])
),

told as (
    select
        articles_of_deed.article_id,
        articles_of_deed.publisher,
        articles_of_deed.title,
        articles_of_deed.path,
        sentences.sentence_start,
        substr(
            articles_of_deed.text, sentences.sentence_start + 1, sentences.sentence_end - sentences.sentence_start
        ) as sentence_text,
        ' ' || regexp_replace(lower(sentence_text), '[^\p{L}\p{N}]', ' ', 'g') as plain_text
    from articles_of_deed
    inner join sentences using (article_id)
    where
        has_words(sentence_text, words_of(deed)[1])
        and has_words(sentence_text, array_to_string(words_of(deed)[2:], ' '))
),

deeds as (
    select
        article_id,
        publisher,
        title,
        path,
        sentence_start,
        sentence_text,
        list_min(
            list_filter(
                list_transform(
                    string_split(words_of(deed)[1], '|'),
                    lambda beginning: instr(plain_text, ' ' || beginning)
                ),
                lambda place: place > 0
            )
        )::integer as verb_place,
        sentence_start + verb_place - 1 as verb_start,
        regexp_extract(substr(sentence_text, verb_place), '^[\p{L}\p{N}]+') as verb_text,
        regexp_matches(
            substr(sentence_text, 1, verb_place - 1), '(?i)\b(?:is|are|was|were|be|been|being)\s+(?:\w+ly\s+)?$'
        ) as is_passive
    from told
),

doers as (
    select
        deeds.article_id,
        deeds.verb_start,
        arg_max(entities.canonical_name, mentions.mention_start) as doer
    from deeds
    inner join mentions
        on
            deeds.article_id = mentions.article_id
            and mentions.mention_start >= deeds.sentence_start
            and mentions.mention_end <= deeds.verb_start
            and not deeds.is_passive
    inner join entities using (entity_id)
    group by all
),

held as ( -- by the innermost attribution around the verb
    select
        deeds.article_id,
        deeds.verb_start,
        named_attributions.attribution_id,
        named_attributions.speaker,
        named_attributions.relayed_by,
        named_attributions.source_text
    from deeds
    inner join named_attributions using (article_id)
    where
        list_bool_or(
            list_transform(
                named_attributions.content,
                lambda piece: deeds.verb_start >= piece.start and deeds.verb_start < piece."end"
            )
        )
    qualify
        row_number() over (
            partition by deeds.article_id, deeds.verb_start order by length(named_attributions.content_text)
        ) = 1
)

select
    deeds.publisher,
    deeds.title,
    deeds.path,
    doers.doer,
    deeds.verb_text,
    deeds.verb_start,
    held.speaker,
    held.relayed_by,
    held.source_text,
    deeds.sentence_text,
    deeds.article_id,
    held.attribution_id
from deeds
left join doers using (article_id, verb_start)
left join held using (article_id, verb_start)
order by deeds.path, deeds.verb_start
