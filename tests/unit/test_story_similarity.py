"""How alike two articles are as reports of one event: days, names, meaning."""

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.comparison.stories import STORY
from pipelines.text.story_similarity import (
    DAY_COUNT,
    UNKNOWN,
    WEEKDAYS,
    find_days,
    mix_similarity,
    number_day,
    shorten_name,
    weigh_as_event,
)

GOLDEN = Path(__file__).parents[1] / "golden" / "days.jsonl"
CASES = [json.loads(line) for line in GOLDEN.read_text("utf-8").splitlines()]


def weigh(similarity: float, days_apart: int, same_day: int) -> float:
    return weigh_as_event(np.array([similarity]), np.array([days_apart]), np.array([same_day]))[0]


@pytest.mark.parametrize("case", CASES, ids=[case["why"] for case in CASES])
def test_days_that_an_opening_names(case: dict) -> None:
    assert find_days(case["text"]) == case["expect"]


@given(st.text())
def test_any_text_names_days_that_have_numbers(text: str) -> None:
    numbers = [number_day(day) for day in find_days(text)]
    assert all(0 <= number < DAY_COUNT for number in numbers)


def test_no_two_days_have_one_number() -> None:
    days = [*WEEKDAYS, *(f"{month:02d}-{day:02d}" for month in range(1, 13) for day in range(1, 32))]
    assert sorted(map(number_day, days)) == list(range(DAY_COUNT))


def test_a_long_text_without_days_takes_no_time() -> None:
    assert find_days("3" * 1_000_000) == find_days("May " * 250_000) == []


@pytest.mark.parametrize(
    ("name", "short"), [("Amina Rossi", "rossi"), ("Rossi", "rossi"), ("the West", "west"), ("", "")]
)
def test_a_surname_stands_for_the_name(name: str, short: str) -> None:
    assert shorten_name(name) == short


def test_meaning_and_names_count_alike() -> None:
    assert mix_similarity(np.array([0.9, 1.01]), np.array([0.5, 1.0])) == pytest.approx([0.7, 1.0])


def test_days_speak_for_one_event_or_against_it() -> None:
    alike = weigh(0.7, 1, 1)
    assert alike > weigh(0.7, 1, UNKNOWN) > weigh(0.7, 3, UNKNOWN) > weigh(0.7, 3, 0)
    assert alike > weigh(0.7, UNKNOWN, 1) > weigh(0.7, UNKNOWN, UNKNOWN)
    assert weigh(1.0, 0, 1) == 1


def test_daily_reports_that_differ_in_their_day_are_not_one_event() -> None:
    assert weigh(0.95, 1, 0) < STORY < weigh(0.95, 1, UNKNOWN)
