"""Another language is told with confidence, and an English scrap is never refused."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.text.languages import find_language

GOLDEN = Path(__file__).parents[1] / "golden" / "languages.jsonl"
CASES = [json.loads(line) for line in GOLDEN.read_text("utf-8").splitlines()]


@pytest.mark.parametrize("case", CASES, ids=[case["text"][:30] for case in CASES])
def test_golden(case):
    assert find_language(case["text"]) == case["expect"]


@given(st.text())
def test_any_text_has_a_language_or_none(text):
    assert find_language(text) is None or len(find_language(text)) == 2


def test_only_the_beginning_is_looked_at():
    english = "The harbour reopened on Monday after a week of storms, and the ferries left before noon. "
    assert (
        find_language(english * 30 + "Le port a rouvert lundi après une semaine de tempêtes. " * 20_000)
        == "en"
    )
