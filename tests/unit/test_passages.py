"""Every stretch of an article gets its label, and no running text is taken for furniture."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.lists import read_list
from pipelines.schemas import PASSAGE_TYPES
from pipelines.text.passages import build_passage_lexicon, find_passages

ROOT = Path(__file__).parents[2]
CASES = [json.loads(line) for line in (ROOT / "tests/golden/passages.jsonl").read_text("utf-8").splitlines()]
LEXICON = build_passage_lexicon(
    *map(read_list, ("boilerplate_phrases", "wires", "outlets", "dateline_places"))
)
FURNITURE = [
    "By Jane Doe",
    "(CNN) — ",
    "See also x",
    "© 2021",
    "December 31, 2021",
    "A title",
    "x 3:52",
    "…",
    "“a.” ",
]
LIKE_NEWS = st.lists(st.sampled_from([*FURNITURE, "\n", "\n\n", "\r\n", "\u2028", "\xa0", " "])).map("".join)


def label(text: str) -> list[list[str]]:
    return [
        [p.passage_type, text[p.start : p.end].strip().strip("\ufeff")] for p in find_passages(text, LEXICON)
    ]


@pytest.mark.parametrize("case", CASES, ids=[case["why"] for case in CASES])
def test_golden(case):
    assert label(case["text"]) == case["expect"]


@given(st.text() | LIKE_NEWS)
def test_passages_cover_any_text(text):
    passages = find_passages(text, LEXICON)
    assert "".join(text[p.start : p.end] for p in passages) == text
    assert all(p.start < p.end and p.passage_type in PASSAGE_TYPES for p in passages)
    assert [p.start for p in passages[1:]] == [p.end for p in passages[:-1]]


def test_white_space_belongs_to_the_passage_before_it():
    text = "\n Harbour reopens \n\nLONDON —  The harbour reopened.\n"
    assert [text[p.start : p.end] for p in find_passages(text, LEXICON)] == [
        "\n Harbour reopens \n\n",
        "LONDON —  ",
        "The harbour reopened.\n",
    ]


@pytest.mark.parametrize(
    ("file", "expected"),
    [
        ("000_2626d2279e45f12a", {"date_header": 1, "body": 20, "correction_note": 1}),
        ("002_ab01ed823473c0a1", {"body": 13}),
        ("004_7c4e71be4a13ea11", {"date_header": 1, "dateline": 1, "body": 18, "caption": 1, "footer": 1}),
    ],
)
def test_seed_articles(file, expected):
    text = (ROOT / f"seeds/articles/{file}.txt").read_bytes().decode()
    found = [p.passage_type for p in find_passages(text, LEXICON)]
    assert {type_: found.count(type_) for type_ in found} == expected


def test_a_related_link_in_a_seed_article_is_not_read():
    text = (ROOT / "seeds/articles/001_40732f9c1aab366b.txt").read_bytes().decode()
    types = {
        p.passage_type
        for p in find_passages(text, LEXICON)
        if "According to Edtstadler" in text[p.start : p.end]
    }
    assert types == {"related_link"}


@pytest.mark.parametrize(
    "unit", ["a", "A", " ", "A-", "By A-A-", "a\n", "\n", "(", "A. ", "2021-", "“", "A, ", "😀", "\0"]
)
def test_a_long_text_of_anything_is_read_to_its_end(unit):
    """It takes a second at most; with the square of the text it would take many minutes."""
    text = unit * (200_000 // len(unit))
    assert find_passages(text, LEXICON)[-1].end == len(text)


@pytest.mark.xfail(strict=True, reason="a caption that is a whole sentence without a credit reads like body")
def test_a_caption_without_credit():
    assert (
        label("The harbour reopened.\n\nFerries leave the harbour on Monday.\n\nThat was all.")[1][0]
        == "caption"
    )
