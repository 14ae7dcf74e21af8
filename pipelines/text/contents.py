"""Find what a cue attributes: the stretches of its line that are its content.

In "The road, she said, is closed, sparking anger" the content of "said" is "The road … is closed". There is
no parser: where content ends is decided by the word after each comma, as counted on news text.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from pipelines.text import phrases
from pipelines.text.clauses import Occurrence
from pipelines.text.phrases import (
    ADVERB,
    AUXILIARY,
    COLON,
    COMMA,
    COORDINATOR,
    DASH,
    DETERMINER,
    MARK,
    PREPOSITION,
    QUOTATION,
    RELATIVE,
    STOP,
    SUBORDINATOR,
    VERB,
    Line,
)

ENDING_A_CLAUSE = frozenset(("which", "who", "but", "a", "while", "saying", "adding"))
ENDING_A_PHRASE = ENDING_A_CLAUSE | {"though", "although", "despite", "then", "to"}
"""Words after a comma before which content ends more often than not: counted on PolNeAR train."""


@dataclass(frozen=True, slots=True)
class Content:
    """The stretches attributed; none where another line holds them."""

    frame: str  # how the cue takes it: one of `cues.FRAMES`
    pieces: tuple[tuple[int, int], ...]
    agent: tuple[int, int] | None = None  # who does it, in the passive: "by two aides"


def find_content(line: Line, cue: Occurrence, following: Sequence[Occurrence]) -> Content | None:
    """Return the content of a cue, or none where it has no content; `following` are the cues after it."""
    if cue.is_trailing:
        return _content_before(line, cue, following)
    if cue.is_passive:
        return _content_of_passive(line, cue, following)
    return _content_after(line, cue, following)


def _content_before(line: Line, cue: Occurrence, following: Sequence[Occurrence]) -> Content:
    """Return what stands before "he said", and after it: “No,” he said, “never.”"""
    is_according = cue.inflection == "phrase"
    end = _trim(line, 0, cue.start)
    is_quotation = end > 0 and line.kinds[end - 1] == QUOTATION and not is_according
    pieces = []
    if is_quotation:
        pieces.append((end - 1, end))
    elif end:
        pieces.append((next((i for i in range(end) if line.kinds[i] not in (COORDINATOR, MARK)), 0), end))
    rest = cue.rest if is_according else phrases.after_adjuncts(line, cue.rest)
    if line.kind(rest) in (COMMA, DASH):
        rest += 1
    if line.kind(rest) == QUOTATION:
        pieces.append((rest, rest + 1))
    elif not is_quotation and rest < line.last and _goes_on(line, end, rest):
        pieces.append((rest, _find_end(line, rest, cue, following)))
    is_elsewhere = not end and not pieces
    return Content(
        "quotation" if is_quotation or is_elsewhere else "before",
        tuple((start, end) for start, end in pieces if start < end),
    )


def _goes_on(line: Line, end: int, rest: int) -> bool:
    """Whether the content that broke off at `end` goes on at `rest`, after "…, he said,"."""
    if line.kinds[rest] == VERB:
        return not phrases.has_finite_verb(line, 0, end)  # "The road, he said, closed early"
    is_other = line.kinds[rest] in (SUBORDINATOR, COORDINATOR) or line.words[rest].endswith("ing")
    return line.kind(rest - 1) in (COMMA, DASH) and not is_other


def _content_of_passive(line: Line, cue: Occurrence, following: Sequence[Occurrence]) -> Content | None:
    """Return what someone "was asked", or who "is expected" to do what."""
    end = _find_end(line, cue.end, cue, following, is_clause=cue.cue.takes_addressee)
    if cue.subject is None:  # "Asked whether she would go, Ruiz …"
        end = next((i for i in range(cue.end, end) if line.kinds[i] == COMMA), end)
    start, end, agent = _split_agent(line, cue.end, end)
    pieces = [(start, end)] if end > start else []
    if cue.subject is not None and not cue.cue.takes_addressee:
        pieces.insert(0, cue.subject)
    return Content("passive", tuple(pieces), agent) if end > start or agent else None


def _split_agent(line: Line, start: int, end: int) -> tuple[int, int, tuple[int, int] | None]:
    """Return the stretch without "by two aides" at one of its ends, and the two aides."""
    for i in range(start, end):
        if line.words[i] == "by":
            agent_end = phrases.noun_phrase_after(line, i + 1, is_long=False)
            if agent_end is not None and i == start:
                return agent_end, end, (i + 1, agent_end)
            if agent_end is not None and agent_end >= end:
                return start, i, (i + 1, agent_end)
    return start, end, None


def _content_after(line: Line, cue: Occurrence, following: Sequence[Occurrence]) -> Content | None:
    relative = cue.start - 1
    if line.kind(relative) == RELATIVE and line.kind(cue.end) in (AUXILIARY, VERB):
        end = _find_end(line, cue.end, cue, following)  # "which officials say became tense"
        if line.kind(relative - 1) == COMMA:
            end = next((i for i in range(cue.end, end) if line.kinds[i] == COMMA), end)
        return Content("clause", ((relative, relative + 1), (cue.end, end)))
    start = _after_cue(line, cue.rest)
    if start >= line.last:  # “Is it?” Ruiz asked. She wrote: “It is.”
        return Content("quotation", ()) if cue.start == 0 or line.kinds[-1] == COLON else None
    if line.kinds[start] == QUOTATION:
        is_whole = start + 1 >= line.last or line.kinds[start + 1] in (COMMA, STOP, COORDINATOR)
        end = start + 1 if is_whole else _find_end(line, start + 1, cue, following)
        return Content("quotation", ((start, end),))
    end = _find_end(line, start, cue, following)
    frame = _frame(line, start, end)
    if frame == "object":
        end = _find_end(line, start, cue, following, is_clause=False)
    return Content(frame, ((start, end),)) if end > start else None


def _frame(line: Line, start: int, end: int) -> str:
    if phrases.is_infinitive(line, start):
        return "infinitive"
    is_opened = line.kinds[start] in (RELATIVE, SUBORDINATOR) or line.kind(start - 1) == COLON
    return "clause" if is_opened or phrases.has_finite_verb(line, start, end) else "object"


def _after_cue(line: Line, start: int) -> int:
    """Return where the content starts after a cue: past "on Monday", "in an interview", commas and colons."""
    last = line.last
    stop = phrases.after_adjuncts(line, start)
    if line.kind(stop) in (COMMA, COLON, QUOTATION, STOP) or line.word(stop) in ("that", "whether"):
        start = stop
    while start < last and (line.kinds[start] == ADVERB or _is_when(line, start)):
        start += 1
    if line.kind(start) == COMMA and (_is_no_content(line, start + 1) or _closes(line, start + 1)):
        return last
    while start < last and line.kinds[start] in (COMMA, COLON, MARK, DASH):
        start += 1
    return start


def _is_when(line: Line, i: int) -> bool:
    """Whether the word is "Monday", or "on" before it."""
    return phrases.is_time(line, i) or (line.kind(i) == PREPOSITION and phrases.is_time(line, i + 1))


def _closes(line: Line, i: int) -> bool:
    """Whether a mark glued to the word before it stands at `i`."""
    return line.kind(i) == MARK and line.starts[i] == line.ends[i - 1]


def _is_no_content(line: Line, i: int) -> bool:
    """Whether what follows "wants," goes on with something else: ", citing …", ", and left"."""
    if line.word(i) in ("if", "whether"):
        return False
    return line.kind(i) in (COORDINATOR, SUBORDINATOR, VERB, PREPOSITION) or line.word(i).endswith("ing")


def _find_end(
    line: Line, start: int, cue: Occurrence, following: Sequence[Occurrence], *, is_clause: bool = True
) -> int:
    """Return where content that starts at `start` ends: before a cue that is no part of it, or an aside."""
    edges = (
        min(other.start, other.group_start) for other in following if _ends_before(line, start, cue, other)
    )
    last = next(edges, line.last)
    breaks = (i for i in range(start + 1, last) if _breaks_off(line, i, is_clause))
    return _trim(line, start, next(breaks, last))


def _ends_before(line: Line, start: int, cue: Occurrence, other: Occurrence) -> bool:
    """Whether the content of `cue` ends before another cue: ", others said", "and added", ", while …"."""
    edge = min(other.start, other.group_start)
    if edge <= start:
        return False
    before = line.kind(edge - 2 if line.kind(edge - 1) == MARK else edge - 1)
    if before == COMMA:
        is_fronted = line.kind(cue.start - 1) == SUBORDINATOR  # "While Ruiz thinks so, others say"
        return other.is_trailing or other.shares_subject or is_fronted
    is_coordinated = before in (COORDINATOR, SUBORDINATOR) and line.kind(edge - 2) == COMMA
    is_parallel = before == COORDINATOR and other.shares_subject and other.inflection == cue.inflection
    return other.is_trailing or is_coordinated or is_parallel


def _breaks_off(line: Line, i: int, is_clause: bool) -> bool:
    """Whether content breaks off at `i`: ", which …", ", sparking …", and after a noun phrase " and left"."""
    kind, after = line.kinds[i], line.word(i + 1)
    if kind == COMMA:
        if is_clause:
            return after in ENDING_A_CLAUSE
        return after in ENDING_A_PHRASE or after.endswith("ing") or line.kind(i + 1) in (VERB, MARK)
    if kind == DASH:
        return line.kind(i + 1) == DETERMINER
    is_voice = line.words[i] == "even" and after == "as"  # "even as" opens the reporter's own words
    return is_voice or (not is_clause and kind == COORDINATOR and line.kind(i + 1) == VERB)


def _trim(line: Line, start: int, end: int) -> int:
    if line.kind(end - 1) == MARK and line.kind(end - 2) == COORDINATOR:  # it opens what comes next
        end -= 1
    while end > start and line.kinds[end - 1] in (COMMA, COORDINATOR, SUBORDINATOR, DASH, STOP):
        end -= 1
    return end
