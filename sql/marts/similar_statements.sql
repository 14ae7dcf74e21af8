-- In which wordings do the articles give the same statement?
-- For now: which attributions to one speaker, in different articles, have rare words in common.
-- Grouping by meaning is to come; a word in more than 20 attributions to a speaker is left out, which keeps this cheap.
-- One row per pair of attributions. Reads named_attributions.
/*
config: {materialized: table}
columns:
  - name: speaker
  - {name: similarity, description: "Cosine of the words of the two wordings, a rare word weighing more; 0 to 1."}
  - name: path
  - name: content_text
  - name: relayed_by
  - {name: other_path, description: File of the other article.}
  - {name: other_content_text, description: The wording of the other article.}
  - {name: other_relayed_by, description: Who passes it on there.}
  - name: attribution_id
  - {name: other_attribution_id, description: Attribution in the other article.}
*/
with words as (
    select distinct
        attribution_id,
        article_id,
        speaker,
        speaker_type,
        unnest(regexp_extract_all(lower(content_text), '[\p{L}\p{N}]{4,}')) as word
    from named_attributions
    where speaker is not null
),

word_weights as (
    select
        word,
        ln(1 + (select count(*) from named_attributions) / count(*)) as weight
    from words
    group by word
),

weighted_words as (
    select
        words.attribution_id,
        words.article_id,
        words.speaker,
        words.speaker_type,
        words.word,
        word_weights.weight
    from words
    inner join word_weights using (word)
    qualify count(*) over (partition by words.speaker, words.speaker_type, words.word) <= 20
),

norms as (
    select
        attribution_id,
        sqrt(sum(weight * weight)) as norm
    from weighted_words
    group by attribution_id
),

pairs as (
    select
        weighted_words.attribution_id,
        others.attribution_id as other_attribution_id,
        sum(weighted_words.weight * others.weight) as product
    from weighted_words
    inner join weighted_words as others
        on
            weighted_words.speaker = others.speaker
            and weighted_words.speaker_type = others.speaker_type
            and weighted_words.word = others.word
            and weighted_words.article_id < others.article_id
    group by weighted_words.attribution_id, others.attribution_id
    having count(*) >= 2
)

select
    named_attributions.speaker,
    pairs.product / (norms.norm * other_norms.norm) as similarity,
    named_attributions.path,
    named_attributions.content_text,
    named_attributions.relayed_by,
    others.path as other_path,
    others.content_text as other_content_text,
    others.relayed_by as other_relayed_by,
    pairs.attribution_id,
    pairs.other_attribution_id
from pairs
inner join norms on pairs.attribution_id = norms.attribution_id
inner join norms as other_norms on pairs.other_attribution_id = other_norms.attribution_id
inner join named_attributions on pairs.attribution_id = named_attributions.attribution_id
inner join named_attributions as others on pairs.other_attribution_id = others.attribution_id
where similarity >= 0.3
