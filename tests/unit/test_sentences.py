"""Sentences break where these texts break, and nowhere else."""

import json
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.lists import read_list
from pipelines.schemas import PASSAGE_TYPES
from pipelines.text.passages import Passage
from pipelines.text.sentences import build_sentence_lexicon, find_sentences

GOLDEN = Path(__file__).parents[1] / "golden" / "sentences.jsonl"
CASES = [json.loads(line) for line in GOLDEN.read_text("utf-8").splitlines()]
LEXICON = build_sentence_lexicon(read_list("abbreviations"), read_list("sentence_openers"))
PIECES = [
    "U.S.",
    "Mr.",
    "He",
    "said",
    ". ",
    ".",
    "…",
    "?”",
    " “",
    "(",
    ")",
    "1.",
    "• ",
    " ",
    "\n",
    "\u2028",
    "B",
]
LIKE_NEWS = st.lists(st.sampled_from(PIECES)).map("".join)


def split(text: str) -> list[str]:
    return [text[s.start : s.end] for s in find_sentences(text, [Passage(0, len(text), "body")], LEXICON)]


@pytest.mark.parametrize("case", CASES, ids=[case["why"] for case in CASES])
def test_golden(case):
    assert split(case["text"]) == case["expect"]


@given(
    st.text() | LIKE_NEWS, st.lists(st.tuples(st.integers(1, 9), st.sampled_from(PASSAGE_TYPES)), max_size=5)
)
def test_sentences_are_trimmed_ordered_and_inside_their_passages(text, cuts):
    passages, start = [], 0
    for length, passage_type in cuts:
        passages.append(Passage(start, min(start + length, len(text)), passage_type))
        start = passages[-1].end
    passages.append(Passage(start, len(text), "body"))
    sentences = find_sentences(text, passages, LEXICON)
    for sentence in sentences:
        passage, printed = passages[sentence.passage_number], text[sentence.start : sentence.end]
        assert passage.start <= sentence.start < sentence.end <= passage.end
        assert printed == printed.strip() and "\n" not in printed
    assert all(a.end <= b.start for a, b in pairwise(sentences))


@given(st.text() | LIKE_NEWS)
def test_no_character_of_a_read_passage_is_lost(text):
    assert "".join("".join(split(text)).split()) == "".join(text.split())


def test_only_passages_that_are_read_have_sentences():
    text = "A title\nBy Jane Doe\nShe left. He stayed."
    passages = [Passage(0, 8, "title"), Passage(8, 20, "byline"), Passage(20, len(text), "body")]
    assert [(s.start, s.end, s.passage_number) for s in find_sentences(text, passages, LEXICON)] == [
        (0, 7, 0),
        (20, 29, 2),
        (30, 40, 2),
    ]


@pytest.mark.parametrize(
    "unit", ["a", ".", ". ", "A. ", ".(", "“", '." ', " ", "U.S. ", "?” A ", "• ", "…", "1. B"]
)
def test_a_long_text_of_anything_is_read_to_its_end(unit):
    """It takes a second at most; with the square of the text it would take many minutes."""
    text = unit * (200_000 // len(unit))
    assert "".join(split(text)).replace(" ", "") == text.replace(" ", "")


@pytest.mark.xfail(strict=True, reason="a name after 'U.S.' is taken for what the abbreviation belongs to")
def test_an_abbreviation_before_a_sentence_that_opens_with_a_name():
    assert split("They moved to the U.S. Smith stayed.") == ["They moved to the U.S.", "Smith stayed."]
