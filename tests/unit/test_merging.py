"""The model decides who said what; the rules add what they alone know."""

from dataclasses import replace

import pytest

from pipelines.lists import read_list
from pipelines.text.attributions import Draft
from pipelines.text.cues import build_cue_lexicon
from pipelines.text.merging import UNCONFIRMED, Learned, merge_drafts

LEXICON = build_cue_lexicon(read_list)
TEXT = "Ruiz denied that Marin told her to wait. “Not at all.”"
#       0    5           17    23   28         39 41
RUIZ, DENIED, MARIN, TOLD, HER = (0, 4), (5, 11), (17, 22), (23, 27), (28, 31)
OUTER, INNER, QUOTED = (12, 39), (32, 39), (41, 54)


def draft(cue: tuple[int, int] | None, source: tuple[int, int] | None, content: tuple[int, int]) -> Draft:
    """Return what the rules find; a draft without a cue is a quotation."""
    known = LEXICON.verbs[TEXT[slice(*cue)]][0].cue if cue else None
    addressee = HER if cue == TOLD else None
    return Draft(
        known, "clause" if cue else "quotation", cue, source, addressee, [content], False, cue is None
    )


def test_spans_are_the_models_and_the_lemma_is_the_rules() -> None:
    found = Learned((OUTER,), DENIED, RUIZ, 0.9)
    (merged,) = merge_drafts(TEXT, [draft(DENIED, None, INNER)], [found], LEXICON)
    assert (merged.source, merged.content, merged.confidence) == (RUIZ, [OUTER], 0.9)
    assert merged.cue is not None and (merged.cue.lemma, merged.cue.act) == ("deny", "denial")


def test_a_cue_that_the_rules_missed_is_named_by_the_lexicon() -> None:
    (merged,) = merge_drafts(TEXT, [], [Learned((OUTER,), DENIED, RUIZ, 0.9)], LEXICON)
    assert merged.cue is not None and merged.cue.lemma == "deny"


def test_what_the_rules_find_inside_a_content_stays() -> None:
    inner = draft(TOLD, MARIN, INNER)
    assert inner in merge_drafts(TEXT, [inner], [Learned((OUTER,), DENIED, RUIZ, 0.9)], LEXICON)


def test_what_the_rules_alone_find_outside_goes() -> None:
    assert merge_drafts(
        TEXT, [draft(DENIED, RUIZ, OUTER)], [Learned((QUOTED,), None, None, 0.5)], LEXICON
    ) == [Draft(None, "clause", None, None, None, [QUOTED], False, False, 0.5)]


def test_a_quotation_stays_with_little_confidence() -> None:
    (merged,) = merge_drafts(TEXT, [draft(None, None, QUOTED)], [], LEXICON)
    assert merged.content == [QUOTED]
    assert merged.confidence == pytest.approx(UNCONFIRMED * 0.15)


def test_a_quotation_that_the_model_reads_is_not_kept_twice() -> None:
    found = Learned((OUTER, QUOTED), DENIED, RUIZ, 0.9)
    assert (
        len(merge_drafts(TEXT, [draft(None, None, QUOTED), draft(DENIED, RUIZ, OUTER)], [found], LEXICON))
        == 1
    )


def test_a_side_clause_of_the_reporter_is_no_content() -> None:
    text = "She said the door is open, even as troops gather."
    (merged,) = merge_drafts(text, [], [Learned(((9, 48),), (4, 8), (0, 3), 0.9)], LEXICON)
    assert [text[slice(*piece)] for piece in merged.content] == ["the door is open"]
    quoted = "She said “the door is open even as troops gather.”"
    (merged,) = merge_drafts(quoted, [], [Learned(((9, 50),), (4, 8), (0, 3), 0.9)], LEXICON)
    assert merged.content == [(9, 50)]


def quote(text: str, cue: str, source: str, *content: str) -> Draft:
    """Return a quotation that the rules find; each argument is a stretch of `text`."""
    places = [(text.index(words), text.index(words) + len(words)) for words in (cue, source, *content)]
    known = LEXICON.verbs[cue][0].cue
    return Draft(known, "quotation", places[0], places[1], None, places[2:], False, True)


def test_a_quotation_without_its_opening_mark_is_kept_around_what_the_model_sees_in_it() -> None:
    text = "Marin stressed that it was late,” said Ruiz."
    stressed = Learned(((15, 31),), (6, 14), (0, 5), 0.9)
    outer = quote(text, "said", "Ruiz", "Marin stressed that it was late,”")
    inner, kept = merge_drafts(text, [outer], [stressed], LEXICON)
    assert inner.content == [(15, 31)]
    assert text[slice(*kept.source or ())] == "Ruiz"
    assert kept.confidence < UNCONFIRMED


def test_both_halves_of_a_quotation_belong_to_the_one_who_stands_between() -> None:
    text = "“As a friend,” Ruiz wrote, “we wait.”"
    found = Learned(((28, 35),), (20, 25), (15, 19), 0.9)
    rules = quote(text, "wrote", "Ruiz", "“As a friend,”", "“we wait.”")
    (merged,) = merge_drafts(text, [rules], [found], LEXICON)
    assert [text[slice(*piece)] for piece in merged.content] == ["“As a friend,”", "we wait"]


def test_pieces_without_a_word_between_them_are_one() -> None:
    text = "Ruiz warned Vogt that it was late."
    (merged,) = merge_drafts(text, [], [Learned(((12, 16), (17, 33)), (5, 11), (0, 4), 0.9)], LEXICON)
    assert [text[slice(*piece)] for piece in merged.content] == ["Vogt that it was late"]


def test_of_a_draft_that_runs_out_of_the_content_around_it_the_inner_part_stays() -> None:
    text = "Ruiz said Marin told her to wait. “Not at all.”"
    inner = replace(quote(text, "told", "Marin", "to wait", "“Not at all.”"), frame="infinitive")
    (_, kept) = merge_drafts(text, [inner], [Learned(((10, 32),), (5, 9), (0, 4), 0.9)], LEXICON)
    assert [text[slice(*piece)] for piece in kept.content] == ["to wait"]


def test_the_report_that_opens_a_quotation_goes_on_to_its_end() -> None:
    text = "“Marin replied that it was late. No one waits,” Ruiz said. “Marin smiled.”"
    outer = Learned(((1, 45),), (53, 57), (48, 52), 0.9)
    reported = replace(quote(text, "replied", "Marin", "that it was late"), frame="clause")
    _, kept = merge_drafts(text, [reported], [outer], LEXICON)
    assert [text[slice(*piece)] for piece in kept.content] == ["that it was late. No one waits"]


def test_the_report_that_opens_a_quotation_ends_where_another_cue_comes() -> None:
    text = "“Marin replied that it was late. Lee demanded tea,” Ruiz said."
    outer = Learned(((1, 49),), (57, 61), (52, 56), 0.9)
    first = replace(quote(text, "replied", "Marin", "that it was late"), frame="clause")
    second = replace(quote(text, "demanded", "Lee", "tea"), frame="object")
    _, kept, _ = merge_drafts(text, [first, second], [outer], LEXICON)
    assert [text[slice(*piece)] for piece in kept.content] == ["that it was late"]


def test_a_report_inside_a_quotation_ends_with_its_sentence() -> None:
    text = "“We wait. Marin replied that it was late. No one waits,” Ruiz said."
    outer = Learned(((1, 54),), (62, 66), (57, 61), 0.9)
    reported = replace(quote(text, "replied", "Marin", "that it was late"), frame="clause")
    _, kept = merge_drafts(text, [reported], [outer], LEXICON)
    assert [text[slice(*piece)] for piece in kept.content] == ["that it was late"]


def test_of_a_content_of_which_the_model_saw_one_word_the_rules_give_the_rest() -> None:
    text = "Ruiz demanded the report, the second this year."
    rules = replace(quote(text, "demanded", "Ruiz", "the report, the second this year"), frame="object")
    (merged,) = merge_drafts(text, [rules], [Learned(((14, 17),), (5, 13), (0, 4), 0.9)], LEXICON)
    assert [text[slice(*piece)] for piece in merged.content] == ["the report"]


def test_a_content_that_breaks_off_after_a_noun_goes_on_with_its_clause() -> None:
    text = "Ruiz repeated her demand that Vogt leave."
    inner = Draft(LEXICON.nouns["demand"], "clause", (18, 24), (14, 17), None, [(25, 40)], False, False)
    outer, kept = merge_drafts(text, [inner], [Learned(((14, 24),), (5, 13), (0, 4), 0.9)], LEXICON)
    assert [text[slice(*piece)] for piece in outer.content] == ["her demand that Vogt leave"]
    assert [text[slice(*piece)] for piece in kept.content] == ["that Vogt leave"]
