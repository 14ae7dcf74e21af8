-- On which figures do the articles differ, and by how much?
-- For now: figures of one unit, in articles that name the same rare things, whose measured things share a word.
-- Grouping by meaning is to come.
-- Each figure is set against the nearest of the other article; a bound ("up to") counts as its value.
-- One row per pair of figures whose ranges do not meet. Reads article_similarities, named_figures.
/*
config: {materialized: table}
columns:
  - {name: measured_word, description: A word that the two measured things share.}
  - {name: unit, tests: [not_null]}
  - {name: difference, description: "Distance between the two ranges, in `unit`."}
  - {name: ratio, description: The higher value over the lower one.}
  - name: path
  - name: figure_text
  - name: measured_text
  - name: speaker
  - name: relayed_by
  - {name: other_path, description: File of the other article.}
  - {name: other_figure_text, description: Figure of the other article as printed.}
  - {name: other_measured_text, description: "What it counts or measures, as printed."}
  - {name: other_speaker, description: Who states it there.}
  - {name: other_relayed_by, description: Who passes it on there.}
  - name: similarity
  - name: days_apart
  - name: figure_id
  - {name: other_figure_id, description: Figure in the other article.}
*/
with ranges as (
    select
        figure_id,
        article_id,
        path,
        figure_text,
        measured_text,
        unit,
        coalesce(value_low, value_high) as lowest, -- "up to 100,000" counts as 100,000
        coalesce(value_high, value_low) as highest,
        speaker,
        relayed_by
    from named_figures
    where
        unit is not null
        and figure_type <> 'ordinal'
),

measured_words as (
    select distinct
        figure_id,
        article_id,
        unit,
        unnest(regexp_extract_all(lower(measured_text), '[\p{L}\p{N}]{3,}')) as word
    from ranges
),

sought_words as materialized ( -- materialized, or words would be joined across all articles first
    select
        measured_words.figure_id,
        article_similarities.other_article_id,
        article_similarities.similarity,
        article_similarities.days_apart,
        measured_words.unit,
        measured_words.word
    from article_similarities
    inner join measured_words using (article_id)
),

pairs as (
    select
        sought_words.figure_id,
        measured_words.figure_id as other_figure_id,
        sought_words.other_article_id,
        sought_words.similarity,
        sought_words.days_apart,
        measured_words.unit,
        min(sought_words.word) as measured_word
    from sought_words
    inner join measured_words
        on
            sought_words.other_article_id = measured_words.article_id
            and sought_words.unit = measured_words.unit
            and sought_words.word = measured_words.word
    group by all
),

compared as (
    select
        pairs.figure_id,
        pairs.other_figure_id,
        pairs.measured_word,
        pairs.unit,
        pairs.similarity,
        pairs.days_apart,
        ranges.article_id,
        pairs.other_article_id,
        greatest(0, ranges.lowest - others.highest, others.lowest - ranges.highest) as difference,
        greatest(1, ranges.lowest / others.highest, others.lowest / ranges.highest) as ratio
    from pairs
    inner join ranges on pairs.figure_id = ranges.figure_id
    inner join ranges as others on pairs.other_figure_id = others.figure_id
),

nearest as ( -- a figure that both articles state is nearest to itself
    select
        figure_id,
        other_figure_id,
        measured_word,
        unit,
        similarity,
        days_apart,
        difference,
        ratio
    from compared
    qualify
        row_number() over (partition by figure_id, other_article_id order by difference, other_figure_id) = 1
        and row_number() over (partition by other_figure_id, article_id order by difference, figure_id) = 1
)

select
    nearest.measured_word,
    nearest.unit,
    nearest.difference,
    nearest.ratio,
    ranges.path,
    ranges.figure_text,
    ranges.measured_text,
    ranges.speaker,
    ranges.relayed_by,
    others.path as other_path,
    others.figure_text as other_figure_text,
    others.measured_text as other_measured_text,
    others.speaker as other_speaker,
    others.relayed_by as other_relayed_by,
    nearest.similarity,
    nearest.days_apart,
    nearest.figure_id,
    nearest.other_figure_id
from nearest
inner join ranges on nearest.figure_id = ranges.figure_id
inner join ranges as others on nearest.other_figure_id = others.figure_id
where nearest.difference > 0
