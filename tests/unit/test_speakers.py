"""Sources become the ones who speak: by name, pronoun, title, or kind."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.lists import read_list
from pipelines.text.attributions import Attribution
from pipelines.text.names import build_name_lexicon, find_names, name_entities
from pipelines.text.speakers import Speakers, Who, find_speakers
from tests.unit.articles import read

LEXICON = build_name_lexicon(read_list)
GOLDEN = Path(__file__).parents[1] / "golden" / "speakers.jsonl"
CASES = [json.loads(line) for line in GOLDEN.read_text("utf-8").splitlines()]

Span = tuple[int, int]


def attribute(
    content: Span,
    source: Span | None,
    parent: int | None = None,
    addressee: Span | None = None,
    quoted: tuple[Span, ...] = (),
) -> Attribution:
    """Return an attribution of which only the places matter."""
    return Attribution(
        content=(content,),
        cue=None,
        source=source,
        addressee=addressee,
        parent=parent,
        attribution_type="indirect",
        quoted=quoted,
        cue_lemma=None,
        act="statement",
        is_negated=False,
        confidence=1.0,
    )


def speakers_of(text: str, attributions: list[Attribution]) -> list[Speakers]:
    doc = read(text)
    names = find_names(doc, LEXICON)
    return find_speakers(doc, names, name_entities(doc, names, LEXICON), attributions, LEXICON)


def locate(text: str, words: str, start: int = 0) -> Span:
    """Return the first place of these words."""
    found = re.compile(rf"(?<!\w){re.escape(words)}(?!\w)").search(text, start)
    assert found, words
    return found.span()


def attribute_all(text: str, said: list[list[Any]]) -> list[Attribution]:
    """Return attributions for pairs of source and content; a third item is the place of the parent."""
    attributions = []
    for source, content, *parent in said:
        start = attributions[parent[0]].content[0][0] if parent else 0
        place = locate(text, source, start) if source else None
        attributions.append(attribute(locate(text, content, start), place, *parent))
    return attributions


def show(speakers: Speakers) -> list[str | None]:
    who, relay = speakers.speaker, speakers.relayed_by
    return [who and who.name, who and who.entity_type, relay and relay.name]


@pytest.mark.parametrize("case", CASES, ids=[case["why"] for case in CASES])
def test_sources_become_speakers(case: dict[str, Any]) -> None:
    found = speakers_of(case["text"], attribute_all(case["text"], case["said"]))
    assert [show(speakers) for speakers in found] == case["expect"]


def test_the_one_who_is_told_is_found_too() -> None:
    text = "Lena Vogt wrote. Tom Arden told her that he would pay."
    told = attribute(
        locate(text, "that he would pay"), locate(text, "Tom Arden"), addressee=locate(text, "her")
    )
    assert speakers_of(text, [told])[0].addressee == Who("Lena Vogt", "person")


def test_a_quotation_has_one_speaker() -> None:
    text = "“Taxes will fall,” Lena Vogt said, and it was called a promise."
    quoted = locate(text, "Taxes will fall")
    attributions = [
        attribute(quoted, locate(text, "Lena Vogt"), quoted=(quoted,)),
        attribute(quoted, None, quoted=(quoted,)),
    ]
    assert [speakers.speaker for speakers in speakers_of(text, attributions)] == [
        Who("Lena Vogt", "person")
    ] * 2


def test_i_in_a_quotation_is_the_one_who_is_quoted() -> None:
    text = "“I told them to wait,” Lena Vogt said."
    attributions = attribute_all(text, [["Lena Vogt", "I told them to wait"], ["I", "to wait", 0]])
    assert [show(speakers) for speakers in speakers_of(text, attributions)] == [
        ["Lena Vogt", "person", None]
    ] * 2


@pytest.mark.xfail(strict=True, reason='"his" does not bind inside its own sentence without a parser')
def test_a_country_of_a_speaker_is_named() -> None:
    text = "Oleh Danko of Ukraine said his country would wait."
    said = [["Oleh Danko of Ukraine", "his country would wait"], ["his country", "would wait", 0]]
    assert show(speakers_of(text, attribute_all(text, said))[1])[0] == "Ukraine"


PARTS = "he they it who which Joe Vogt and , the president official officials his campaign US of “ ” 's . I"
WORDS = st.sampled_from(PARTS.split())
TEXTS = st.lists(WORDS, min_size=1, max_size=30).map(" ".join) | st.text(min_size=1, max_size=60)


@given(TEXTS, st.data())
def test_any_spans_give_one_answer_each(text: str, data: st.DataObject) -> None:
    places = st.tuples(st.integers(0, len(text)), st.integers(0, len(text))).map(
        lambda pair: tuple(sorted(pair))
    )
    attributions: list[Attribution] = []
    for number in range(data.draw(st.integers(0, 6))):
        parent = data.draw(st.none() | st.integers(0, number - 1)) if number else None
        content, source = data.draw(places), data.draw(st.none() | places)
        addressee = data.draw(st.none() | places)
        attributions.append(attribute(content, source, parent, addressee, (content,)))
    found = speakers_of(text, attributions)
    assert len(found) == len(attributions)
    assert all(s.relayed_by is None or s.relayed_by != s.speaker for s in found)
