"""Find figures in news text: a number, its unit, what it measures, and how exact the writer was.

"about 3.2 million tonnes of grain" is one figure: value 3 200 000, unit "tonne", approximator "about",
measured "grain". "up to 100,000 Russian troops" has no lower end and the upper end 100 000; "10 to 15 tonnes"
has both. All offsets are character offsets into the text given, end exclusive.

The rules look at words and marks alone, sentence by sentence; no tagger or parser is needed. Dates, years,
times of day, scores, list and phone numbers, and numbers in names ("Article 5") are no figures.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipelines.text.amounts import (
    Amount,
    is_nominal,
    join_ranges,
    noun_run,
    plural_head,
    read_amounts,
    singular_head,
    skip_determiners,
)
from pipelines.text.changes import Change, find_change
from pipelines.text.figure_lexicon import FigureLexicon
from pipelines.text.measures import name_measure
from pipelines.text.not_figures import is_idle, is_named, is_year
from pipelines.text.numbers import Piece, is_hyphen, split_pieces, word_at
from pipelines.text.sentences import Sentence
from pipelines.text.units import phrase_at, phrase_before

_LONGEST_WAY = 8  # words between an amount and its subject, and in the subject


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure: `start:end` holds the number with its unit word, `measured` what is counted or measured."""

    start: int
    end: int
    value_low: float | None  # None on the open side: "up to 100"
    value_high: float | None
    approximator: str | None
    bound: str | None  # what the approximator says: "about", "nearly", "exact", "at_least", "at_most"
    unit: str | None
    figure_type: str
    measured: tuple[int, int] | None
    measured_as: str | None  # the same as a comparable phrase: "russian troop near ukraine"
    change_role: str | None  # "from", "to", "by", "from_to" in a change
    direction: str | None  # "up", "down"
    confidence: float


def find_figures(text: str, sentences: Sequence[Sentence], lexicon: FigureLexicon) -> list[Figure]:
    """Return the figures of `sentences`, in order; they do not overlap."""
    return [
        figure
        for sentence in sentences
        for figure in _find_in_sentence(
            split_pieces(text, sentence.start, sentence.end, lexicon.pieces), lexicon
        )
    ]


@dataclass(frozen=True, slots=True)
class _Hedge:
    """What tells how exact an amount is: "up to", "or more"."""

    bound: str  # "about", "nearly", "exact", "at_least", "at_most"
    words: str  # as printed, in lower case
    first: int  # piece at which the hedged amount begins


def _find_in_sentence(pieces: Sequence[Piece], lexicon: FigureLexicon) -> Iterator[Figure]:
    # Years go first: "from 5,000 in 2010 to 7,000" is one range. Names do not: "Leeds 3-2" is one score.
    amounts = [amount for amount in read_amounts(pieces, lexicon) if not is_year(pieces, amount, lexicon)]
    changes: list[Change] = []
    before, changed = 0, None  # where the amount before ends; what it was that changed
    for amount in join_ranges(pieces, amounts, lexicon):
        hedge = _find_hedge(pieces, amount, lexicon)
        if is_named(pieces, amount, lexicon) or is_idle(pieces, amount, hedge is not None, lexicon):
            continue
        low, high = _open(amount, hedge)
        first = hedge.first if hedge else amount.first
        change = find_change(pieces, amount, (before, first), changes, lexicon)
        measured = _find_measured(pieces, amount, (before, first), change, lexicon)
        if change:
            goes_on = not changes or change.word == changes[-1].word or change.word >= before
            measured = measured or (changed if goes_on else None) or amount.counted
            changes.append(change)
        changed = measured or changed
        before = amount.end
        yield Figure(
            start=pieces[amount.first].start,
            end=pieces[amount.end - 1].end,
            value_low=low,
            value_high=high,
            approximator=hedge.words if hedge else None,
            bound=hedge.bound if hedge else None,
            unit=amount.unit,
            figure_type=amount.figure_type,
            measured=(pieces[measured[0]].start, pieces[measured[1] - 1].end) if measured else None,
            measured_as=name_measure(pieces, amount, first, measured, change=change, lexicon=lexicon),
            change_role=change.role if change else None,
            direction=change.direction if change else None,
            confidence=_confidence(amount),
        )


def _find_measured(
    pieces: Sequence[Piece],
    amount: Amount,
    around: tuple[int, int],
    change: Change | None,
    lexicon: FigureLexicon,
) -> tuple[int, int] | None:
    """Return what an amount measures; `around` tells where the one before ends and where this one begins."""
    subject = _subject(pieces, amount, *around, lexicon)
    if change and change.role == "by" and amount.figure_type == "count":
        return subject  # "its share slipped 3 points"
    return (
        amount.counted
        or _measured(pieces, amount, lexicon)
        or _done_meanwhile(pieces, amount, *around, lexicon)
        or subject
    )


def _find_hedge(pieces: Sequence[Piece], amount: Amount, lexicon: FigureLexicon) -> _Hedge | None:
    before = phrase_before(pieces, amount.first, lexicon.hedges_before)
    after = None if before else phrase_at(pieces, amount.end, lexicon.hedges_after)
    if before:
        bound, first = before
        hedge = _Hedge(bound, _in_lower_case(pieces[first : amount.first]), first)
    elif after:
        hedge = _Hedge(after[0], _in_lower_case(pieces[amount.end : after[1]]), amount.first)
    else:
        return None
    is_span = hedge.words == "over" and amount.figure_type == "duration"
    if is_span and not lexicon.fits("before_over_duration", word_at(pieces, hedge.first - 1)):
        return None  # "repeal it over five years" says when, "for over five years" how long
    return hedge


def _in_lower_case(pieces: Sequence[Piece]) -> str:
    return " ".join(piece.text.lower() for piece in pieces if piece.text[0] not in "-–")


def _open(amount: Amount, hedge: _Hedge | None) -> tuple[float | None, float | None]:
    """Return the ends of the amount, one of them open where the hedge says so; a range keeps both."""
    is_exact = amount.low == amount.high
    is_floor = is_exact and hedge is not None and hedge.bound == "at_least"
    is_ceiling = is_exact and hedge is not None and hedge.bound == "at_most"
    return None if is_ceiling else amount.low, None if is_floor else amount.high


def _measured(pieces: Sequence[Piece], amount: Amount, lexicon: FigureLexicon) -> tuple[int, int] | None:
    """Return what an amount with a unit measures, if that stands right of it, as piece indices.

    "5% pay rise", "50-minute phone call", "two hours of talks", "1% of their earnings".
    """
    i = amount.end
    link = word_at(pieces, i)
    if link == "of" or (link == "in" and amount.figure_type in ("money", "percent")):
        i = skip_determiners(pieces, i + 1, lexicon)
    elif is_hyphen(pieces, i):
        i += 1
    if not is_nominal(pieces, i, lexicon) or lexicon.fits("month", word_at(pieces, i)):
        return None
    run = noun_run(pieces, i, lexicon)
    head = plural_head(pieces, run, lexicon)
    head = singular_head(pieces, run) if head is None else head
    if head is None or (link != "of" and word_at(pieces, head) in lexicon.contexts["period"]):
        return None  # "5.2% year on year"
    return i, head + 1


def _done_meanwhile(
    pieces: Sequence[Piece], amount: Amount, before: int, first: int, lexicon: FigureLexicon
) -> tuple[int, int] | None:
    """Return what was done for a time: "spoke" of "spoke candidly for nearly an hour", "served in Kabul"."""
    if amount.figure_type != "duration" or word_at(pieces, first - 1) not in ("for", "over"):
        return None
    for i in range(first - 2, max(before, first - _LONGEST_WAY) - 1, -1):
        word = word_at(pieces, i)
        if _skipped_class(pieces, i, lexicon) == "verb" or word.endswith("ing"):
            return i, i + 1
        if pieces[i].kind != "word" or lexicon.phrase_ends.get(word) in (
            "conjunction",
            "pronoun",
            "auxiliary",
        ):
            return None
    return None


def _subject(
    pieces: Sequence[Piece], amount: Amount, before: int, first: int, lexicon: FigureLexicon
) -> tuple[int, int] | None:
    """Return the noun phrase nearest to the left of `first` in the clause, beyond verb and prepositions.

    "a fine of $5", "Exports to China dropped 7%", "the call, which lasted 50 minutes". A duration has one
    only beyond a verb, not "in a speech two years ago".
    """
    end, word_classes = first, set()
    while end > max(before, first - _LONGEST_WAY):
        word_class = _skipped_class(pieces, end - 1, lexicon)
        is_relative = word_at(pieces, end - 1) == "," and word_at(pieces, end) == "which"
        if not is_relative and word_class in (None, "conjunction", "pronoun"):
            break
        word_classes.add(word_class)
        end -= 1
    start = _start_of_nouns(pieces, end, before, lexicon)
    is_verbless = amount.figure_type == "duration" and "verb" not in word_classes
    is_unit = start > 0 and pieces[start - 1].kind in ("number", "currency")  # of an amount further left
    if start == end or is_verbless or is_unit or lexicon.fits("month", word_at(pieces, start)):
        return None
    if "verb" in word_classes and lexicon.fits("inside_subject", word_at(pieces, start - 1)):
        start = min(_start_of_nouns(pieces, start - 1, before, lexicon), start)
    return start, end


def _start_of_nouns(pieces: Sequence[Piece], end: int, before: int, lexicon: FigureLexicon) -> int:
    """Return where the noun phrase begins that ends before `end`, but not left of `before`; else `end`."""
    start = end
    while (
        start > max(before, end - _LONGEST_WAY)
        and is_nominal(pieces, start - 1, lexicon)
        and _skipped_class(pieces, start - 1, lexicon) is None
        and not (
            start < end and lexicon.takes_object(word_at(pieces, start - 1))
        )  # "the bank cut | rates by"
    ):
        start -= 1
    return end if is_hyphen(pieces, start) else start


def _skipped_class(pieces: Sequence[Piece], i: int, lexicon: FigureLexicon) -> str | None:
    """Return the word class of a word that may stand between a subject and its amount, if it is one."""
    word = word_at(pieces, i)
    is_common = bool(word) and pieces[i].text.islower()  # not "United", "Early"
    if is_common and word.endswith("ed") and len(word) > 3:
        return "verb"
    if (
        is_common
        and word_at(pieces, i - 1) == "to"
        and not word.endswith("s")
        and word not in lexicon.phrase_ends
    ):
        return "verb"  # "to end at 24,300"
    if is_common and word.endswith("ly"):
        return "adverb"
    return lexicon.phrase_ends.get(word)


def _confidence(amount: Amount) -> float:
    """Return how often such an amount was right: on NewsQuant, and on PolNeAR articles read by eye."""
    if amount.unit is None or amount.figure_type == "ordinal":
        return 0.75
    if amount.figure_type == "count":
        return 0.7 if amount.low == amount.high == 1 else 0.95
    return 0.85 if amount.figure_type == "duration" else 0.97
