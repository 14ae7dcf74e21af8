-- Attributions with their article and the names of those who speak, relay and are told spelled out.
-- One row per attribution relation, nested ones included. Reads articles, attributions, entities.
/*
columns:
  - name: attribution_id
  - name: article_id
  - name: publisher
  - name: title
  - name: path
  - name: published_on
  - {name: speaker, description: Canonical name of the one whose words these are; null where nobody is named.}
  - {name: speaker_type, description: Entity type of the speaker; `unnamed` for officials and the like.}
  - {name: relayed_by, description: Canonical name of the one who passes the words on.}
  - {name: addressee, description: Canonical name of the one who is told.}
  - name: attribution_type
  - name: act
  - name: is_negated
  - name: cue_text
  - name: source_text
  - name: content_text
  - name: content
  - name: quoted
  - {name: content_start, description: First character of the content.}
  - name: parent_attribution_id
  - name: speaker_id
  - name: relayed_by_id
  - name: addressee_id
  - name: confidence
*/
select
    attributions.attribution_id,
    attributions.article_id,
    articles.publisher,
    articles.title,
    articles.path,
    articles.published_on,
    speakers.canonical_name as speaker,
    speakers.entity_type as speaker_type,
    relays.canonical_name as relayed_by,
    addressees.canonical_name as addressee,
    attributions.attribution_type,
    attributions.act,
    attributions.is_negated,
    attributions.cue_text,
    attributions.source_text,
    attributions.content_text,
    attributions.content,
    attributions.quoted,
    attributions.content[1].start as content_start,
    attributions.parent_attribution_id,
    attributions.speaker_id,
    attributions.relayed_by_id,
    attributions.addressee_id,
    attributions.confidence
from attributions
inner join articles using (article_id)
left join entities as speakers on attributions.speaker_id = speakers.entity_id
left join entities as relays on attributions.relayed_by_id = relays.entity_id
left join entities as addressees on attributions.addressee_id = addressees.entity_id
