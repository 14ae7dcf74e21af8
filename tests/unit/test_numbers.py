"""Number phrases and the pieces they are read from."""

import pytest

from pipelines.lists import read_list
from pipelines.text.figure_lexicon import build_figure_lexicon
from pipelines.text.numbers import read_number, split_pieces

LEXICON = build_figure_lexicon(read_list)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1,250", 1250),
        (".001", 0.001),
        ("2.6 million", 2_600_000),
        ("4 hundred million", 400_000_000),
        ("13.6M", 13_600_000),
        ("2 1/2", 2.5),
        ("twenty-five", 25),
        ("one hundred and five", 105),
        ("two thousand three hundred", 2300),
        ("two and a half million", 2_500_000),
        ("a dozen", 12),
        ("half a billion", 500_000_000),
        ("three quarters", 0.75),
        ("nine out of 10", 0.9),
        ("¾", 0.75),
    ],
)
def test_value(text: str, value: float) -> None:
    pieces = split_pieces(text, 0, len(text), LEXICON.pieces)
    number = read_number(pieces, 0, LEXICON.numbers)
    assert number is not None
    assert (number.low, number.high) == (pytest.approx(value), pytest.approx(value))
    assert number.end == len(pieces)


@pytest.mark.parametrize("text", ["tens", "scores", "million", "few", "a second", "20/20", "hundred"])
def test_no_number(text: str) -> None:
    pieces = split_pieces(text, 0, len(text), LEXICON.pieces)
    assert read_number(pieces, 0, LEXICON.numbers) is None


@pytest.mark.parametrize(
    "text",
    ["Dec. 7", "Jan.9-10", "7 December 2021", "3:30 pm", "10.45pm", "5 a.m.", "1990s", "’80s", "2021-22",
     "5’11", "2021-12-09", "555-0147", "E-8C", "G7", "Covid-19", "No. 10", "#1", "9/11", "1" * 20],
)  # fmt: skip
def test_opaque(text: str) -> None:
    [piece] = split_pieces(text, 0, len(text), LEXICON.pieces)
    assert (piece.kind, piece.text) == ("opaque", text)
