"""What two texts share of their wording, told on made-up reports."""

from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.text.shingles import (
    Reuse,
    Wording,
    digest_sentences,
    find_bands,
    find_reuse_between,
    read_wording,
)

REPORT = (
    "The city council voted on Tuesday to close the old harbour market, ending a trade that has fed the "
    "district for more than two centuries.\n"
    "Traders who had camped outside the hall since Sunday night wept when the result was read out.\n"
    "The market opened in 1807 and once had four hundred stalls, of which eleven were let this spring.\n"
    "A developer from the north wants to build flats and a hotel with a terrace on the quay.\n"
    "The mayor, who is up for election in May, left through a side door without a word to anyone.\n"
)
OTHER = (
    "Sheep farmers in the western valleys counted their losses after three nights of frost in late April.\n"
    "The ministry expects a fifth of the lambs to be lost, and feed prices have doubled since winter.\n"
    "In the higher villages the road is still closed, so vets have been flown in by the army.\n"
    "The last spring as cold as this one was in 1963, when the reservoir froze over to its middle.\n"
)
SPEECH = (
    "We have waited for thirty years to be heard in this hall and tonight we were heard, and I say to those "
    "who come after us that nobody will take this from you unless you let them take it, so do not let them"
)


def wording(text: str) -> Wording:
    paragraphs, start = [], 0
    for line in text.splitlines(keepends=True):
        paragraphs.append((start, start + len(line)))
        start += len(line)
    return read_wording(text, paragraphs)


def reuse_type(one: str, other: str) -> str | None:
    found = find_reuse_between(wording(one), wording(other))
    return found and found.reuse_type


def test_the_same_words_are_a_duplicate_whatever_their_case_marks_and_lines():
    printed = REPORT.upper().replace(",", " –").replace("\n", "\r\n\r\n")
    assert find_reuse_between(wording(REPORT), wording(printed)) == Reuse("duplicate", 1.0)
    assert reuse_type("He didn't", "He didn’t!") == "duplicate"


def test_a_report_with_another_headline_or_a_few_edits_is_a_near_duplicate():
    assert reuse_type(REPORT, "Harbour market to close\n" + REPORT) == "near_duplicate"
    edited = REPORT.replace("wept", "cheered").replace("hotel", "cinema")
    assert reuse_type(REPORT, edited) == "near_duplicate"


def test_a_report_that_ends_in_the_middle_is_part_of_the_whole():
    cut = "".join(REPORT.splitlines(keepends=True)[:2])
    assert find_reuse_between(wording(REPORT), wording(cut)) == Reuse("partial", 1.0)


def test_a_copied_paragraph_is_reuse_a_copied_sentence_is_not():
    lines = REPORT.splitlines(keepends=True)
    assert reuse_type(REPORT, OTHER + lines[0] + lines[2]) == "partial"
    assert reuse_type(REPORT, OTHER + lines[3]) is None


def test_reports_on_one_speech_share_its_words_and_not_each_other_s():
    one, other = f"{REPORT}“{SPEECH},” a trader said.\n", f"{OTHER}“{SPEECH},” she said later.\n"
    assert reuse_type(one, other) is None
    assert (
        reuse_type(one.replace("“", "").replace("”", ""), other.replace("“", "").replace("”", ""))
        == "partial"
    )


def test_a_word_in_quotation_marks_does_not_part_what_was_copied():
    doubted = REPORT.replace("flats", "“flats”").replace("old harbour market", "“old harbour market”")
    assert reuse_type(doubted, OTHER + doubted) == "partial"


def test_names_and_offices_that_everybody_prints_are_no_reuse():
    named = "The mayor, Ada Holm, the treasurer, Per Lind, and the harbour master, Kim Dahl, were there.\n"
    assert reuse_type(OTHER + named, REPORT + named) is None


@pytest.mark.parametrize("text", ["", "\n \n", "…“”"])
def test_a_text_without_words_is_like_no_other(text):
    assert find_bands(wording(text)) == []
    assert find_reuse_between(wording(text), wording(text)) is None
    assert digest_sentences(wording(text), [(0, len(text))]) == []


def test_a_text_of_fewer_than_five_words_is_one_run():
    assert reuse_type("Harbour closes", "Harbour closes.") == "duplicate"
    assert reuse_type("Harbour closes", REPORT) is None
    assert find_bands(wording("Harbour closes")) == find_bands(wording("HARBOUR CLOSES!"))


def test_digests_are_the_same_on_every_machine():
    found = wording("The market opened in 1807 and closed.")
    assert found.words[0] == 3_331_141_520_948_189_790
    assert found.runs[0] == 79_139_767_785_087_144
    assert find_bands(found)[:2] == [2_526_844_092_222_985_721, -5_465_004_584_927_970_048]


def test_sentences_are_known_by_their_words_and_short_or_quoted_ones_left_out():
    text = f"The market opened in 1807 and once had four hundred stalls. It rained. “{SPEECH}.”"
    sentences = [(0, 59), (60, 70), (71, len(text))]
    [digest] = digest_sentences(wording(text), sentences)
    assert digest_sentences(wording("and ONCE: " + text), [(10, 69)]) == [digest]
    assert digest_sentences(wording(text), [(0, 59), (0, 59)]) == [digest]


def test_bands_find_what_is_alike_and_little_else():
    chance = Random(3)
    words = [f"word{number}" for number in range(2_000)]
    found = {0.02: 0, 0.5: 0}
    for share in found:
        for _ in range(100):
            text = chance.choices(words, k=300)
            edited = [chance.choice(words) if chance.random() < share else word for word in text]
            both = [set(find_bands(wording(" ".join(t)))) for t in (text, edited)]
            found[share] += bool(both[0] & both[1])
    assert found[0.02] == 100  # a resemblance of 0.83
    assert found[0.5] < 5  # of 0.02


TEXTS = st.text() | st.lists(st.sampled_from(["tax", "war", "“no", "no”", "\n", "it's"]), max_size=60).map(
    " ".join
)


@given(TEXTS, TEXTS)
def test_the_answer_is_the_same_the_other_way_round(one, other):
    there = find_reuse_between(wording(one), wording(other))
    assert there == find_reuse_between(wording(other), wording(one))
    assert there is None or 0 < there.shared_share <= 1


@given(TEXTS)
def test_every_text_with_words_is_its_own_duplicate(text):
    found = wording(text)
    assert (find_reuse_between(found, found) == Reuse("duplicate", 1.0)) == bool(len(found.words))
    assert len(find_bands(found)) == (32 if len(found.words) else 0)
    assert np.all(np.diff(found.starts) > 0)


@pytest.mark.parametrize("text", ["a" * 1_000_000, "a " * 300_000, "“" * 200_000])
def test_a_strange_text_takes_no_time(text):
    found = wording(text)
    assert len(found.distinct_runs) <= 1
    assert find_bands(found) == find_bands(wording(text))
