-- Which figures do several articles agree on, and on whose authority?
-- One row per value that two articles or more of a story give for one thing; hedges are left aside.
-- Reads articles, copies, entities, figure_groups, figures, stories, units.
/*
config: {materialized: table}
example: |
  select
      measured_as, figure_texts, article_count, text_count, publisher_count, speakers, paths
  from figure_agreements
  order by article_count desc, measured_as, figure_texts
narrowed: measured_as = 'russian troop'
columns:
  - name: measured_as
  - {name: figure_texts, description: "The figure as the articles print it, in each spelling."}
  - {name: article_count, description: Articles that state the value.}
  - {name: text_count, description: "Of these, those whose text is no copy of another's."}
  - {name: publisher_count, description: Publishers of these articles that are known.}
  - {name: publishers, description: "Publishers, by name."}
  - {name: speakers, description: "Canonical names of those who state it, by name; none in the articles' own voice."}
  - {name: own_voice_count, description: Articles that state it in their own voice.}
  - {name: first_published_on, description: Earliest date of these articles.}
  - {name: last_published_on, description: Latest date of these articles.}
  - {name: paths, description: Files of the articles.}
  - name: figure_group_id
  - name: story_id
*/
select
    figure_groups.measured_as,
    list_sort(list(distinct figures.figure_text)) as figure_texts,
    count(distinct figures.article_id) as article_count,
    count(distinct coalesce(copies.first_article_id, figures.article_id)) as text_count,
    count(distinct articles.publisher) as publisher_count,
    list_sort(list(distinct articles.publisher) filter (where articles.publisher is not null)) as publishers,
    list_sort(list(distinct entities.canonical_name) filter (where entities.canonical_name is not null)) as speakers,
    count(distinct figures.article_id) filter (where figures.attribution_id is null) as own_voice_count,
    min(articles.published_on) as first_published_on,
    max(articles.published_on) as last_published_on,
    list_sort(list(distinct articles.path)) as paths,
    figure_groups.figure_group_id,
    stories.story_id
from figure_groups
inner join figures using (figure_id)
inner join articles using (article_id)
inner join stories using (article_id)
left join copies using (article_id)
left join entities on figures.speaker_id = entities.entity_id
left join units using (unit)
group by
    figure_groups.figure_group_id,
    figure_groups.measured_as,
    stories.story_id,
    figures.value_low * coalesce(units.factor, 1),
    figures.value_high * coalesce(units.factor, 1)
having article_count > 1
