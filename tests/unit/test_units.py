"""Units in the singular, and phrases that hyphens and glue write in several ways."""

import pytest

from pipelines.lists import read_list
from pipelines.text.figure_lexicon import build_figure_lexicon
from pipelines.text.numbers import split_pieces
from pipelines.text.units import phrase_at, phrase_before, singular

LEXICON = build_figure_lexicon(read_list)


@pytest.mark.parametrize(
    ("plural", "noun"),
    [
        ("countries", "country"),
        ("movies", "movie"),
        ("people", "person"),
        ("MPs", "MP"),
        ("Americans", "American"),
        ("boxes", "box"),
        ("houses", "house"),
        ("buses", "bus"),
        ("news", "news"),
        ("glass", "glass"),
        ("virus", "virus"),
        ("man’s", "man"),
    ],
)
def test_singular(plural: str, noun: str) -> None:
    assert singular(plural, LEXICON.plurals) == noun


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("km/h", "kilometre per hour"),
        ("year-old", "year"),
        ("MPH", "mile per hour"),
        ("°C", "degree Celsius"),
        ("sq ft of", "square foot"),
    ],
)
def test_unit(text: str, unit: str) -> None:
    pieces = split_pieces(text, 0, len(text), LEXICON.pieces)
    found = phrase_at(pieces, 0, LEXICON.units)
    assert found is not None
    assert found[0].name == unit


def test_symbols_keep_their_case() -> None:
    pieces = split_pieces("w", 0, 1, LEXICON.pieces)
    assert phrase_at(pieces, 0, LEXICON.units) is None


def test_the_longest_hedge_wins() -> None:
    text = "no more than 5"
    pieces = split_pieces(text, 0, len(text), LEXICON.pieces)
    assert phrase_before(pieces, 3, LEXICON.hedges_before) == ("at_most", 0)
