"""The language model reads sentences that no corpus holds; what it reached may rise and never falls."""

import json
import re
from collections import Counter
from pathlib import Path

import pytest
import spacy
from spacy.language import Language

from pipelines.language import MODEL, load_language
from pipelines.language.component import FACTORY

pytestmark = pytest.mark.end_to_end

CASES = [
    json.loads(line)
    for line in (Path(__file__).parents[1] / "golden" / "language_model.jsonl")
    .read_text("utf-8")
    .splitlines()
]
FLOOR = 0.95  # F1 over the attributions: content shared by half both ways, and a word of the source


@pytest.fixture(scope="module")
def nlp() -> Language:
    return load_language(syntax=True)


def _words(text: str | None) -> Counter[str]:
    return Counter(re.findall(r"\w+", (text or "").lower()))


def _is_right(expected: list[str | None], found: tuple[str | None, str]) -> bool:
    content, its = _words(expected[1]), _words(found[1])
    shared = (content & its).total()
    source, its_source = _words(expected[0]), _words(found[0])
    agrees = bool(source & its_source) or not (source or its_source)
    return agrees and 2 * shared >= max(content.total(), its.total())


def test_attributions_reach_the_floor(nlp: Language) -> None:
    right = guesses = gold = 0
    for case in CASES:
        found = [
            (str(a.source) if a.source else None, " ".join(map(str, a.contents)))
            for a in nlp(case["text"])._.attributions
        ]
        right += sum(any(_is_right(expected, one) for one in found) for expected in case["expect"])
        guesses += len(found)
        gold += len(case["expect"])
    assert 2 * right / (guesses + gold) >= FLOOR


def test_names_and_syntax_are_where_spacy_users_look(nlp: Language) -> None:
    doc = nlp("Angela Merkel met officials of the European Union in Brussels.")
    assert {(entity.text, entity.label_) for entity in doc.ents} >= {
        ("Angela Merkel", "person"),
        ("European Union", "organization"),
        ("Brussels", "place"),
    }
    met = doc[2]
    assert (met.tag_, met.pos_, met.dep_) == ("VBD", "VERB", "ROOT")
    assert [token.text for token in met.children if token.dep_ == "nsubj"] == ["Angela"]


def test_the_weights_stay_small() -> None:
    assert sum(path.stat().st_size for path in MODEL.rglob("*") if path.is_file()) < 30_000_000


def test_the_pipeline_goes_through_disk_bytes_and_processes(nlp: Language, tmp_path: Path) -> None:
    text = CASES[0]["text"]
    expected = nlp(text).to_json()
    nlp.to_disk(tmp_path)
    copied = spacy.blank("en")
    copied.add_pipe(FACTORY)
    copied.from_bytes(nlp.to_bytes())
    assert spacy.load(tmp_path)(text).to_json() == expected
    assert copied(text).to_json() == expected
    assert [doc.to_json() for doc in nlp.pipe([text, text], n_process=2)] == [expected, expected]
