"""Words are cut into the longest pieces that the vocabulary holds."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.language.wordpieces import MOST_PIECES, WordPieces

PIECES = WordPieces(
    ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "ze", "##len", "##sky", "##y", "cafe", "-", "u", ".", "s", "日"]
)


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("Zelenskyy", ["ze", "##len", "##sky", "##y"]),
        ("Café", ["cafe"]),
        ("Cafe\u0301", ["cafe"]),
        ("café-ze", ["cafe", "-", "ze"]),
        ("U.S.", ["u", ".", "s", "."]),
        ("日日", ["日", "日"]),
        ("zebra", ["[UNK]"]),
        ("ca\u200bfe\x00", ["cafe"]),
        ("\u200b", ["[UNK]"]),
    ],
)
def test_a_word_is_cut_into_its_pieces(word: str, expected: list[str]) -> None:
    assert [PIECES.pieces[i] for i in PIECES.cut(word)] == expected


def test_a_run_without_end_takes_no_time() -> None:
    started = time.monotonic()
    assert PIECES.cut("y" * 1_000_000) == (PIECES.unknown,)
    assert len(PIECES.cut("." * 1_000_000)) == MOST_PIECES
    assert time.monotonic() - started < 1


@given(st.text())
def test_every_word_has_pieces(word: str) -> None:
    assert 1 <= len(PIECES.cut(word)) <= MOST_PIECES
