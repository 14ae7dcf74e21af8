"""Figures: what a sentence states, golden cases first, then what holds for all text."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.lists import read_list
from pipelines.schemas import CHANGE_ROLES, FIGURE_TYPES
from pipelines.text.figure_lexicon import build_figure_lexicon
from pipelines.text.figures import Figure, find_figures
from pipelines.text.measures import parse_measure
from pipelines.text.sentences import Sentence

LEXICON = build_figure_lexicon(read_list)
GOLDEN = Path(__file__).parents[1] / "golden" / "figures.jsonl"
CASES = [json.loads(line) for line in GOLDEN.read_text("utf-8").splitlines()]


def find(text: str) -> list[Figure]:
    """Read `text` as one sentence."""
    return find_figures(text, [Sentence(0, len(text), 0)], LEXICON)


def show(text: str, figure: Figure) -> dict[str, Any]:
    """Write a figure the way the golden cases do."""
    return {
        "text": text[figure.start : figure.end],
        "low": figure.value_low,
        "high": figure.value_high,
        "unit": figure.unit,
        "type": figure.figure_type,
        "approximator": figure.approximator,
        "bound": figure.bound,
        "measured": figure.measured and text[slice(*figure.measured)],
        "measured_as": figure.measured_as,
        "role": figure.change_role,
        "direction": figure.direction,
    }


@pytest.mark.parametrize("case", CASES, ids=[case["why"] for case in CASES])
def test_golden(case: dict[str, Any]) -> None:
    found = [show(case["text"], figure) for figure in find(case["text"])]
    asked = [{key: got[key] for key in wanted} for got, wanted in zip(found, case["expect"], strict=False)]
    assert len(found) == len(case["expect"]), found
    for got, wanted in zip(asked, case["expect"], strict=True):
        assert got == {
            key: pytest.approx(value) if isinstance(value, float) else value for key, value in wanted.items()
        }


def test_only_the_sentences_given_are_read() -> None:
    text = "Caption with 12 goats.\nThe farm has 30 sheep."
    start = text.index("The")
    [figure] = find_figures(text, [Sentence(start, len(text), 1)], LEXICON)
    assert text[figure.start : figure.end] == "30"


@pytest.mark.xfail(strict=True, reason="without a parser the subject is not looked for beyond a comma")
def test_subject_beyond_a_comma() -> None:
    text = "Exports, which boomed last year, dropped 7%."
    [figure] = find(text)
    assert show(text, figure)["measured"] == "Exports"


@pytest.mark.xfail(strict=True, reason="'ally' is read as what is counted, not as a kind of country")
def test_unit_is_no_hypernym() -> None:
    [figure] = find("At least four major allies agreed.")
    assert figure.unit == "country"


PARTS = st.sampled_from(
    [*(r["word"] for r in read_list("number_words")), *(r["form"] for r in read_list("units"))]
    + [r["phrase"] for r in read_list("approximators")]
    + ["$", "-", "–", ",", ".", "/", "%", "7", "1,250", "3.5", "½", "2014", "from", "to", "between", "and"]
    + [r["word"] for r in read_list("change_words")]
    + [r["word"] for r in read_list("measured_kinds")]
    + ["Russian", "North", "Korea", "near", "of", "in", "men", "mid", "50s", "another", "whom", "them"]
    + ["people", "Article", "one", "a", "the", "'", "😀", "\0"]
)


@given(st.lists(st.tuples(PARTS, st.sampled_from(["", " ", "\n"])), max_size=25))
def test_figures_are_ordered_and_hold_what_they_promise(parts: list[tuple[str, str]]) -> None:
    text = "".join(part + space for part, space in parts)
    end = 0
    for figure in find(text):
        assert end <= figure.start < figure.end <= len(text)
        end = figure.end
        assert figure.figure_type in FIGURE_TYPES
        assert 0 < figure.confidence <= 1
        low, high = figure.value_low, figure.value_high
        assert low is not None or high is not None
        assert low is None or high is None or low <= high
        assert figure.change_role in (None, *CHANGE_ROLES)
        assert (figure.direction is None) == (figure.change_role is None)
        if figure.measured_as is not None:
            assert figure.measured_as == figure.measured_as.lower().strip() != ""
            assert str(parse_measure(figure.measured_as)) == figure.measured_as
        if figure.measured:
            assert 0 <= figure.measured[0] < figure.measured[1] <= len(text)


@given(st.text(max_size=200))
def test_no_text_raises(text: str) -> None:
    find(text)


@pytest.mark.parametrize(
    "text",
    [
        "a" * 100_000,
        "1" * 100_000,
        "111," * 25_000,
        "a-" * 50_000,
        "two hundred " * 8_000,
        "5 of " + "the " * 25_000,
        "rose 5% to 9 " * 2_000,
        "9 troops " * 2_000,
    ],
)
def test_long_runs_take_linear_time(text: str) -> None:
    find(text)  # quadratic time would hang the suite
