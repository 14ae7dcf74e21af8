"""Say what a figure measures in words that can be compared.

"70,000 Russian troops surrounding Ukraine" and "Russia has massed 100,000 soldiers along the Ukrainian
border" both measure "russian troop near ukraine"; "a two-hour conversation" and "they spoke for an hour"
measure "talk". The phrase has modifiers, one head in the singular, and what it is near, in or of. A figure
that only points to what is known ("the two leaders", "one man") measures nothing that could be compared.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from pipelines.text.amounts import (
    Amount,
    is_nominal,
    noun_run,
    plural_head,
    singular_head,
    skip_determiners,
)
from pipelines.text.changes import Change
from pipelines.text.figure_lexicon import FigureLexicon
from pipelines.text.numbers import Piece, word_at
from pipelines.text.units import is_plural, phrase_at, singular

_NEAR, _IN = "near", "in"
_LINKS = frozenset({_NEAR, _IN, "of", "for", "from", "with", "against"})
SHARE = "share"
RISES = {"up": "rise", "down": "fall"}
_SMALL = 10  # "the two leaders" are known to the reader, "the 34 senators" perhaps not
_FARTHEST_OWNER = 40  # words from "Russia" to "troops"
_REACH = 10  # words from "troops" to "Ukraine" in "troops have been piling up on the border with Ukraine"


@dataclass(frozen=True, slots=True)
class Measure:
    """What a figure measures: "russian troop near ukraine"."""

    modifiers: tuple[str, ...]
    head: str
    link: str = ""  # "near", "in", "of", …
    place: str = ""  # what the link leads to

    def __str__(self) -> str:
        return " ".join(word for word in (*self.modifiers, self.head, self.link, self.place) if word)


def parse_measure(phrase: str) -> Measure:
    """Read the phrase that `str(measure)` wrote."""
    words = phrase.split(" ")
    end = next((i for i, word in enumerate(words) if i and word in _LINKS), len(words))
    *modifiers, head = words[:end]
    return Measure(tuple(modifiers), head, " ".join(words[end : end + 1]), " ".join(words[end + 1 :]))


def name_measure(
    pieces: Sequence[Piece],
    amount: Amount,
    first: int,
    measured: tuple[int, int] | None,
    *,
    change: Change | None,
    lexicon: FigureLexicon,
) -> str | None:
    """Return what `amount` measures as a comparable phrase; `first` is where it begins with its hedge."""
    if _is_known(pieces, amount, lexicon) or _is_time_apart(pieces, amount, lexicon):
        return None
    end = amount.end if measured is None else max(amount.end, measured[1])
    fate, end = _find_fate(pieces, amount, (first, end), measured, lexicon)
    found = Measure((), "person") if fate else None  # "12 dead"
    if measured is not None:
        found = _read_phrase(pieces, measured, lexicon)
    if found is None:
        return None
    found = _add_place(pieces, found, end, lexicon)
    if found.head in lexicon.owned_kinds:
        found = _add_owner(pieces, found, first, lexicon)
    if fate:
        head = "person" if found.head == fate else found.head  # "the death toll"
        modifiers = [word for word in found.modifiers if lexicon.kinds.get(word) != fate]
        found = replace(found, modifiers=(*modifiers, fate), head=head)
    if change and change.role == "by":
        what = _without_change(found, lexicon)
        return str(Measure((), RISES[change.direction], "in", what)) if what else None
    if amount.is_joined and amount.figure_type == "count":  # "18-hole course"
        return str(Measure((), amount.unit or "", "of", str(found)))
    is_share_of = amount.unit in ("percent", SHARE) and measured is not None and measured[0] >= amount.end
    return str(Measure((), SHARE, "of", str(found))) if is_share_of and not change else str(found)


def _without_change(found: Measure, lexicon: FigureLexicon) -> str:
    """Return "pay" for a "pay rise"."""
    if found.head in lexicon.changes and found.modifiers:
        return " ".join(found.modifiers)
    return found.place if found.head in lexicon.changes else str(found)


def _is_known(pieces: Sequence[Piece], amount: Amount, lexicon: FigureLexicon) -> bool:
    """Whether a small count only points back, or is a mere "one"."""
    if amount.figure_type != "count" or amount.low is None or amount.low > _SMALL or amount.is_joined:
        return False
    before = word_at(pieces, amount.first - 1)
    is_definite = lexicon.phrase_ends.get(before) == "determiner" and before not in ("another", "some", "any")
    return is_definite or word_at(pieces, amount.first) == "one" or before.endswith(("'s", "’s"))


def _is_time_apart(pieces: Sequence[Piece], amount: Amount, lexicon: FigureLexicon) -> bool:
    """Whether a time tells when, not how long: "two years ago", "a week before the vote"."""
    after = word_at(pieces, amount.end)
    return amount.figure_type == "duration" and (
        lexicon.fits("after_relative_time", after)
        or after in ("ago", "old", "away")
        or "old" in (amount.unit or "")
    )


# Reading the phrase


def _read_phrase(pieces: Sequence[Piece], place: tuple[int, int], lexicon: FigureLexicon) -> Measure | None:
    """Read "lot of mistakes" as "mistake", "Thursday’s call" as "talk"."""
    start, end = place
    inside = range(start + 1, end)
    link = next((i for i in inside if lexicon.phrase_ends.get(word_at(pieces, i)) == "preposition"), end)
    if link + 1 < end and lexicon.fits("partitive", word_at(pieces, link - 1)):
        return _read_phrase(pieces, (skip_determiners(pieces, link + 1, lexicon), end), lexicon)
    words = list(_words(pieces, start, link, lexicon))
    if not words:
        return None
    *modifiers, head = words
    head = lexicon.kinds.get(head, head)
    found = Measure(tuple(word for word in modifiers if word != head), head)
    rest = list(_words(pieces, link + 1, end, lexicon))[-2:]
    return (
        replace(found, link=_link(word_at(pieces, link), lexicon) or "of", place=" ".join(rest))
        if rest
        else found
    )


def _words(pieces: Sequence[Piece], start: int, end: int, lexicon: FigureLexicon) -> Iterator[str]:
    """Yield the words that tell things apart, singular: nations as adjectives; times and "new" left out."""
    i = start
    while i < end:
        nation = _nation_at(pieces, i, lexicon)
        if nation and nation[1] <= end:
            is_people = is_plural(pieces[i].text, lexicon.plurals) and nation[1] == i + 1
            i = nation[1]
            is_country = i >= end and not is_people
            yield nation[0].lower() if is_country else _adjective(nation[0], lexicon)
            continue
        word = singular(word_at(pieces, i), lexicon.plurals)
        is_time = word.endswith("day") or any(lexicon.fits(context, word) for context in ("month", "period"))
        is_weak = i + 1 < end and (lexicon.fits("weak_modifier", word) or word in lexicon.phrase_ends)
        if pieces[i].kind in ("word", "opaque") and not is_time and not is_weak:
            yield word
        i += 1


def _nation_at(pieces: Sequence[Piece], i: int, lexicon: FigureLexicon) -> tuple[str, int] | None:
    """Return the country that is named at `i`, and where its name ends: "Russia’s", "North Korean", "US"."""
    if not (0 <= i < len(pieces)) or not pieces[i].text[0].isupper():
        return None
    bare = re.split("['’]", pieces[i].text)[0]
    if bare.lower() in lexicon.nations and (len(bare) > 3 or bare.isupper()):
        return lexicon.nations[bare.lower()], i + 1
    return phrase_at(pieces, i, lexicon.nations) if len(bare) > 2 else None


def _adjective(nation: str, lexicon: FigureLexicon) -> str:
    return lexicon.adjectives.get(nation, nation.lower())


def _find_fate(
    pieces: Sequence[Piece],
    amount: Amount,
    around: tuple[int, int],
    measured: tuple[int, int] | None,
    lexicon: FigureLexicon,
) -> tuple[str, int]:
    """Return what became of those counted, or "", and where the phrase ends with it.

    "12 people were killed", "killed 12", "a death toll of 12"; `around` are the ends of the phrase so far.
    """
    first, end = around
    if amount.figure_type not in ("count", "other") or amount.unit in (SHARE, "time", "fold"):
        return "", end
    after = end
    while after < end + 3 and lexicon.phrase_ends.get(word_at(pieces, after)) in ("auxiliary", "adverb"):
        after += 1
    for i in (after, first - 1, *(range(*measured) if measured else ())):
        kind = lexicon.kinds.get(word_at(pieces, i), "")
        if kind in lexicon.fates:
            return kind, max(end, i + 1)
    return "", end


def _add_place(pieces: Sequence[Piece], found: Measure, end: int, lexicon: FigureLexicon) -> Measure:
    """Add what follows: "members of the committee", "troops massed along the Ukrainian border"."""
    if found.place:
        return found
    is_owned = found.head in lexicon.owned_kinds
    link, name = "", ""
    for i in range(end, min(end + _REACH, len(pieces))):
        word = word_at(pieces, i)
        is_over = lexicon.phrase_ends.get(word) in ("conjunction", "pronoun")
        if is_over or pieces[i].kind in ("mark", "number", "currency"):
            break
        now = _link(word, lexicon)
        if link and (nation := _nation_at(pieces, i, lexicon)):
            return Measure(found.modifiers, found.head, link, nation[0].lower())
        if now == _NEAR and not is_owned and not pieces[min(i + 1, len(pieces) - 1)].text[0].isupper():
            break  # "talks on the crisis" are not near it
        if now and not link:
            link, name = now, _name_after(pieces, i + 1, lexicon)
        if not is_owned:
            break
    return Measure(found.modifiers, found.head, link, name) if link and name else found


def _link(word: str, lexicon: FigureLexicon) -> str:
    if lexicon.fits("near_place", word):
        return _NEAR
    if lexicon.fits("in_place", word):
        return _IN
    return word if lexicon.fits("after_measure", word) else ""


def _name_after(pieces: Sequence[Piece], i: int, lexicon: FigureLexicon) -> str:
    """Return the noun phrase at `i`, a name whole, else its noun; "" of "from 5.2 percent"."""
    if i < len(pieces) and (pieces[i].kind != "word" or word_at(pieces, i) in lexicon.numbers):
        return ""
    i = skip_determiners(pieces, i, lexicon)
    if nation := _nation_at(pieces, i, lexicon):
        return nation[0].lower()
    if not is_nominal(pieces, i, lexicon):
        return ""
    run = noun_run(pieces, i, lexicon)
    if pieces[i].text[0].isupper():
        end = next((j for j in run if not pieces[j].text[0].isupper()), run.stop)
        return " ".join(_words(pieces, i, end, lexicon))
    head = plural_head(pieces, run, lexicon)
    head = singular_head(pieces, run) if head is None else head
    return "" if head is None else " ".join(list(_words(pieces, i, head + 1, lexicon))[-1:])


def _add_owner(pieces: Sequence[Piece], found: Measure, first: int, lexicon: FigureLexicon) -> Measure:
    """Add whose troops they are, if that stands only as the subject: "Russia has massed 100,000 troops"."""
    if set(found.modifiers) & set(lexicon.adjectives.values()):
        return found
    for i in range(first - 1, max(-1, first - 1 - _FARTHEST_OWNER), -1):
        nation = _nation_at(pieces, i, lexicon)
        before = word_at(pieces, i - 1 - (word_at(pieces, i - 1) in ("the", "its")))
        if nation and (before in ("by", "of") or not _link(before, lexicon)):
            return replace(found, modifiers=(_adjective(nation[0], lexicon), *found.modifiers))
    return found
