"""Split the running text of an article into lines: sentences in which a quotation counts as one word.

“Close,” Marin said. “Very close. Next week.” gives two lines: [“Close,”] Marin said . and [“Very close. …”].
A quotation that is part of its sentence's grammar, like a “scare quote”, keeps its words.
"""

from bisect import bisect_left
from collections.abc import Collection, Mapping, Sequence, Set
from dataclasses import dataclass

from spacy.tokens import Doc

from pipelines.text.phrases import COMMA, QUOTATION, STOP, Line, kind_of
from pipelines.text.quotations import Quotation

SPEECH_OPENERS = frozenset(",:—–-.?!;()…\"”’'")
"""Characters after which a quotation is speech of its own, not part of its sentence's grammar."""
SHORTEST_SPEECH = 3  # words; a shorter quotation inside a sentence is a phrase
LONGEST_LINE = 400  # words; no sentence is longer, and the time to read a line grows with its square
FARTHEST_CUE = 5  # words after “Is it?” among which a cue may go on with the line
STOPS = frozenset(".!?…")


@dataclass(frozen=True, slots=True)
class Words:
    """The words of an article in parallel lists."""

    lower: list[str]
    kinds: list[str]
    starts: list[int]
    ends: list[int]
    opens_sentence: list[bool]


def read_words(doc: Doc, closed_words: Mapping[str, str], verbs: Collection[str]) -> Words:
    """Return the words of `doc`, white space left out."""
    words = Words([], [], [], [], [])
    opens_sentence = False
    for token in doc:
        opens_sentence = opens_sentence or bool(token.is_sent_start)
        text = token.text
        if text.isspace():
            continue
        lower = text.lower()
        words.lower.append(lower)
        words.kinds.append(kind_of(text, lower, closed_words, verbs))
        words.starts.append(token.idx)
        words.ends.append(token.idx + len(text))
        words.opens_sentence.append(opens_sentence)
        opens_sentence = False
    return words


def split_lines(
    text: str, words: Words, stretch: tuple[int, int], quotations: Sequence[Quotation], says: Set[str]
) -> list[Line]:
    """Return the lines of a stretch of text; `says` are the words after which a quotation is speech."""
    lines: list[Line] = []
    line = Line([], [], [], [], {})
    phrase_end = stretch[0]  # end of a quotation that keeps its words: no line ends inside
    spoken: Quotation | None = None  # the quotation that the word before stands for
    coming = iter(quotations)
    quotation = next(coming, None)
    i = bisect_left(words.starts, stretch[0])
    last = bisect_left(words.starts, stretch[1])
    while i < last:
        start = words.starts[i]
        while quotation is not None and quotation.end <= start:
            quotation = next(coming, None)
        is_in_phrase = start < phrase_end
        is_new = words.opens_sentence[i] if spoken is None else _ends_with(text, spoken, words, i, says)
        if quotation is not None and quotation.start <= start and not is_in_phrase:
            if not _is_speech(text, quotation, stretch[0], line, says):
                phrase_end = quotation.end
                continue
            is_new = is_new if spoken else line.kind(len(line) - 1) == STOP
            word = ("…" + _last_sign(text, quotation), QUOTATION, quotation.start, quotation.end)
            i, spoken = bisect_left(words.starts, quotation.end, lo=i + 1), quotation
        else:
            word = (words.lower[i], words.kinds[i], start, words.ends[i])
            i, spoken = i + 1, None
        if len(line) and ((is_new and not is_in_phrase) or len(line) >= LONGEST_LINE):
            lines.append(line)
            line = Line([], [], [], [], {})
        if spoken is not None:
            line.quotations[len(line)] = spoken
        line.append(*word)
    return [*lines, line] if len(line) else lines


def _is_speech(text: str, quotation: Quotation, start: int, line: Line, says: Set[str]) -> bool:
    """Whether a quotation is speech of its own, not part of the grammar of the line before it."""
    before = text[max(start, quotation.start - 3) : quotation.start].rstrip()[-1:]
    if not before or not len(line) or line.kinds[-1] == STOP or before == ":" or line.words[-1] in says:
        return True
    inner = text[quotation.inner_start : quotation.inner_end]
    return before in SPEECH_OPENERS and (inner[:1].isupper() or inner.count(" ") >= SHORTEST_SPEECH - 1)


def _ends_with(text: str, quotation: Quotation, words: Words, i: int, says: Set[str]) -> bool:
    """Whether a line ends where a quotation does: “It is.” He left, but not “Is it?” Ruiz asked."""
    last = _last_sign(text, quotation)
    if last not in STOPS or words.kinds[i] in (STOP, COMMA):
        return False
    is_asked = last in "!?" and not says.isdisjoint(words.lower[i : i + FARTHEST_CUE])
    return last in ".…" or not (text[words.starts[i]].islower() or is_asked)


def _last_sign(text: str, quotation: Quotation) -> str:
    return text[quotation.inner_start : quotation.end].rstrip("\"”“’'»` ")[-1:]
