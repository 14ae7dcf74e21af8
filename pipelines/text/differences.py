"""Tell how two renderings of one statement differ, word by word, and whether they contradict each other.

"our descendants will later describe as a colossal mistake" and "our ancestors would consider a big mistake"
differ in "our [descendants → ancestors] …", and cannot both be right: "descendants / ancestors". Opposites,
a negation and numbers count, each only where all around it is the same; "de-escalate" and "reduce tensions"
are a difference and no contradiction. Forms of one word are the same word.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter, itemgetter

from pipelines.text.stems import Rows, Word, WordLexicon, build_word_lexicon, find_content_stems, find_stem

MOST_WORDS = 200  # that are compared; what stands after them is one difference
MOST_PRINTED = 12  # words of one side of a difference
FEW_COMMON = 2  # words between two differences that are printed; more are "…"
NEAR = 2  # words after a negation, of which one is what it negates
NEGATIONS = frozenset(
    ("not", "never", "no", "cannot", "neither", "nor", "none", "nobody", "nothing", "without")
)
NO_NEGATION_BEFORE = frozenset(("only", "just", "mere", "doubt", "matter", "long"))  # "not only"; stems
NOTHING = "–"


@dataclass(frozen=True, slots=True)
class Step:
    """A stretch that two texts share, or in which they differ: the words of each."""

    words: tuple[Word, ...]
    other_words: tuple[Word, ...]
    is_same: bool

    def flip(self) -> "Step":
        """Return the step from the other text to this one."""
        return Step(self.other_words, self.words, self.is_same)


NO_STEP = Step((), (), True)


@dataclass(frozen=True, slots=True)
class DifferenceLexicon:
    """What words mean to each other, by their stems."""

    words: WordLexicon
    opposites: Mapping[str, frozenset[str]]
    numbers: Mapping[str, float]
    hedges: tuple[str, ...]  # " more than": phrases before a number


def build_difference_lexicon(read_list: Callable[[str], Rows]) -> DifferenceLexicon:
    """Build the lexicon from the word lists."""
    words = build_word_lexicon(read_list)

    def stem(word: str) -> str:
        return find_stem(word, words.irregular)

    opposites: dict[str, set[str]] = {}
    for row in read_list("antonyms"):
        one, other = stem(row["word"]), stem(row["opposite"])
        opposites.setdefault(one, set()).add(other)
        opposites.setdefault(other, set()).add(one)
    numbers = {
        stem(row["word"]): float(row["low"])
        for row in read_list("number_words")
        if row["role"] in ("cardinal", "scale")
    }
    hedges = tuple(f" {row['phrase']}" for row in read_list("approximators") if row["position"] == "before")
    return DifferenceLexicon(
        words, {word: frozenset(its) for word, its in opposites.items()}, numbers, hedges
    )


def align(words: Sequence[Word], others: Sequence[Word]) -> list[Step]:
    """Return the steps from one text to another; put together they are all words of both."""
    if [word.stem for word in others] < [word.stem for word in words]:  # the same steps both ways
        return [step.flip() for step in align(others, words)]
    steps: list[Step] = []
    at = other_at = 0
    pairs = find_common(
        [word.stem for word in words[:MOST_WORDS]], [word.stem for word in others[:MOST_WORDS]]
    )
    for start, other_start in [*pairs, (len(words), len(others))]:
        if at < start or other_at < other_start:
            steps.append(Step(tuple(words[at:start]), tuple(others[other_at:other_start]), False))
        if start < len(words):
            steps.append(Step((words[start],), (others[other_start],), True))
        at, other_at = start + 1, other_start + 1
    return [_join(its) for _, its in groupby(steps, attrgetter("is_same"))]


def find_common(stems: Sequence[str], others: Sequence[str]) -> list[tuple[int, int]]:
    """Return the places of the longest row of stems that stands in both, in order."""
    longest = [[0] * (len(others) + 1) for _ in range(len(stems) + 1)]  # from each two places on
    for i in reversed(range(len(stems))):
        below, row = longest[i + 1], longest[i]
        for j in reversed(range(len(others))):
            row[j] = below[j + 1] + 1 if stems[i] == others[j] else max(below[j], row[j + 1])
    common = []
    i = j = 0
    while i < len(stems) and j < len(others):
        if stems[i] == others[j]:
            common.append((i, j))
            i, j = i + 1, j + 1
        elif longest[i + 1][j] >= longest[i][j + 1]:
            i += 1
        else:
            j += 1
    return common


def _join(steps: Iterable[Step]) -> Step:
    steps = list(steps)
    words = (word for step in steps for word in step.words)
    return Step(tuple(words), tuple(word for step in steps for word in step.other_words), steps[0].is_same)


def describe_difference(steps: Sequence[Step], lexicon: DifferenceLexicon) -> str:
    """Return what differs, with a word around it; nothing where only small words do."""
    differs = [not step.is_same and _says_something(step, lexicon) for step in steps]
    stretches = [
        (is_change, _join(step for _, step in its))
        for is_change, its in groupby(zip(differs, steps, strict=True), itemgetter(0))
    ]
    if not any(differs):
        return ""
    parts: list[str] = []
    for i, (is_change, step) in enumerate(stretches):
        if is_change:
            parts.append(f"[{_print(step.words)} → {_print(step.other_words)}]")
        else:
            parts += _print_common(step.words, after=i > 0, before=i + 1 < len(stretches))
    return " ".join(parts)


def find_contradiction(steps: Sequence[Step], lexicon: DifferenceLexicon) -> str | None:
    """Return why two renderings cannot both be right: "descendants / ancestors"; None where they can."""
    excess = sum(_count_negations(step.words) - _count_negations(step.other_words) for step in steps)
    finders = {0: (_find_opposites, _find_numbers), 1: (_find_negation,)}.get(abs(excess), ())
    for i, step in enumerate(steps):
        for find in finders if not step.is_same else ():
            if found := find(steps, i, lexicon):
                return found
    return None


def _find_opposites(steps: Sequence[Step], i: int, lexicon: DifferenceLexicon) -> str | None:
    """Return the opposites with which two texts go on after the same words, if neither has both."""
    first, other = (_find_first(words, lexicon) for words in (steps[i].words, steps[i].other_words))
    if first is None or other is None or other.stem not in lexicon.opposites.get(first.stem, ()):
        return None
    if any(word.stem == other.stem for step in steps for word in step.words):
        return None
    if any(word.stem == first.stem for step in steps for word in step.other_words):
        return None
    return f"{first.printed} / {other.printed}"


def _find_numbers(steps: Sequence[Step], i: int, lexicon: DifferenceLexicon) -> str | None:
    """Return two numbers of one thing that are not the same, if neither is hedged."""
    here, there = steps[i].words, steps[i].other_words
    values = [_read_value(words, lexicon) for words in (here, there)]
    before = steps[i - 1] if i else NO_STEP
    if None in values or values[0] == values[1] or i + 1 == len(steps):
        return None
    if any(_print_lower(side).endswith(lexicon.hedges) for side in (before.words, before.other_words)):
        return None
    thing = _find_first(steps[i + 1].words, lexicon)
    return f"{_print(here)} / {_print(there)} {thing.printed}" if thing else None


def _find_negation(steps: Sequence[Step], i: int, lexicon: DifferenceLexicon) -> str | None:
    """Return the negation that one text has and the other lacks, if all else is the same there."""
    here, there = steps[i].words, steps[i].other_words
    if _count_negations(here) == _count_negations(there):
        return None
    if _content(here, lexicon) or _content(there, lexicon):
        return None
    follows = steps[i + 1] if i + 1 < len(steps) else None
    if follows is None or follows.words[0].stem in NO_NEGATION_BEFORE:
        return None
    if _find_first(follows.words[:NEAR], lexicon) is None:
        return None
    negation = next(word for word in (*here, *there) if _is_negation(word))
    word, other = follows.words[0], follows.other_words[0]
    if negation in here:
        return f"{negation.printed} {word.printed} / {other.printed}"
    return f"{word.printed} / {negation.printed} {other.printed}"


def _find_first(words: Sequence[Word], lexicon: DifferenceLexicon) -> Word | None:
    """Return the first word that says something."""
    return next((word for word in words if word.stem not in lexicon.words.function_stems), None)


def _content(words: Iterable[Word], lexicon: DifferenceLexicon) -> frozenset[str]:
    return find_content_stems((word for word in words if not _is_negation(word)), lexicon.words)


def _is_negation(word: Word) -> bool:
    return word.printed.lower() in NEGATIONS or word.stem.endswith("n't")


def _count_negations(words: Sequence[Word]) -> int:
    return sum(_is_negation(word) for word in words)


def _read_value(words: Sequence[Word], lexicon: DifferenceLexicon) -> float | None:
    """Return what a run of number words is worth: "twenty five", "2.5 million"; None if it is none."""
    value: float | None = None
    for word in words:
        part = _read_part(word.stem, lexicon)
        if part is None:
            return None
        value = value * part if value and part >= 100 else (value or 0) + part
    return value


def _read_part(stem: str, lexicon: DifferenceLexicon) -> float | None:
    if stem[:1].isdigit():
        return float(stem) if stem.count(".") <= 1 and stem.isascii() else None
    return lexicon.numbers.get(stem)


def _says_something(step: Step, lexicon: DifferenceLexicon) -> bool:
    words = (*step.words, *step.other_words)
    return bool(find_content_stems(words, lexicon.words)) or any(map(_is_negation, words))


def _print(words: Sequence[Word]) -> str:
    printed = [word.printed for word in words[:MOST_PRINTED]] + ["…"] * (len(words) > MOST_PRINTED)
    return " ".join(printed) or NOTHING


def _print_lower(words: Sequence[Word]) -> str:
    return "".join(f" {word.printed.lower()}" for word in words)


def _print_common(words: Sequence[Word], *, after: bool, before: bool) -> list[str]:
    """Return common words after a difference and before one: all if they are few, else the nearest."""
    printed = [word.printed for word in words]
    if after and before:
        return printed if len(printed) <= FEW_COMMON else [printed[0], "…", printed[-1]]
    return printed[:1] if after else printed[-1:]
