"""Who is said to have said what: written examples with their answers, and what holds for all text."""

import json
from pathlib import Path

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st
from spacy.tokens import Doc

from pipelines.language import read_article
from pipelines.lists import read_list
from pipelines.schemas import ATTRIBUTION_TYPES
from pipelines.text.attributions import Attribution, find_attributions
from pipelines.text.cues import build_cue_lexicon
from pipelines.text.passages import Passage
from pipelines.text.quotations import find_quotations
from pipelines.text.sentences import build_sentence_lexicon, find_sentences

GOLDEN = Path(__file__).parents[1] / "golden" / "attributions.jsonl"
LEXICON = build_cue_lexicon(read_list)
SENTENCE_LEXICON = build_sentence_lexicon(read_list("abbreviations"), read_list("sentence_openers"))
NLP = spacy.blank("en")  # its tokenizer is the language model's; unit tests load no weights
PIECES = [
    *[
        "Ruiz",
        "he",
        "officials",
        "the plan",
        "Oslo’s",
        "US",
        "44",
        "which",
        "who",
        "that",
        "and",
        "by",
        "of",
        "to",
    ],
    *[
        "said",
        "say",
        "told reporters",
        "according to",
        "urged",
        "saying",
        "was asked",
        "is expected",
        "claim",
    ],
    *["“", "”", '"', "‘", "’", ", ", ". ", ": ", "—", "(", ")", "?", "\n", " "],
]
LIKE_NEWS = st.lists(st.sampled_from(PIECES), max_size=40).map(" ".join)


def read(text: str) -> tuple[Doc, list[Attribution]]:
    """Return the attributions of `text`, each of its lines a paragraph of the body."""
    passages, start = [], 0
    for line in text.splitlines(keepends=True):
        passages.append(Passage(start, start + len(line), "body"))
        start += len(line)
    doc = read_article(NLP, text, passages, find_sentences(text, passages, SENTENCE_LEXICON))
    quotations = find_quotations(text, [(passage.start, passage.end) for passage in passages])
    return doc, find_attributions(doc, quotations, LEXICON)


def describe(text: str, found: Attribution) -> dict:
    def words(span):
        return None if span is None else text[slice(*span)]

    return {
        "content": [words(span) for span in found.content],
        "quoted": [words(span) for span in found.quoted],
        "cue": words(found.cue),
        "source": words(found.source),
        "addressee": words(found.addressee),
        "type": found.attribution_type,
        "act": found.act,
        "negated": found.is_negated,
        "parent": found.parent,
    }


CASES = [
    pytest.param(
        case["text"],
        case["expect"],
        id=case["why"],
        marks=[pytest.mark.xfail(strict=True, reason=case["xfail"])] if "xfail" in case else [],
    )
    for case in map(json.loads, GOLDEN.read_text("utf-8").splitlines())
]


@pytest.mark.parametrize(("text", "expect"), CASES)
def test_golden(text, expect):
    found = [describe(text, attribution) for attribution in read(text)[1]]
    assert [{key: row[key] for key in wanted} for row, wanted in zip(found, expect, strict=True)] == expect


def test_only_titles_subheadings_and_body_are_read():
    text = "Marin said the port is closed."
    passages = [Passage(0, len(text), "related_link")]
    doc = read_article(NLP, text, passages, [])
    assert find_attributions(doc, [], LEXICON) == []


def test_a_cue_that_is_nearly_always_one_is_surer_than_one_that_often_is_not():
    said, supports = (read(text)[1][0] for text in ("“No,” Marin said.", "Marin supports the port."))
    assert 0 < supports.confidence < said.confidence < 1


@given(st.text() | LIKE_NEWS)
def test_every_part_lies_inside_the_text_and_parents_hold_their_children(text):
    doc, found = read(text)
    for attribution in found:
        assert attribution.content
        assert attribution.attribution_type in ATTRIBUTION_TYPES
        assert 0 < attribution.confidence < 1
        for start, end in (*attribution.content, *attribution.quoted):
            assert 0 <= start < end <= len(doc.text)
        for span in (attribution.cue, attribution.source, attribution.addressee):
            assert span is None or 0 <= span[0] < span[1] <= len(doc.text)
        for start, end in attribution.content:
            assert text[start] not in ',"“”„' and text[end - 1] not in ',"“”„'
        if attribution.parent is not None:
            outer = found[attribution.parent].content
            assert any(
                start <= attribution.content[0][0] and attribution.content[-1][1] <= end
                for start, end in outer
            )


@given(st.text() | LIKE_NEWS)
def test_no_attribution_is_its_own_ancestor(text):
    found = read(text)[1]
    for attribution in found:
        parent, seen = attribution.parent, set()
        while parent is not None:
            assert parent not in seen
            seen.add(parent)
            parent = found[parent].parent


@pytest.mark.parametrize(
    "unit",
    ["he said ", "he said that ", "according to the man and ", "Ana’s claim that ", "the a of a and ", "a, "],
)
def test_a_hostile_text_is_read_to_its_end(unit):
    """It takes half a second; with the square of the text it would take many minutes."""
    text = unit * 3_000
    passages = [Passage(0, len(text), "body")]
    doc = read_article(NLP, text, passages, [])
    found = find_attributions(doc, [], LEXICON)
    assert all(0 <= start < end <= len(text) for attribution in found for start, end in attribution.content)
