"""Words are laid out with their shapes and their places in quotations, and read in windows that fit."""

import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.language.windows import (
    CLOSING,
    INSIDE,
    LOWER,
    MIXED,
    NESTED,
    NUMBER,
    OPENING,
    SIGN,
    TITLE,
    UPPER,
    Words,
    cut_windows,
    fill_window,
    lay_out_words,
    name_shape,
)
from pipelines.language.wordpieces import WordPieces
from pipelines.text.quotations import find_quotations

PIECES = WordPieces(["[PAD]", "[UNK]", "[CLS]", "[SEP]"])


def lay_out(text: str) -> Words:
    """Lay out the words and signs of a text whose paragraphs are its lines."""
    paragraphs = [match.span() for match in re.finditer(r"[^\n]+", text)]
    spans = [match.span() for match in re.finditer(r"\w+|[^\w\s]", text)]
    return lay_out_words(spans, text, paragraphs, find_quotations(text, paragraphs), PIECES)


@pytest.mark.parametrize(
    ("word", "shape"),
    [
        ("taxes", LOWER),
        ("Marin", TITLE),
        ("NATO", UPPER),
        ("McCain", MIXED),
        ("4th", NUMBER),
        ("F-16", NUMBER),
        ("…", SIGN),
        ("I", TITLE),
    ],
)
def test_a_word_has_a_shape(word: str, shape: int) -> None:
    assert name_shape(word) == shape


def test_words_know_their_place_in_quotation_marks() -> None:
    words = lay_out("“He said ‘no’ twice,” she said")
    outer = [OPENING, INSIDE, INSIDE]
    assert words.quotes.tolist() == [*outer, OPENING, NESTED, CLOSING, INSIDE, INSIDE, CLOSING, 0, 0]


def test_paragraphs_share_a_window_with_a_separator_between_them() -> None:
    words = lay_out("a b\nc")
    (window,) = cut_windows(words)
    given_ = fill_window(words, window, PIECES)
    cls, sep, unk = PIECES.first, PIECES.separator, PIECES.unknown
    assert given_.pieces.tolist() == [cls, unk, unk, sep, unk, sep]
    assert given_.word_places.tolist() == [1, 2, 4]


def test_a_window_ends_where_the_next_paragraph_does_not_fit() -> None:
    words = lay_out("a b c\nd e f\ng")
    assert [(window.start, window.end) for window in cut_windows(words, 8)] == [(0, 3), (3, 7)]


def test_a_long_paragraph_is_read_in_windows_that_overlap() -> None:
    words = lay_out(" ".join("a" * 50))
    windows = cut_windows(words, 22)
    assert [(window.start, window.end) for window in windows][:2] == [(0, 20), (10, 30)]
    assert windows[0].keep_end == 15


@given(st.lists(st.integers(0, 40), max_size=12), st.integers(10, 60), st.none() | st.integers(4, 60))
def test_windows_fit_and_keep_every_word_once(lengths: list[int], limit: int, first: int | None) -> None:
    words = lay_out("\n".join(" ".join("a" * length) for length in lengths))
    windows = cut_windows(words, limit, first)
    kept = [word for window in windows for word in range(window.keep_start, window.keep_end)]
    assert kept == list(range(len(words)))
    for window in windows:
        assert window.start <= window.keep_start < window.keep_end <= window.end
        given_ = fill_window(words, window, PIECES)
        assert len(given_.pieces) <= limit
        assert np.array_equal(
            given_.pieces[given_.word_places], words.pieces[words.piece_starts[window.start : window.end]]
        )
