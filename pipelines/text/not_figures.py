"""Tell the amounts that are no figures: years, scores, ages, names, list numbers, pronouns.

Each rule takes the pieces of a sentence and one amount, and opens with an example of what it keeps out.
"""

from collections.abc import Sequence

from pipelines.text.amounts import Amount, is_nominal
from pipelines.text.figure_lexicon import FigureLexicon
from pipelines.text.numbers import Piece, is_glued, is_hyphen, word_at


def is_year(pieces: Sequence[Piece], amount: Amount, lexicon: FigureLexicon) -> bool:
    """ "2014", "the 2018 sales"; but "2000 people" are counted, being round."""
    if not _is_plain_integer(pieces, amount) or amount.low is None or len(pieces[amount.first].text) != 4:
        return False
    before = word_at(pieces, amount.first - 1)
    if lexicon.fits("before_year", before) or (
        before == "and" and word_at(pieces, amount.first - 3) == "between"
    ):
        return True
    is_round = amount.low % 100 == 0 or amount.low < 1700
    return 1500 <= amount.low < 2100 and not (amount.counted and is_round)


def is_named(pieces: Sequence[Piece], amount: Amount, lexicon: FigureLexicon) -> bool:
    """Whether the number names something, or is part of a word."""
    return any(rule(pieces, amount, lexicon) for rule in _NAMING_RULES)


def is_idle(pieces: Sequence[Piece], amount: Amount, is_hedged: bool, lexicon: FigureLexicon) -> bool:
    """Whether the number, though it names nothing, states nothing that could be counted."""
    if amount.figure_type == "count" and amount.is_joined:
        return lexicon.fits("idle_noun", amount.unit or "") or amount.low in (0, 1)  # "zero-sum", "one-sided"
    if amount.low == 1 and word_at(pieces, amount.first) == "one":
        return _is_pronoun(pieces, amount, lexicon)
    if amount.low is not None and amount.high is None:  # "several"
        return amount.unit is None or (amount.figure_type == "count" and amount.scale == 1)
    return amount.unit is None and not _stands_alone(pieces, amount, is_hedged, lexicon)


def _is_part_of_word(pieces: Sequence[Piece], amount: Amount, lexicon: FigureLexicon) -> bool:
    """ "top-10", "mid-twenties", "5G", "401(k)"; but "minus-5" and "now-18" are numbers."""
    first, end = amount.first, amount.end
    is_bare = pieces[first].kind == "number" and end == first + 1
    if (
        is_bare
        and is_glued(pieces, end)
        and (pieces[end].kind in ("word", "opaque") or pieces[end].text == "(")
    ):
        return True
    if not is_glued(pieces, first):
        return False
    if pieces[first - 1].kind in ("word", "opaque") or pieces[first - 1].text in "/._":
        return True
    before = word_at(pieces, first - 2)
    is_compound = is_hyphen(pieces, first - 1) and pieces[first - 2].kind == "word"
    return (
        is_compound and not lexicon.fits("before_hyphened_number", before) and before not in lexicon.numbers
    )


def _is_in_name(pieces: Sequence[Piece], amount: Amount, lexicon: FigureLexicon) -> bool:
    """ "Article 5", "Boeing 737", "Group of 20", "category 4", "16 Industrial Avenue", "Air Force One"."""
    i = amount.first - 1
    if word_at(pieces, i) == "of" and amount.unit is None:
        i -= 1
    is_after_name = _is_name_word(pieces, i, lexicon)
    if pieces[amount.first].kind == "word":
        return is_after_name and pieces[amount.first].text[0].isupper()
    if not _is_plain_integer(pieces, amount) or amount.unit == "person":
        return False
    if is_after_name or lexicon.fits("numbered_noun", word_at(pieces, i)):
        return True
    return amount.counted is None and amount.end < len(pieces) and pieces[amount.end].text[0].isupper()


def _is_list_number(pieces: Sequence[Piece], amount: Amount, lexicon: FigureLexicon) -> bool:
    """ "1. Wash your hands.", "(2) Rinse."."""
    is_first = amount.first == 0 or (amount.first == 1 and word_at(pieces, 0) == "(")
    is_marked = word_at(pieces, amount.end) in (".", ")")
    return is_first and is_marked and _is_plain_integer(pieces, amount)


def _is_age(pieces: Sequence[Piece], amount: Amount, lexicon: FigureLexicon) -> bool:
    """ "Jane Roe, 66, of Leeds"; "a 66-year-old" says what it counts, and is a figure."""
    return (
        word_at(pieces, amount.first - 1) in (",", "(")
        and _is_name_word(pieces, amount.first - 2, lexicon)
        and word_at(pieces, amount.end) in (",", ")", ".", ";", "")
        and len(pieces[amount.first].text) < 3
        and _is_plain_integer(pieces, amount)
    )


def _is_half_time(pieces: Sequence[Piece], amount: Amount, lexicon: FigureLexicon) -> bool:
    """ "the second half", "half-brother", "half empty": a period or a part of a word, not a share."""
    if word_at(pieces, amount.first) != "half" or amount.figure_type not in ("count", "other"):
        return False
    before = pieces[amount.first - 1] if amount.first else None
    if before and (before.kind == "ordinal" or lexicon.fits("before_half_time", before.text.lower())):
        return True
    return amount.is_joined or (amount.end == amount.first + 1 and is_nominal(pieces, amount.end, lexicon))


_NAMING_RULES = (_is_part_of_word, _is_in_name, _is_list_number, _is_age, _is_half_time)


def _is_plain_integer(pieces: Sequence[Piece], amount: Amount) -> bool:
    """Whether the amount is digits alone: no comma, point, scale or unit of measure."""
    is_unitless = amount.unit is None or amount.counted is not None
    return is_unitless and amount.scale == 1 and pieces[amount.first].text.isdigit()


def _is_name_word(pieces: Sequence[Piece], i: int, lexicon: FigureLexicon) -> bool:
    """Whether `pieces[i]` is written as a name: "Article", "iPhone"; not "About", "On Tuesday"."""
    word = word_at(pieces, i)
    return (
        i >= 0
        and pieces[i].kind in ("word", "opaque")
        and any(letter.isupper() for letter in pieces[i].text)
        and word not in lexicon.phrase_ends
        and word not in lexicon.hedges_before
        and not word.endswith("day")
    )


def _is_pronoun(pieces: Sequence[Piece], amount: Amount, lexicon: FigureLexicon) -> bool:
    """ "no one", "one another", "one of the best", "the main one"."""
    before = amount.first - 1
    return (
        amount.unit is None
        or lexicon.fits("before_pronoun_one", word_at(pieces, before))
        or lexicon.fits("after_pronoun_one", word_at(pieces, amount.end))
        or (before >= 0 and is_nominal(pieces, before, lexicon) and pieces[before].text.islower())
    )


def _stands_alone(pieces: Sequence[Piece], amount: Amount, is_hedged: bool, lexicon: FigureLexicon) -> bool:
    """Whether a number without a unit still states something: "64,900", "seven were killed", "about four"."""
    if amount.is_joined:
        return False
    is_plain = _is_plain_integer(pieces, amount)
    if amount.low != amount.high and pieces[amount.end - 1].kind == "opaque":  # "in the low 40s"
        return True
    if is_hedged or (pieces[amount.first].kind != "word" and not is_plain):
        return True
    is_definite = (
        lexicon.phrase_ends.get(word_at(pieces, amount.first - 1)) == "determiner"
    )  # "the two", "his 757"
    if is_plain:
        return not is_definite or is_nominal(pieces, amount.end, lexicon)
    return not is_definite and lexicon.fits("after_lone_number", word_at(pieces, amount.end))
