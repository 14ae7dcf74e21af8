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

    cue: Cue
    frame: str
    cue_span: tuple[int, int]
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
    for line in split_lines(text, words, stretch, here, lexicon.says):
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
    """Turn drafts into attributions, each with the place of the innermost one whose content holds it.

    A belief inside reported words ("he said he hoped …", “I think …”) is part of what is said, not a relay.
    """
    whole = [attribution for draft in drafts for attribution in _finish(text, draft, quotations)]
    whole.sort(key=lambda attribution: (attribution.content[0][0], -attribution.content[-1][1]))
    parents = _find_parents(whole)
    kept = [i for i, a in enumerate(whole) if parents[i] is None or _is_relay(text, a)]
    place = {i: n for n, i in enumerate(kept)}
    nested = []
    for i in kept:
        parent = parents[i]
        while parent is not None and parent not in place:
            parent = parents[parent]
        nested.append(replace(whole[i], parent=None if parent is None else place[parent]))
    return nested


FIRST_PERSON = frozenset(("i", "we", "you", "my", "our", "your"))


def _is_relay(text: str, attribution: Attribution) -> bool:
    source = text[slice(*attribution.source)].lower() if attribution.source else None
    return attribution.act != "belief" and source not in FIRST_PERSON


def _find_parents(attributions: Sequence[Attribution]) -> list[int | None]:
    """Return, for each attribution, the narrowest other one with a content span around its cue and content."""
    parents: list[int | None] = [None] * len(attributions)
    spans = sorted((start, end, i) for i, a in enumerate(attributions) for start, end in a.content)
    around: list[tuple[int, int, int]] = []  # spans that have begun and not ended
    n = 0
    for low, high, i in sorted((*_extent(a), i) for i, a in enumerate(attributions)):
        while n < len(spans) and spans[n][0] <= low:
            around.append(spans[n])
            n += 1
        around = [span for span in around if span[1] > low]
        holders = [(end - start, holder) for start, end, holder in around if end >= high and holder != i]
        parents[i] = min(holders)[1] if holders else None
    return parents


def _extent(attribution: Attribution) -> tuple[int, int]:
    places = [*attribution.content, *([attribution.cue] if attribution.cue else [])]
    return min(start for start, _ in places), max(end for _, end in places)


EDGES = " \t\r\n\u00a0,;:—–-\"“”„‟«»`'‘’("


def _finish(text: str, draft: Draft, quotations: Sequence[Quotation]) -> list[Attribution]:
    """Return the attribution of a draft, its content trimmed; nothing if nothing is left of it."""
    pieces = [piece for piece in (_strip(text, *span) for span in sorted(draft.content)) if piece[0] < piece[1]]
    if not pieces:
        return []
    quoted = _find_quoted(pieces, draft.cue_span, quotations)
    words, words_quoted = _count_words(text, pieces), _count_words(text, quoted)
    return [
        Attribution(
            tuple(pieces),
            draft.cue_span,
            draft.source,
            draft.addressee,
            None,
            "indirect" if not quoted else "direct" if words_quoted >= words else "mixed",
            tuple(quoted),
            draft.cue.lemma,
            draft.cue.act,
            draft.is_negated,
            draft.cue.precision[draft.frame],
        )
    ]


def _strip(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start] in EDGES:
        start += 1
    while end > start and text[end - 1] in EDGES:
        end -= 1
    return start, end


def _count_words(text: str, spans: Sequence[tuple[int, int]]) -> int:
    return sum(len(text[start:end].split()) for start, end in spans)


def _find_quoted(
    pieces: Sequence[tuple[int, int]], cue: tuple[int, int] | None, quotations: Sequence[Quotation]
) -> list[tuple[int, int]]:
    """Return the quoted words of the content; a quotation that holds the cue is another's."""
    quoted: list[tuple[int, int]] = []
    for start, end in pieces:
        first = bisect_left(quotations, start, key=lambda quotation: quotation.inner_end)
        for quotation in quotations[first:]:
            if quotation.start >= end:
                break
            holds_cue = cue is not None and quotation.start <= cue[0] < quotation.end
            low, high = max(start, quotation.inner_start), min(end, quotation.inner_end)
            if not holds_cue and low < high and not (quoted and quoted[-1][1] >= high):
                quoted.append((low, high))
    return quoted
