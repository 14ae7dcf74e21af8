-- On which figures do the articles differ, and by how much?
-- Figures that measure one thing, of different articles: those of one story with each other, its values with those
-- of the next. A hedge or a round number is read as its writer means it, a bound ("up to") as all it leaves open.
-- One row per pair of figures with different values, the earlier article first.
-- Reads figure_comparisons, named_figures.
/*
question: 17
example: |
  select
      measured_as, comparison, difference, unit, days_apart,
      path, concat_ws(' ', approximator, figure_text) as figure, speaker,
      other_path, concat_ws(' ', other_approximator, other_figure_text) as other_figure, other_speaker
  from figure_differences
  order by comparison, measured_as, path, figure_start, other_path, other_figure_text, figure_id
narrowed: measured_as = 'russian troop' and comparison = 'conflict'
columns:
  - name: measured_as
  - name: comparison
    description: >-
      `rounding`: one is what a writer may print for the other; `overlap`: ranges or bounds that can both be right;
      `other_time`: of another story, or what a figure was before a change; `conflict`: none of these.
  - name: difference
  - name: unit
  - name: ratio
  - name: days_apart
  - {name: is_copied, description: Whether one of the articles carries the other's text.}
  - name: publisher
  - name: path
  - name: published_on
  - name: approximator
  - name: figure_text
  - name: measured_text
  - name: speaker
  - name: relayed_by
  - name: figure_start
  - {name: other_publisher, description: Outlet that carries the other article.}
  - {name: other_path, description: File of the other article.}
  - {name: other_published_on, description: Date of the other article.}
  - {name: other_approximator, description: Hedge of the other figure.}
  - {name: other_figure_text, description: The other figure as printed.}
  - {name: other_measured_text, description: "What it counts or measures, as printed."}
  - {name: other_speaker, description: Who states it.}
  - {name: other_relayed_by, description: Who passes it on.}
  - name: figure_group_id
  - name: figure_id
  - name: other_figure_id
*/
select
    figure_comparisons.measured_as,
    figure_comparisons.comparison,
    figure_comparisons.difference,
    figure_comparisons.unit,
    figure_comparisons.ratio,
    figure_comparisons.days_apart,
    figure_comparisons.is_copied,
    figures.publisher,
    figures.path,
    figures.published_on,
    figures.approximator,
    figures.figure_text,
    figures.measured_text,
    figures.speaker,
    figures.relayed_by,
    figures.figure_start,
    others.publisher as other_publisher,
    others.path as other_path,
    others.published_on as other_published_on,
    others.approximator as other_approximator,
    others.figure_text as other_figure_text,
    others.measured_text as other_measured_text,
    others.speaker as other_speaker,
    others.relayed_by as other_relayed_by,
    figure_comparisons.figure_group_id,
    figure_comparisons.figure_id,
    figure_comparisons.other_figure_id
from figure_comparisons
inner join named_figures as figures on figure_comparisons.figure_id = figures.figure_id
inner join named_figures as others on figure_comparisons.other_figure_id = others.figure_id
where figure_comparisons.comparison <> 'same'
