"""Score attributions, syntax and names against gold.

An attribution is right when half of the gold content's words and half of its own are shared, and the sources
share a telling word at the same place, or both have none. Words are runs of letters and digits.
"""

import random
import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from pipelines.training.corpora import Relation

Span = tuple[int, int]
WORD = re.compile(r"\w+(?:[-'’.]\w+)*")
DOUBLE_MARK = re.compile(r"[\"“”„«»]|``|''")
NUMBER = re.compile(r"\d[\d,.]*")
NOT_TELLING = frozenset(
    [
        "the",
        "a",
        "an",
        "of",
        "and",
        "in",
        "on",
        "at",
        "for",
        "to",
        "by",
        "his",
        "her",
        "its",
        "their",
        "our",
        "my",
        "your",
        "this",
        "that",
        "mr",
        "mrs",
        "ms",
        "dr",
    ]
)
FORMS = ("all", "direct", "indirect")


@dataclass(frozen=True, slots=True)
class _Scored:
    content: set[Span]
    source: set[Span]
    has_source: bool
    is_direct: bool

    def agrees(self, other: "_Scored") -> bool:
        return bool(self.source & other.source) or not (self.has_source or other.has_source)


def score_article(
    text: str, gold: Sequence[Relation], predicted: Sequence[Relation]
) -> tuple[Counter[str], list[bool]]:
    """Return the counts of one article, and of each prediction whether it is right."""
    words = [match.span() for match in WORD.finditer(text)]
    count: Counter[str] = Counter()
    golds = [_measure(text, words, relation) for relation in gold]
    guesses = [_measure(text, words, relation) for relation in predicted]
    for role in ("content", "source", "cue"):
        gold_words = touch(words, [span for relation in gold for span in getattr(relation, role)])
        guessed_words = touch(words, [span for relation in predicted for span in getattr(relation, role)])
        _add(count, role, len(gold_words & guessed_words), len(guessed_words), len(gold_words))
    is_right = [False] * len(guesses)
    for i, j in match_contents(golds, guesses):
        is_right[j] = golds[i].agrees(guesses[j])
        for form in FORMS:
            count[f"{form} right gold"] += is_right[j] and _has_form(golds[i], form)
            count[f"{form} right guesses"] += is_right[j] and _has_form(guesses[j], form)
    for form in FORMS:
        count[f"{form} gold"] += sum(_has_form(item, form) for item in golds if item.content)
        count[f"{form} guesses"] += sum(_has_form(item, form) for item in guesses if item.content)
    for number in NUMBER.finditer(text):
        here = touch(words, [number.span()])
        holders = [item for item in golds if item.has_source and here & item.content]
        guessed = [item for item in guesses if item.has_source and here & item.content]
        right = any(a.agrees(b) for a in holders for b in guessed)
        _add(count, "figure", int(right), int(bool(guessed)), int(bool(holders)))
    return count, is_right


def summarize(count: Counter[str]) -> dict[str, float]:
    """Return the F1 scores of counts."""
    scores = {
        role: f1(count[f"{role} right"], count[f"{role} guesses"], count[f"{role} gold"])
        for role in ("content", "source", "cue", "figure")
    }
    for form in FORMS:
        precision = count[f"{form} right guesses"] / max(1, count[f"{form} guesses"])
        recall = count[f"{form} right gold"] / max(1, count[f"{form} gold"])
        scores[f"relation {form}"] = (
            2 * precision * recall / (precision + recall) if precision + recall else 0.0
        )
        if form == "all":
            scores |= {"precision": precision, "recall": recall}
    return scores


def find_interval(
    counts: Sequence[Counter[str]], measure: Callable[[Counter[str]], float], draws: int = 1000
) -> tuple[float, float]:
    """Return the 95% interval of a measure by bootstrap over articles."""
    chance = random.Random(0)
    values = []
    for _ in range(draws):
        total: Counter[str] = Counter()
        for one in chance.choices(counts, k=len(counts)):
            total.update(one)
        values.append(measure(total))
    values.sort()
    return values[int(0.025 * draws)], values[int(0.975 * draws)]


def f1(right: float, guesses: float, gold: float) -> float:
    """Return the harmonic mean of precision and recall."""
    return 2 * right / (guesses + gold) if guesses + gold else 0.0


def touch(words: Sequence[Span], spans: Iterable[Span]) -> set[Span]:
    """Return the words that touch one of the spans."""
    found: set[Span] = set()
    for start, end in spans:
        low, high = 0, len(words)
        while low < high:
            middle = (low + high) // 2
            low, high = (middle + 1, high) if words[middle][1] <= start else (low, middle)
        while low < len(words) and words[low][0] < end:
            found.add(words[low])
            low += 1
    return found


def match_contents(golds: Sequence[_Scored], guesses: Sequence[_Scored]) -> list[tuple[int, int]]:
    """Return one-to-one pairs that share half of the content both ways, the largest overlaps first."""
    pairs = []
    for i, gold in enumerate(golds):
        for j, guess in enumerate(guesses):
            shared = len(gold.content & guess.content)
            if shared and 2 * shared >= max(len(gold.content), len(guess.content)):
                union = len(gold.content | guess.content)
                pairs.append((shared / union, gold.agrees(guess), -i, -j))
    taken_gold: set[int] = set()
    taken_guesses: set[int] = set()
    matched = []
    for *_, i, j in sorted(pairs, reverse=True):
        if -i not in taken_gold and -j not in taken_guesses:
            taken_gold.add(-i)
            taken_guesses.add(-j)
            matched.append((-i, -j))
    return matched


def _measure(text: str, words: Sequence[Span], relation: Relation) -> _Scored:
    source = touch(words, relation.source)
    telling = {span for span in source if text[slice(*span)].lower() not in NOT_TELLING} or source
    body = " ".join(text[max(0, start - 2) : end + 2] for start, end in relation.content)
    return _Scored(
        touch(words, relation.content), telling, bool(relation.source), bool(DOUBLE_MARK.search(body))
    )


def _has_form(item: _Scored, form: str) -> bool:
    return form == "all" or item.is_direct == (form == "direct")


def _add(count: Counter[str], name: str, right: int, guesses: int, gold: int) -> None:
    count[f"{name} right"] += right
    count[f"{name} guesses"] += guesses
    count[f"{name} gold"] += gold
