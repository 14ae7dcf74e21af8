"""Split the running text of an article into lines: sentences in which a quotation counts as one word.

“Close,” Marin said. “Very close. Next week.” gives two lines: [“Close,”] Marin said . and [“Very close. …”].
A quotation that is part of its sentence's grammar, like a “scare quote”, keeps its words.
"""

from bisect import bisect_left
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc

from pipelines.text.phrases import QUOTATION, STOP, Line, kind_of
from pipelines.text.quotations import Quotation

SPEECH_OPENERS = frozenset(",:—–-.?!;()…\"”’'")
"""Characters after which a quotation is speech of its own, not part of its sentence's grammar."""
SHORTEST_SPEECH = 3  # words; a shorter quotation inside a sentence is a phrase


@dataclass(frozen=True, slots=True)
class Words:
    """The words of an article in parallel lists."""

    lower: Sequence[str]
    kinds: Sequence[str]
    starts: Sequence[int]
    ends: Sequence[int]
    opens_sentence: Sequence[bool]


def read_words(doc: Doc, closed_words: Mapping[str, str], verbs: Collection[str]) -> Words:
    """Return the words of `doc`, white space left out."""
    tokens = [token for token in doc if not token.is_space]
    lower = [token.lower_ for token in tokens]
    opens: list[bool] = []
    after_space_start = False
    for token in doc:
        if token.is_space:
            after_space_start = after_space_start or bool(token.is_sent_start)
        else:
            opens.append(after_space_start or bool(token.is_sent_start))
            after_space_start = False
    return Words(
        lower,
        [kind_of(token.text, low, closed_words, verbs) for token, low in zip(tokens, lower, strict=True)],
        [token.idx for token in tokens],
        [token.idx + len(token) for token in tokens],
        opens,
    )


def split_lines(
    text: str, words: Words, start: int, end: int, quotations: Sequence[Quotation], says: Collection[str]
) -> list[Line]:
    """Return the lines between two places; `says` are the words after which a quotation is speech."""
    lines: list[Line] = []
    parts: tuple[list[str], list[str], list[int], list[int], dict[int, Quotation]] = ([], [], [], [], {})
    pending = list(reversed(quotations))
    phrase_end = start  # end of a quotation that keeps its words: no sentence ends inside
    after_quotation: Quotation | None = None

    def finish() -> None:
        nonlocal parts
        if parts[0]:
            lines.append(Line(*parts))
        parts = ([], [], [], [], {})

    i = bisect_left(words.starts, start)
    while i < len(words.starts) and words.starts[i] < end:
        while pending and pending[-1].end <= words.starts[i]:
            pending.pop()
        quotation = pending[-1] if pending and pending[-1].start <= words.starts[i] else None
        if quotation is None or words.starts[i] < phrase_end:
            if words.starts[i] >= phrase_end and (
                _ends_line(text, after_quotation, words, i) if after_quotation else words.opens_sentence[i]
            ):
                finish()
            _append(parts, words, i)
            after_quotation = None
            i += 1
        elif _is_speech(text, quotation, start, parts[0], parts[1], says):
            if (after_quotation and _ends_line(text, after_quotation, words, i)) or (
                not after_quotation and parts[1] and parts[1][-1] == STOP
            ):
                finish()
            parts[4][len(parts[0])] = quotation
            for values, value in zip(
                parts, (QUOTATION, QUOTATION, quotation.start, quotation.end), strict=False
            ):
                values.append(value)  # type: ignore[union-attr]
            i = bisect_left(words.starts, quotation.end, lo=i)
            after_quotation = quotation
        else:
            phrase_end = quotation.end
    finish()
    return lines


def _append(parts, words: Words, i: int) -> None:
    parts[0].append(words.lower[i])
    parts[1].append(words.kinds[i])
    parts[2].append(words.starts[i])
    parts[3].append(words.ends[i])


def _is_speech(
    text: str,
    quotation: Quotation,
    start: int,
    words: Sequence[str],
    kinds: Sequence[str],
    says: Collection[str],
) -> bool:
    before = text[max(start, quotation.start - 3) : quotation.start].rstrip()[-1:]
    if not before or not words or kinds[-1] == STOP:
        return True
    inner = text[quotation.inner_start : quotation.inner_end]
    if words[-1] in says or before in ":":
        return True
    return before in SPEECH_OPENERS and (inner[:1].isupper() or inner.count(" ") >= SHORTEST_SPEECH - 1)


def _ends_line(text: str, quotation: Quotation, words: Words, i: int) -> bool:
    """Whether a sentence ends where a quotation does: “Is it?” he asked goes on, “It is.” He left does not."""
    last = text[quotation.inner_start : quotation.end].rstrip("\"”“’'» `")[-1:]
    if last in ",;—–-":
        return False
    first = text[words.starts[i]]
    return last in ".!?…" and (last in ".…" or not first.islower()) and words.kinds[i] not in (STOP, ",")
