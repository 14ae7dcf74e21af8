"""A content is split into claims that others may repeat one by one."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.text.claims import split_claims


@pytest.mark.parametrize(
    ("content", "claims"),
    [
        ("that taxes would rise next year", ["that taxes would rise next year"]),
        (
            "the mayor “had asked the clubs to pay” and “made it clear that the city would not",
            ["the mayor “had asked the clubs to pay", "made it clear that the city would not"],
        ),
        (
            "closing the port would be a “grave error” that could cost thousands their work",
            ["closing the port would be a “grave error", "that could cost thousands their work"],
        ),
        (
            "The bridge is safe to cross. “We looked at every bolt, and they all hold.”",
            ["The bridge is safe to cross.", "We looked at every bolt, and they all hold."],
        ),
        ("the roof leaks, and it will be mended", ["the roof leaks, and it will be mended"]),
        (
            "if it rains, the game and the party will be put off",
            ["if it rains, the game and the party will be put off"],
        ),
        (
            "He said the U.S. would not pay the 3.5 million",
            ["He said the U.S. would not pay the 3.5 million"],
        ),
        ("“grave error", ["grave error"]),
        ("“Yes.”", []),
        ("", []),
    ],
)
def test_claims_are_clauses_of_their_own(content: str, claims: list[str]) -> None:
    assert split_claims(content) == claims


@given(st.text())
def test_claims_are_pieces_of_the_content_in_order(content: str) -> None:
    text, place = " ".join(content.split()), 0
    for claim in split_claims(content):
        place = text.index(claim, place) + len(claim)


def test_a_text_without_end_takes_no_time() -> None:
    started = time.monotonic()
    for text in ("x" * 1_000_000, " " * 1_000_000, "a. B " * 100_000, "a and I " * 100_000, "”" * 1_000_000):
        split_claims(text)
    assert time.monotonic() - started < 5
