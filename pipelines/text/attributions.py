"""Find who is said to have said what: source, cue and content of each attribution in news text.

"Taxes will fall, Marin told reporters." is one attribution: source "Marin", cue "told",
addressee "reporters", content "Taxes will fall". There is no parser: cues come from a lexicon, phrases from
closed-class words and word order, and quotations count as one word.
All offsets are character offsets into the text, end exclusive.
"""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Doc

from pipelines.schemas import READ_PASSAGE_TYPES
from pipelines.text.clauses import Occurrence, find_occurrences
from pipelines.text.contents import Content, find_content
from pipelines.text.cues import Cue, Lexicon
from pipelines.text.lines import Words, read_words, split_lines
from pipelines.text.phrases import BRACKET, MARK, NEGATION, QUOTATION, STOP, Line
from pipelines.text.quotations import Quotation


@dataclass(frozen=True, slots=True)
class Attribution:
    """One attribution relation; its parts are spans of the same text."""

    content: tuple[tuple[int, int], ...]
    cue: tuple[int, int] | None
    source: tuple[int, int] | None
    addressee: tuple[int, int] | None
    parent: int | None  # place, in the article's list, of the attribution whose content holds this one
    attribution_type: str  # direct, mixed, indirect
    quoted: tuple[tuple[int, int], ...]  # words of the content inside quotation marks, marks excluded
    cue_lemma: str | None
    act: str  # statement, denial, refusal, demand, warning, promise, belief, question, agreement
    is_negated: bool
    confidence: float


@dataclass(slots=True)
class Draft:
    """An attribution in the making: its spans are characters, its content can still grow."""

    cue: Cue | None
    frame: str
    cue_span: tuple[int, int] | None
    source: tuple[int, int] | None
    addressee: tuple[int, int] | None
    content: list[tuple[int, int]]
    is_negated: bool
    ends_in_quotation: bool


def find_attributions(doc: Doc, quotations: Sequence[Quotation], lexicon: Lexicon) -> list[Attribution]:
    """Return the attributions of titles, subheadings and body, in the order of their contents."""
    words = read_words(doc, lexicon.closed_words, lexicon.finite_verbs)
    drafts: list[Draft] = []
    for passage in doc.spans["passages"]:
        if passage.label_ in READ_PASSAGE_TYPES:
            drafts += _read_stretch(
                doc.text, words, (passage.start_char, passage.end_char), quotations, lexicon, drafts
            )
    return _nest(doc.text, drafts, quotations)


def _read_stretch(
    text: str,
    words: Words,
    stretch: tuple[int, int],
    quotations: Sequence[Quotation],
    lexicon: Lexicon,
    earlier: Sequence[Draft],
    depth: int = 0,
) -> list[Draft]:
    """Read a paragraph, or the inside of a quotation, and what its quotations hold."""
    start, end = stretch
    first = bisect_left(quotations, start, key=lambda quotation: quotation.start)
    here = [
        q for q in quotations[first : bisect_left(quotations, end, key=lambda q: q.start)] if q.depth == depth
    ]
    drafts: list[Draft] = []
    speaking: Draft | None = earlier[-1] if earlier else None
    pending: list[tuple[int, int]] = []
    for line in split_lines(text, words, start, end, here, lexicon.says):
        alone = [(line.starts[i], line.ends[i]) for i, kind in enumerate(line.kinds) if kind == QUOTATION]
        if alone and all(kind in (QUOTATION, STOP) for kind in line.kinds):
            is_continuing = any(q.is_continuing for q in line.quotations.values())
            if speaking and speaking.ends_in_quotation and (drafts or is_continuing):
                speaking.content += alone
            else:
                pending += alone
        else:
            found = _read_line(line, lexicon)
            for draft in found:
                if not draft.content and pending and draft.frame == "quotation":
                    draft.content, pending = pending, []
                    draft.ends_in_quotation = True
            found = [draft for draft in found if draft.content]
            drafts += found
            speaking = next((draft for draft in reversed(found) if draft.ends_in_quotation), None)
        for quotation in line.quotations.values():
            inner = (quotation.inner_start, quotation.inner_end)
            drafts += _read_stretch(text, words, inner, quotations, lexicon, (), depth + 1)
    return drafts


def _read_line(line: Line, lexicon: Lexicon) -> list[Draft]:
    """Return drafts for the cues of a line; one whose content stands in another line has none yet."""
    last = len(line)
    while last and line.kinds[last - 1] in (STOP, MARK, BRACKET):
        last -= 1
    occurrences = find_occurrences(line, last, lexicon)
    drafts = []
    for k, occurrence in enumerate(occurrences):
        content = find_content(line, last, occurrences, k)
        if content is not None and content.frame in occurrence.cue.precision:
            drafts.append(_draft(line, occurrence, content))
    return drafts


def _draft(line: Line, occurrence: Occurrence, content: Content) -> Draft:
    source = None if occurrence.is_passive else occurrence.subject
    return Draft(
        occurrence.cue,
        content.frame,
        _span(line, (occurrence.group_start, occurrence.end)),
        _span(line, source) if source else None,
        _span(line, occurrence.addressee) if occurrence.addressee else None,
        [_span(line, piece) for piece in content.pieces],
        NEGATION in line.kinds[occurrence.group_start : occurrence.end],
        bool(content.pieces) and line.kinds[content.pieces[-1][1] - 1] in (QUOTATION, MARK),
    )


def _span(line: Line, places: tuple[int, int]) -> tuple[int, int]:
    return line.starts[places[0]], line.ends[places[1] - 1]


def _nest(text: str, drafts: Sequence[Draft], quotations: Sequence[Quotation]) -> list[Attribution]:
    """Turn drafts into attributions, each with the place of the innermost one whose content holds it."""
    made = [_finish(text, draft, quotations) for draft in drafts]
    made = sorted((a for a in made if a is not None), key=lambda a: (a.content[0][0], -a.content[-1][1]))
    intervals = sorted((start, -end, i) for i, a in enumerate(made) for start, end in a.content)
    starts = [cue_start for cue_start in sorted((a.cue[0], i) for i, a in enumerate(made) if a.cue)]
    parents: dict[int, int] = {}
    open_: list[tuple[int, int, int]] = []
    n = 0
    for position, i in starts:
        while n < len(intervals) and intervals[n][0] <= position:
            open_.append(intervals[n])
            n += 1
        open_ = [interval for interval in open_ if -interval[1] > position]
        holders = [
            (-low_end - start, holder)
            for start, low_end, holder in open_
            if holder != i and start <= made[i].content[0][0] and made[i].content[-1][1] <= -low_end
        ]
        if holders:
            parents[i] = min(holders)[1]
    return [replace(a, parent=parents.get(i)) for i, a in enumerate(made)]


EDGES = " \t\r\n\u00a0,;:—–-\"“”„‟«»`'‘’("


def _finish(text: str, draft: Draft, quotations: Sequence[Quotation]) -> Attribution | None:
    pieces = []
    quoted: list[tuple[int, int]] = []
    for start, end in sorted(draft.content):
        while start < end and text[start] in EDGES:
            start += 1
        while end > start and text[end - 1] in EDGES:
            end -= 1
        if start >= end:
            continue
        pieces.append((start, end))
        first = bisect_left(quotations, start, key=lambda q: q.inner_end)
        for quotation in quotations[first:]:
            if quotation.start >= end:
                break
            holds_cue = draft.cue_span and quotation.start <= draft.cue_span[0] < quotation.end
            low, high = max(start, quotation.inner_start), min(end, quotation.inner_end)
            if not holds_cue and low < high and not (quoted and quoted[-1][1] >= high):
                quoted.append((low, high))
    if not pieces:
        return None
    rest = sum(text[a:b].count(" ") + 1 for a, b in pieces)
    inside = sum(text[a:b].count(" ") + 1 for a, b in quoted)
    kind = "indirect" if not quoted else "direct" if inside >= rest else "mixed"
    cue = draft.cue
    return Attribution(
        tuple(pieces),
        draft.cue_span,
        draft.source,
        draft.addressee,
        None,
        kind,
        tuple(quoted),
        cue.lemma if cue else None,
        cue.act if cue else "statement",
        draft.is_negated,
        cue.precision[draft.frame] if cue else 0.2,
    )
