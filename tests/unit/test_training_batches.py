"""Links are cut with their windows, and partners are hidden as a reader misses them."""

import pytest

pytest.importorskip("torch")

from pipelines.language.windows import Window
from pipelines.training.batches import cut_links, hide_partners
from pipelines.training.corpora import Relation
from pipelines.training.examples import Links, link_words

WORDS = [(i, i + 1) for i in range(20)]


def link(*relations: tuple[tuple[int, int], tuple[int, int], tuple[int, int]]) -> Links:
    """Link relations of a source, a cue and a content, in words."""
    return link_words(WORDS, [Relation((source,), (cue,), (content,)) for source, cue, content in relations])


TWO = link(((0, 1), (1, 2), (3, 5)), ((8, 9), (9, 10), (11, 14)))


def test_a_content_links_to_its_cue_and_through_it_to_its_source() -> None:
    cut = cut_links(TWO, Window(0, 20, 0, 20))
    assert cut.cue_of_content.tolist() == [0, 1]
    assert cut.source_of_cue.tolist() == cut.source_of_content.tolist() == [0, 1]


def test_a_partner_outside_the_window_is_none() -> None:
    cut = cut_links(TWO, Window(9, 20, 9, 20))
    assert cut.cue_of_content.tolist() == [0]
    assert cut.source_of_cue.tolist() == [0]  # there are no sources: their number is "none"
    assert cut.sources.tolist() == []


def test_hidden_partners_are_none_and_the_others_keep_their_links() -> None:
    cut = cut_links(TWO, Window(0, 20, 0, 20))
    assert hide_partners(cut, 0).source_of_cue.tolist() == [0, 1]
    seen = set()
    for _ in range(200):
        hidden = hide_partners(cut, 0.5)
        kept = hidden.cues.tolist()
        expected = [kept.index(cue) if cue in kept else len(kept) for cue in ([1, 2], [9, 10])]
        assert hidden.cue_of_content.tolist() == expected
        assert len(hidden.source_of_cue) == len(kept)
        seen.add(len(kept))
    assert seen == {0, 1, 2}


def test_a_content_without_a_cue_has_neither() -> None:
    crossing = link_words(WORDS, [Relation(((0, 3),), ((2, 4),), ((5, 6),))])
    cut = cut_links(crossing, Window(0, 20, 0, 20))
    assert (cut.cue_of_content.tolist(), cut.source_of_content.tolist()) == ([0], [1])
