"""Name what a number counts, in the singular: "km/h" is "kilometre per hour", "countries" is "country".

A unit has many forms ("hr", "hrs", "hours"). Forms of one or two letters are symbols and keep their case: "C"
is a temperature and "c" is none.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple, TypeVar

from pipelines.text.numbers import Piece, is_glued, is_hyphen

_Entry = TypeVar("_Entry")
_LONGEST_PHRASE = 5  # words, as in "in the neighborhood of"


class Unit(NamedTuple):
    """A unit of measure or a currency."""

    name: str
    figure_type: str


def spell(pieces: Sequence[Piece], start: int, end: int) -> str:
    """Write `pieces[start:end]` with one space between words, hyphens read as spaces: "year old"."""
    spelled = ""
    for i in range(start, end):
        if not is_hyphen(pieces, i):
            is_apart = spelled and (not is_glued(pieces, i) or is_hyphen(pieces, i - 1))
            spelled += " " + pieces[i].text if is_apart else pieces[i].text
    return spelled


def phrase_at(pieces: Sequence[Piece], i: int, phrases: Mapping[str, _Entry]) -> tuple[_Entry, int] | None:
    """Return the entry of the longest phrase that begins at `pieces[i]`, and the index after it."""
    for end in range(min(i + _LONGEST_PHRASE, len(pieces)), i, -1):
        if is_hyphen(pieces, end - 1):  # "6-foot-2"
            continue
        entry = _look_up(spell(pieces, i, end), phrases)
        if entry is not None:
            return entry, end
    return None


def phrase_before(
    pieces: Sequence[Piece], i: int, phrases: Mapping[str, _Entry]
) -> tuple[_Entry, int] | None:
    """Return the entry of the longest phrase that ends before `pieces[i]`, and where it begins."""
    for start in range(max(i - _LONGEST_PHRASE, 0), i):
        entry = _look_up(spell(pieces, start, i), phrases)
        if entry is not None:
            return entry, start
    return None


def _look_up(spelled: str, phrases: Mapping[str, _Entry]) -> _Entry | None:
    """Find a phrase as printed, or in lower case unless it is a symbol."""
    entry = phrases.get(spelled)
    return phrases.get(spelled.lower()) if entry is None and len(spelled) > 2 else entry


def is_plural(word: str, plurals: Mapping[str, str]) -> bool:
    """Whether `word` looks like a plural noun. `plurals` has the irregular ones; "" marks "news" as none."""
    known = plurals.get(word.lower())
    if known is not None:
        return known != ""
    if len(word) < 3 or word[-1] != "s":
        return False
    return word[-2].isupper() or (len(word) > 3 and word[-2] not in "suiI'’")


def singular(word: str, plurals: Mapping[str, str]) -> str:
    """Return the singular of a noun: "countries" → "country", "MPs" → "MP", "man’s" → "man"."""
    word = word.removesuffix("’s").removesuffix("'s")
    known = plurals.get(word.lower())
    if known or not is_plural(word, plurals):
        return known or word
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("ches", "shes", "sses", "xes", "zzes")):
        return word[:-2]
    return word[:-1]
