"""Relations over characters become tags and links over words."""

from pipelines.training.corpora import Relation
from pipelines.training.examples import link_words, tag_spans
from pipelines.training.labels import ROLE_TAGS

WORDS = [(i, i + 1) for i in range(20)]


def test_a_relation_is_tagged_and_linked() -> None:
    links = link_words(WORDS, [Relation(((0, 2),), ((2, 3),), ((3, 6), (8, 9)))])
    assert [ROLE_TAGS[tag] for tag in links.tags[:10]] == [
        *("B-source", "I-source", "B-cue", "B-content", "I-content", "I-content"),
        *("O", "O", "B-content", "O"),
    ]
    assert (links.sources, links.cues) == ([0], [0, 0])


def test_two_relations_can_share_a_source() -> None:
    links = link_words(
        WORDS, [Relation(((0, 1),), ((1, 2),), ((2, 3),)), Relation(((0, 1),), ((4, 5),), ((5, 6),))]
    )
    assert links.spans["source"] == [(0, 1)]
    assert (links.sources, links.cues) == ([0, 0], [0, 1])


def test_a_cue_without_a_source_links_to_none() -> None:
    links = link_words(WORDS, [Relation((), ((1, 2),), ((2, 3),))])
    assert links.sources == [-1]


def test_pieces_that_touch_are_one_span() -> None:
    assert link_words(WORDS, [Relation((), ((0, 1),), ((1, 3), (3, 5)))]).spans["content"] == [(1, 5)]


def test_a_span_across_another_is_left_out() -> None:
    links = link_words(WORDS, [Relation(((0, 3),), ((2, 4),), ((5, 6),))])
    assert links.spans["cue"] == []
    assert links.cues == [-1]


def test_of_spans_that_overlap_the_first_is_tagged() -> None:
    assert tag_spans(4, [("cue", (0, 2)), ("cue", (1, 3))], ROLE_TAGS).tolist() == [3, 4, 0, 0]
