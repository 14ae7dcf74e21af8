"""Names are found where they stand, typed, and named alike throughout an article."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.lists import read_list
from pipelines.text.names import Name, build_name_lexicon, find_names, name_entities, set_names, split_person
from tests.unit.articles import read

LEXICON = build_name_lexicon(read_list)
GOLDEN = Path(__file__).parents[1] / "golden" / "names.jsonl"
CASES = [json.loads(line) for line in GOLDEN.read_text("utf-8").splitlines()]


def names_in(text: str) -> list[list[str]]:
    """Return text, type and entity of each name."""
    doc = read(text)
    names = find_names(doc, LEXICON)
    entities = name_entities(doc, names, LEXICON)
    return [
        [text[name.start : name.end], name.entity_type, entity]
        for name, entity in zip(names, entities, strict=True)
    ]


@pytest.mark.parametrize("case", CASES, ids=[case["why"] for case in CASES])
def test_names_are_found_typed_and_joined(case: dict) -> None:
    assert names_in(case["text"]) == case["expect"]


def test_a_line_that_is_not_read_has_no_names() -> None:
    doc = read("Photo by Lena Vogt in Geneva\nNobody came.", first_type="caption")
    assert find_names(doc, LEXICON) == []


def test_names_become_the_entities_of_the_document() -> None:
    doc = read("Lena Vogt left Geneva.")
    set_names(doc, [Name(0, 9, "person"), Name(15, 21, "place")])
    assert [(ent.text, ent.label_) for ent in doc.ents] == [("Lena Vogt", "person"), ("Geneva", "place")]


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Donald J. Pike Jr.", ("Donald", "Pike")),
        ("J. Pike", ("J.", "Pike")),
        ("Mary Ann Pike", ("Mary", "Ann", "Pike")),
        ("Pike", ("Pike",)),
    ],
)
def test_initials_and_suffixes_are_left_out_of_a_person(name: str, words: tuple[str, ...]) -> None:
    assert split_person(name) == words


@pytest.mark.xfail(strict=True, reason="without a parser an unknown word that opens a sentence is no name")
def test_an_unknown_surname_opens_a_sentence() -> None:
    assert names_in("Halvorsenby resigned.") == [["Halvorsenby", "person", "Halvorsenby"]]


PARTS = (
    "Joe Vogt the President of and US U.S. ’s 's Council Iowa - “ ” . al A. ÅSA 😀 5 Department White House &"
)
WORDS = st.sampled_from([*PARTS.split(), "\n", "\u00a0", "\x00"])


@given(st.lists(WORDS, max_size=40).map(" ".join) | st.text(max_size=80))
def test_names_lie_in_the_text_in_order_and_apart(text: str) -> None:
    doc = read(text)
    names = find_names(doc, LEXICON)
    ends = [0, *(name.end for name in names)]
    assert all(end <= name.start < name.end <= len(text) for end, name in zip(ends, names, strict=False))
    assert len(name_entities(doc, names, LEXICON)) == len(names)
    set_names(doc, names)
