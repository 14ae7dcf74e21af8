"""Find what a cue attributes: the stretches of its line that are its content.

In "The road, she said, is closed, sparking anger" the content of "said" is "The road … is closed". There is no
parser: where content ends is decided by the word at each comma, as counted on news text.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from pipelines.text import phrases
from pipelines.text.clauses import Occurrence
from pipelines.text.phrases import (
    ADVERB, AUXILIARY, COLON, COMMA, COORDINATOR, DASH, DETERMINER, MARK, NAME, OBJECT_PRONOUN, PREPOSITION,
    PRONOUN, QUOTATION, RELATIVE, STOP, SUBORDINATOR, TIME, VERB, Line,
)  # fmt: skip

ENDING_A_CLAUSE = frozenset(("which", "who", "but", "a", "while", "saying", "adding"))
ENDING_A_PHRASE = ENDING_A_CLAUSE | {"though", "although", "despite", "then", "to"}
"""Words after a comma before which content ends more often than not: counted on PolNeAR train."""


@dataclass(frozen=True, slots=True)
class Content:
    """The stretches attributed, and how the cue takes them (see `cues.FRAMES`); none where another line holds them."""

    frame: str
    pieces: tuple[tuple[int, int], ...]


def find_content(line: Line, last: int, occurrences: Sequence[Occurrence], k: int) -> Content | None:
    """Return the content of the `k`-th cue among the first `last` words of a line."""
    occurrence = occurrences[k]
    if occurrence.is_trailing:
        return _content_before(line, last, occurrences, k)
    if occurrence.is_passive:
        return _content_of_passive(line, last, occurrences, k)
    return _content_after(line, last, occurrences, k)


def _content_before(line: Line, last: int, occurrences: Sequence[Occurrence], k: int) -> Content:
    """Return the clause or quotation before "he said", and what follows it: “No,” he said. “Not at all.”"""
    occurrence = occurrences[k]
    end = _trim(line, 0, occurrence.start)
    is_quotation = end > 0 and line.kinds[end - 1] == QUOTATION and occurrence.inflection != "phrase"
    pieces = []
    if is_quotation:
        pieces.append((end - 1, end))
    elif end:
        pieces.append((next((i for i in range(end) if line.kinds[i] not in (COORDINATOR, MARK)), 0), end))
    stop = occurrence.rest
    if occurrence.inflection != "phrase":
        stop = phrases.after_adjuncts(line, stop, last)
    if line.kind(stop) in (COMMA, DASH) and stop + 1 < last:
        stop += 1
    if stop < last and line.kinds[stop] == QUOTATION:
        pieces.append((stop, stop + 1))
    elif not is_quotation and stop < last and _goes_on(line, stop):
        until = _end(line, stop, last, occurrences, k)
        if until > stop:
            pieces.append((stop, until))
    return Content("quotation" if is_quotation or not end and not pieces else "before", tuple(pieces))


def _goes_on(line: Line, start: int) -> bool:
    """Whether the content goes on after "…, he said,"."""
    return (
        line.kind(start - 1) in (COMMA, DASH)
        and line.kinds[start] not in (SUBORDINATOR, COORDINATOR, VERB)
        and not line.words[start].endswith("ing")
    )


def _content_of_passive(line: Line, last: int, occurrences: Sequence[Occurrence], k: int) -> Content | None:
    """Return what someone "was asked", or who "is expected" to do what."""
    occurrence = occurrences[k]
    start = occurrence.end
    if line.word(start) == "by":
        start = phrases.noun_phrase_after(line, start + 1, last, is_long=False) or start
    end = _end(line, start, last, occurrences, k, is_clause=occurrence.cue.takes_addressee)
    if end <= start:
        return None
    if occurrence.subject is None:
        comma = (i for i in range(start, end) if line.kinds[i] == COMMA)
        return Content("passive", ((start, next(comma, end)),))
    if occurrence.cue.takes_addressee:
        return Content("passive", ((start, end),))
    return Content("passive", (occurrence.subject, (start, end)))


def _content_after(line: Line, last: int, occurrences: Sequence[Occurrence], k: int) -> Content | None:
    occurrence = occurrences[k]
    relative = occurrence.start - 1
    if line.kind(relative) == RELATIVE and line.kind(occurrence.end) in (AUXILIARY, VERB):
        end = _end(line, occurrence.end, last, occurrences, k)  # "which officials say became tense"
        return Content("clause", ((relative, relative + 1), (occurrence.end, end)))
    start = _after_cue(line, occurrence.rest, last)
    if start >= last:
        is_elsewhere = (
            occurrence.start == 0 or line.kinds[-1] == COLON
        )  # “Is it?” Ruiz asked. She wrote: “It is.”
        return Content("quotation", ()) if is_elsewhere else None
    if line.kinds[start] == QUOTATION:
        end = start + 1
        if end < last and line.kinds[end] not in (COMMA, STOP, COORDINATOR):
            end = max(end, _end(line, end, last, occurrences, k))
        return Content("quotation", ((start, end),))
    end = _end(line, start, last, occurrences, k)
    frame = _frame(line, start, end)
    if frame == "object":
        end = _end(line, start, last, occurrences, k, is_clause=False)
    return Content(frame, ((start, end),)) if end > start else None


def _frame(line: Line, start: int, end: int) -> str:
    if phrases.is_infinitive(line, start):
        return "infinitive"
    is_opened = line.kinds[start] in (RELATIVE, SUBORDINATOR) or line.kind(start - 1) == COLON
    return "clause" if is_opened or phrases.has_finite_verb(line, start, end) else "object"


def _after_cue(line: Line, start: int, last: int) -> int:
    """Return where the content starts after a cue: past "on Monday", "in an interview", commas and colons."""
    stop = phrases.after_adjuncts(line, start, last)
    if (
        stop >= last
        or line.kinds[stop] in (COMMA, COLON, QUOTATION)
        or line.words[stop] in ("that", "whether")
    ):
        start = stop
    while start < last and (
        line.kinds[start] == ADVERB or phrases.is_time(line, start) or _opens_time(line, start)
    ):
        start += 1
    if line.kind(start) == COMMA and _is_no_content(line, start + 1):
        return last
    while start < last and line.kinds[start] in (COMMA, COLON, MARK, DASH):
        start += 1
    return start


def _opens_time(line: Line, i: int) -> bool:
    return line.kind(i) == PREPOSITION and phrases.is_time(line, i + 1)


def _is_no_content(line: Line, i: int) -> bool:
    """Whether what follows "wants," goes on with something else: ", citing …", ", and left"."""
    if line.word(i) in ("if", "whether"):
        return False
    return line.kind(i) in (COORDINATOR, SUBORDINATOR, VERB, PREPOSITION) or line.word(i).endswith("ing")


def _end(
    line: Line, start: int, last: int, occurrences: Sequence[Occurrence], k: int, *, is_clause: bool = True
) -> int:
    """Return where content that starts at `start` ends: before the next cue that is no part of it, or an aside."""
    current = occurrences[k]
    is_fronted = line.kind(current.start - 1) == SUBORDINATOR  # "While Ruiz thinks so, others say"
    for following in occurrences[k + 1 :]:
        edge = min(following.start, following.group_start)
        before = line.kind(edge - 2 if line.kind(edge - 1) == MARK else edge - 1)
        if edge > start and (
            following.is_trailing
            or (following.shares_subject and before == COMMA)
            or (
                following.shares_subject
                and before == COORDINATOR
                and following.inflection == current.inflection
            )
            or (before in (COORDINATOR, SUBORDINATOR) and line.kind(edge - 2) == COMMA)
            or (is_fronted and before == COMMA)
        ):
            last = edge
            break
    breaks = (i for i in range(start + 1, last) if _breaks_off(line, i, is_clause))
    return _trim(line, start, next(breaks, last))


def _breaks_off(line: Line, i: int, is_clause: bool) -> bool:
    """Whether content breaks off at `i`: ", which …", ", sparking …", and after a noun phrase " and left"."""
    kind, after = line.kinds[i], line.word(i + 1)
    if kind == COMMA and is_clause:
        return after in ENDING_A_CLAUSE
    if kind == COMMA:
        return after in ENDING_A_PHRASE or after.endswith("ing") or line.kind(i + 1) in (VERB, MARK)
    if kind == DASH:
        return line.kind(i + 1) == DETERMINER
    if line.words[i] == "even" and after == "as":
        return True  # "even as" opens the reporter's own words
    return not is_clause and kind == COORDINATOR and line.kind(i + 1) == VERB


def _trim(line: Line, start: int, end: int) -> int:
    while end > start and line.kinds[end - 1] in (COMMA, COORDINATOR, SUBORDINATOR, DASH, STOP):
        end -= 1
    return end
