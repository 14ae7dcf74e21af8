"""Find figures in news text: a number, its unit, what it measures, and how exact the writer was.

"about 3.2 million tonnes of grain" is one figure: value 3 200 000, unit "tonne", approximator "about",
measured "grain". "up to 100,000 Russian troops" has no lower end and the upper end 100 000; "10 to 15 tonnes"
has both. All offsets are character offsets into the text given, end exclusive.

The rules look at words and marks alone, sentence by sentence; no tagger or parser is needed. Dates, years,
times of day, scores, list and phone numbers, and numbers in names ("Article 5") are no figures.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

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
from pipelines.text.figure_lexicon import FigureLexicon
from pipelines.text.not_figures import is_idle, is_named
from pipelines.text.numbers import Piece, is_hyphen, split_pieces, word_at
from pipelines.text.sentences import Sentence
from pipelines.text.units import phrase_at, phrase_before

_LONGEST_WAY = 8  # words between an amount and its subject, and in the subject
_BEFORE_EXCESS = frozenset(
    {"for", "in", "of", "after", "is", "was", "were", "lasted", "took", "spent", "at", "with", "just", "now"}
)
_MONTHS = frozenset(
    {
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    }
)


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure: `start:end` holds the number with its unit word, `measured` what is counted or measured."""

    start: int
    end: int
    value_low: float | None  # None on the open side: "up to 100"
    value_high: float | None
    approximator: str | None
    unit: str | None
    figure_type: str
    measured: tuple[int, int] | None
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


def _find_in_sentence(pieces: Sequence[Piece], lexicon: FigureLexicon) -> Iterator[Figure]:
    amounts = [amount for amount in read_amounts(pieces, lexicon) if not is_named(pieces, amount, lexicon)]
    for amount in join_ranges(pieces, amounts, lexicon):
        bounded, hedge = _hedge(pieces, amount, lexicon)
        if is_idle(pieces, bounded, hedge, lexicon):
            continue
        measured = amount.counted or _measured(pieces, amount, lexicon)
        yield Figure(
            start=pieces[amount.first].start,
            end=pieces[amount.end - 1].end,
            value_low=bounded.low,
            value_high=bounded.high,
            approximator=hedge,
            unit=amount.unit,
            figure_type=amount.figure_type,
            measured=(pieces[measured[0]].start, pieces[measured[1] - 1].end) if measured else None,
            confidence=_confidence(amount),
        )


def _hedge(pieces: Sequence[Piece], amount: Amount, lexicon: FigureLexicon) -> tuple[Amount, str | None]:
    """Open the amount on the side that its hedge leaves open; return the hedge as printed, in lower case."""
    if before := phrase_before(pieces, amount.first, lexicon.hedges_before):
        bound, hedge = before[0], pieces[before[1] : amount.first]
    elif after := phrase_at(pieces, amount.end, lexicon.hedges_after):
        bound, hedge = after[0], pieces[amount.end : after[1]]
    else:
        return amount, None
    words = " ".join(piece.text.lower() for piece in hedge)
    is_duration = amount.figure_type == "duration"
    if words == "over" and is_duration and word_at(pieces, amount.first - 2) not in _BEFORE_EXCESS:
        return amount, None  # "repeal it over five years" says when, "for over five years" how long
    if bound == "at_least" and amount.low == amount.high:
        return replace(amount, high=None), words
    if bound == "at_most" and amount.low == amount.high:
        return replace(amount, low=None), words
    return amount, words


def _measured(pieces: Sequence[Piece], amount: Amount, lexicon: FigureLexicon) -> tuple[int, int] | None:
    """Return what an amount with a unit measures, as piece indices.

    To the right: "5% pay rise", "two hours of talks", "1% of their earnings"; else to the left: "a fine of
    $5", "Exports to China dropped 7%", "the call lasted 50 minutes".
    """
    i = amount.end
    if word_at(pieces, i) == "of" or (
        word_at(pieces, i) == "in" and amount.figure_type in ("money", "percent")
    ):
        i = skip_determiners(pieces, i + 1, lexicon)
    elif is_hyphen(pieces, i):
        i += 1
    run = noun_run(pieces, i, lexicon) if is_nominal(pieces, i, lexicon) else range(0)
    head = plural_head(pieces, run, lexicon)
    head = singular_head(pieces, run) if head is None else head
    if head is not None and word_at(pieces, run.start) not in _MONTHS:
        return run.start, head + 1
    return _subject(pieces, amount, lexicon)


def _subject(pieces: Sequence[Piece], amount: Amount, lexicon: FigureLexicon) -> tuple[int, int] | None:
    """Return the noun phrase that stands nearest to the left in the clause, beyond verb and prepositions.

    A duration has one only beyond a verb: "the call lasted 50 minutes", not "in a speech two years ago".
    """
    end, word_classes = amount.first, set()
    while end > max(0, amount.first - _LONGEST_WAY):
        word_class = _skipped_class(pieces, end - 1, lexicon)
        if word_class is None or word_class == "conjunction":
            break
        word_classes.add(word_class)
        end -= 1
    start = end
    while start > max(0, end - _LONGEST_WAY) and is_nominal(pieces, start - 1, lexicon):
        start -= 1
    is_verbless = amount.figure_type == "duration" and "verb" not in word_classes
    return None if start == end or is_verbless or is_hyphen(pieces, start) else (start, end)


def _skipped_class(pieces: Sequence[Piece], i: int, lexicon: FigureLexicon) -> str | None:
    """Return the word class of a word that may stand between a subject and its amount, if it is one."""
    word = word_at(pieces, i)
    if word.endswith("ed") and len(word) > 3:
        return "verb"
    if word.endswith("ly"):
        return "adverb"
    return lexicon.phrase_ends.get(word)


def _confidence(amount: Amount) -> float:
    if amount.unit is None:
        return 0.5
    if amount.figure_type == "count":
        return 0.7 if amount.low == amount.high == 1 else 0.9
    return 0.95
