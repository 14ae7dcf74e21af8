"""Quotations are found whatever their marks look like, and no text is refused."""

import json
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.text.quotations import Quotation, find_quotations

GOLDEN = Path(__file__).parents[1] / "golden" / "quotations.jsonl"
CASES = [
    pytest.param(case, id=case["why"]) for case in map(json.loads, GOLDEN.read_text("utf-8").splitlines())
]
MARKS = ["“", "”", "„", "«", "»", '"', "``", "''", "‘", "’", "'"]
LIKE_NEWS = st.lists(st.sampled_from([*MARKS, " ", ", ", ". ", "he said", "No", "\n"])).map("".join)


def find(text: str) -> list[Quotation]:
    """Return the quotations of `text`, each of its lines a paragraph."""
    paragraphs, start = [], 0
    for line in text.split("\n"):
        paragraphs.append((start, start + len(line)))
        start += len(line) + 1
    return find_quotations(text, paragraphs)


@pytest.mark.parametrize("case", CASES)
def test_golden(case):
    assert [case["text"][q.inner_start : q.inner_end] for q in find(case["text"])] == case["expect"]


@pytest.mark.xfail(
    strict=True, reason="a lost closing mark and the next quotation look like one within another"
)
def test_a_lost_closing_mark_before_another_quotation():
    text = "“I cannot explain it. Officials asked “why now?”"
    assert [text[q.inner_start : q.inner_end] for q in find(text)] == ["I cannot explain it.", "why now?"]


def test_the_marks_say_what_is_missing():
    unopened, unclosed = find("It was late,” she said.\nMarin says the ship “sails tonight.")
    assert (unopened.is_opened, unopened.is_closed) == (False, True)
    assert (unclosed.is_opened, unclosed.is_closed) == (True, False)


def test_a_quotation_over_three_paragraphs_goes_on_until_it_closes():
    found = find("“One.\n“Two.\n“Three,” Marin said.\n“Four.”")
    assert [q.is_continuing for q in found] == [False, True, True, False]
    assert [q.is_closed for q in found] == [False, False, True, True]


def test_what_stands_inside_is_deeper():
    assert [q.depth for q in find("“He said ‘no’ to me,” Marin said. “Yes.”")] == [0, 1, 0]


@given(st.text() | LIKE_NEWS)
def test_quotations_are_ordered_nested_and_inside_the_text(text):
    found = find(text)
    for quotation in found:
        assert (
            0 <= quotation.start <= quotation.inner_start <= quotation.inner_end <= quotation.end <= len(text)
        )
        assert "\n" not in text[quotation.start : quotation.end]
    for before, after in pairwise(found):
        assert before.start <= after.start
    for before, after in pairwise([quotation for quotation in found if quotation.depth == 0]):
        assert before.end <= after.start


@pytest.mark.parametrize("unit", ["“", '"', "” ", "“a, “b” ” ", "a” ", "‘a s’ ", "'''", "“a. “ "])
def test_a_hostile_text_is_read_to_its_end(unit):
    """It takes 0.2 s; with the square of the text it would take many minutes."""
    text = unit * 20_000
    assert all(quotation.start < quotation.end <= len(text) for quotation in find(text))
