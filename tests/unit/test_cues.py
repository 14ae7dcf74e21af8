"""The cue lexicon: inflected forms, phrases, and what each cue takes."""

import pytest

from pipelines.lists import read_list
from pipelines.text.cues import FRAMES, build_cue_lexicon, inflect
from pipelines.text.phrases import WORD, Line

LEXICON = build_cue_lexicon(read_list)
ACTS = {"statement", "denial", "refusal", "demand", "warning", "promise", "belief", "question", "agreement"}
IRREGULAR = {row["verb"]: row for row in read_list("irregular_verbs")}


def line(text: str) -> Line:
    words = text.split()
    return Line(words, [WORD] * len(words), [0] * len(words), [1] * len(words), {})


@pytest.mark.parametrize(
    ("verb", "forms"),
    [
        ("say", "say says said said saying"),
        ("deny", "deny denies denied denied denying"),
        ("agree", "agree agrees agreed agreed agreeing"),
        ("urge", "urge urges urged urged urging"),
        ("admit", "admit admits admitted admitted admitting"),
        ("write", "write writes wrote written writing"),
        ("lie", "lie lies lied lied lying"),
        ("stress", "stress stresses stressed stressed stressing"),
        ("portray", "portray portrays portrayed portrayed portraying"),
    ],
)
def test_a_verb_is_inflected(verb, forms):
    assert list(inflect(verb, IRREGULAR.get(verb, {})).values()) == forms.split()


def test_the_longest_phrase_wins():
    assert {form.cue.lemma for form in LEXICON.verb_at(line("called for calm"), 0)} == {"call for"}
    assert {form.cue.lemma for form in LEXICON.verb_at(line("called him names"), 0)} == {"call"}
    assert not LEXICON.verb_at(line("slept well"), 0)


def test_each_row_of_the_list_is_whole():
    for row in read_list("cues"):
        precisions = [float(row[frame]) for frame in FRAMES if row[frame]]
        assert precisions and all(0 < precision < 1 for precision in precisions), row
        assert row["act"] in ACTS and row["tells"] in ("", "yes"), row


def test_no_row_stands_twice():
    keys = [(row["lemma"], row["kind"]) for row in read_list("cues")]
    assert len(keys) == len(set(keys))
