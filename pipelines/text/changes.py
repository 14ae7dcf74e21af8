"""Tell which amounts are parts of a change: "rose 4% to 1,200", "fell by a third to $4bn", "up from 38".

"4%" is what it changed by, "1,200" what it rose to, "38" what it rose from; all three go up. "From 94,000 to
175,000" is one amount with both ends, as annotators take it, and a change only where something says so: "grew
from …", or a first end above the second. "From 10 to 15 tonnes" stays a range.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from pipelines.text.amounts import Amount, is_nominal
from pipelines.text.figure_lexicon import FigureLexicon
from pipelines.text.numbers import Piece, is_hyphen, skip_hyphen, word_at

_FARTHEST = 14  # words between the word of change and the amount: "rose by a third, or $3.40, to …"
_STOPS = frozenset({";", ":", ".", "!", "?", "while", "whereas", "who", "that", "which"})
_STEPS = frozenset({"point", "place", "spot", "notch", "seat", "position", "cent", "penny", "degree"})
_MULTIPLES = frozenset({"share", "time", "fold"})
_BEFORE_PARTICLE = frozenset({"closed", "ended", "finished", "opened", "traded", "trading", "now", "still"})


@dataclass(frozen=True, slots=True)
class Change:
    """An amount's part in a change."""

    role: str  # "from", "to", "by", "from_to"
    direction: str  # "up", "down"
    word: int  # piece that tells of the change


def find_change(
    pieces: Sequence[Piece],
    amount: Amount,
    around: tuple[int, int],
    earlier: Sequence[Change],
    lexicon: FigureLexicon,
) -> Change | None:
    """Return the part that `amount` plays, if any.

    `around` tells where the amount before it ends and where it begins with its hedge; `earlier` are the
    changes of the sentence so far: after "climbed to 40", "from 30" is where it began.
    """
    before, first = around
    link = word_at(pieces, first - 1)
    if amount.link == "from":
        return _both_ends(pieces, amount, first - 1, lexicon)
    if amount.unit == "time" and _kind(pieces, amount.first, lexicon):  # "doubled"
        return _change("by", pieces, amount.first, lexicon)
    word = _word_before(pieces, first, lexicon)
    if link in ("to", "by", "from"):
        if word is None or amount.is_joined or word_at(pieces, first - 2) == "according":
            return None
        needs_more = link == "from" or (link == "to" and before == first - 1)  # not "leads 53 percent to 39"
        is_told = word == first - 2 or any(change.word == word for change in earlier)
        return _change(link, pieces, word, lexicon) if is_told or not needs_more else None
    if word is None or not _follows(pieces, word, first, lexicon):
        word = _noun_after(pieces, amount.end, lexicon)
    return _change("by", pieces, word, lexicon) if word is not None and _is_step(amount) else None


def _both_ends(pieces: Sequence[Piece], amount: Amount, link: int, lexicon: FigureLexicon) -> Change | None:
    word = _word_before(pieces, link, lexicon, is_neutral_too=True)
    if word is None and not amount.falls:
        return None
    return Change("from_to", "down" if amount.falls else "up", link if word is None else word)


def _change(role: str, pieces: Sequence[Piece], word: int, lexicon: FigureLexicon) -> Change | None:
    direction = lexicon.changes[word_at(pieces, word)].direction
    return Change(role, direction, word) if direction else None


def _kind(pieces: Sequence[Piece], i: int, lexicon: FigureLexicon) -> str:
    """Return the kind of a word of change, "" of any other."""
    found = lexicon.changes.get(word_at(pieces, i))
    return found.kind if found and pieces[i].kind == "word" else ""


def _word_before(
    pieces: Sequence[Piece], end: int, lexicon: FigureLexicon, *, is_neutral_too: bool = False
) -> int | None:
    """Return the nearest word of change left of `end` in its clause."""
    for i in range(end - 1, max(-1, end - 1 - _FARTHEST), -1):
        kind = _kind(pieces, i, lexicon)
        if kind == "particle" and not _tells(pieces, i, lexicon):
            continue
        if kind and (is_neutral_too or kind != "neutral"):
            return i
        if word_at(pieces, i) in _STOPS:
            return None
    return None


def _tells(pieces: Sequence[Piece], i: int, lexicon: FigureLexicon) -> bool:
    """Whether "up" or "down" tells of a change: "is up", ", down"; not "made up", "the lower half"."""
    before = word_at(pieces, i - 1)
    is_close = (
        before in _BEFORE_PARTICLE
        or before in ("and", "or", "but")
        or before.endswith("ly")
        or (i > 0 and pieces[i - 1].kind == "mark")
    )
    return lexicon.phrase_ends.get(before) == "auxiliary" or (is_close and not is_hyphen(pieces, i - 1))


def _is_step(amount: Amount) -> bool:
    """Whether something can change by this with no "by": 4%, $3, 12 points, threefold; not 300 people."""
    unit = (amount.unit or "").split(" ")[-1]
    return amount.figure_type in ("percent", "money", "rate") or unit in _STEPS or amount.unit in _MULTIPLES


def _follows(pieces: Sequence[Piece], word: int, first: int, lexicon: FigureLexicon) -> bool:
    """Whether the amount stands right behind the word: "rose 4%", "fell sharply, 3%", "a rise of 5%"."""
    kind = _kind(pieces, word, lexicon)
    between = [piece.text.lower() for piece in pieces[word + 1 : first]]
    if between == ["of"]:
        return True
    is_near = all(text.endswith("ly") or text in (",", "another", "a", "further") for text in between)
    return kind in ("verb", "both", "particle") and is_near


def _noun_after(pieces: Sequence[Piece], end: int, lexicon: FigureLexicon) -> int | None:
    """Return the noun of "a 3 percent drop", "a $5 pay rise", "a 12-point jump"."""
    start = skip_hyphen(pieces, end)
    for i in range(start, min(start + 3, len(pieces))):
        kind = _kind(pieces, i, lexicon)
        if kind in ("both", "noun", "object") and not word_at(pieces, i).endswith(("ed", "ing")):
            return i
        if not is_nominal(pieces, i, lexicon):
            return None
    return None
