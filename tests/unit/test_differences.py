"""How two renderings differ and contradict each other: golden cases first, then what holds for all text."""

import json
import re
import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.lists import read_list
from pipelines.text.differences import (
    MOST_PRINTED,
    align,
    build_difference_lexicon,
    describe_difference,
    find_contradiction,
)
from pipelines.text.stems import read_words

LEXICON = build_difference_lexicon(read_list)
GOLDEN = Path(__file__).parents[1] / "golden" / "differences.jsonl"
CASES = [json.loads(line) for line in GOLDEN.read_text("utf-8").splitlines()]
WORDS = ["not", "no", "never", "accept", "reject", "5", "50", "million", "ships", "sail", "the", "–", "…"]
TEXTS = st.lists(st.sampled_from(WORDS)).map(" ".join)


def compare(text: str, other: str) -> dict[str, str | None]:
    steps = align(read_words(text, LEXICON.words), read_words(other, LEXICON.words))
    return {
        "difference": describe_difference(steps, LEXICON),
        "contradiction": find_contradiction(steps, LEXICON),
    }


@pytest.mark.parametrize("case", CASES, ids=[case["why"] for case in CASES])
def test_golden(case: dict[str, Any]) -> None:
    found = compare(case["text"], case["other"])
    assert {key: found[key] for key in found.keys() & case.keys()} == {
        key: case[key] for key in found.keys() & case.keys()
    }


@given(TEXTS | st.text(), TEXTS | st.text())
def test_the_steps_hold_the_words_of_both_texts(text: str, other: str) -> None:
    words, others = read_words(text, LEXICON.words), read_words(other, LEXICON.words)
    steps = align(words, others)
    assert [word for step in steps for word in step.words] == words
    assert [word for step in steps for word in step.other_words] == others


@given(TEXTS, TEXTS)
def test_a_contradiction_is_one_both_ways(text: str, other: str) -> None:
    there, back = (compare(*pair)["contradiction"] for pair in ((text, other), (other, text)))
    assert (there is None) == (back is None)


@given(TEXTS | st.text())
def test_a_text_does_not_differ_from_itself(text: str) -> None:
    assert compare(text, text) == {"difference": "", "contradiction": None}


def test_a_difference_stays_short_and_takes_no_time() -> None:
    started = time.monotonic()
    found = compare("ships " * 50_000, "trains and ships " * 50_000)["difference"]
    assert found is not None
    assert all(len(side.split()) <= 2 * MOST_PRINTED + 3 for side in re.findall(r"\[(.*?)\]", found))
    assert time.monotonic() - started < 3
