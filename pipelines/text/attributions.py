"""Find who is said to have said what: source, cue and content of each attribution in news text.

"Taxes will fall, Marin told reporters." is one attribution: source "Marin", cue "told",
addressee "reporters", content "Taxes will fall". There is no parser: cues come from a lexicon, phrases from
closed-class words and word order, and quotations count as one word.
All offsets are character offsets into the text, end exclusive.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Doc

from pipelines.text.clauses import Occurrence, find_occurrences
from pipelines.text.contents import Content, find_content
from pipelines.text.cues import Cue, Lexicon
from pipelines.text.lines import Words, read_words, split_lines
from pipelines.text.passages import READ_PASSAGE_TYPES
from pipelines.text.phrases import COLON, MARK, NEGATION, QUOTATION, STOP, Line
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
    confidence: float | None = None  # none: what the cue is worth


@dataclass(frozen=True, slots=True)
class Article:
    """What all stretches of an article share while it is read."""

    text: str
    words: Words
    quotations: Sequence[Quotation]
    lexicon: Lexicon
    drafts: list[Draft]


def find_attributions(doc: Doc, quotations: Sequence[Quotation], lexicon: Lexicon) -> list[Attribution]:
    """Return the attributions of titles, subheadings and body, in the order of their contents."""
    return finish_attributions(doc.text, draft_attributions(doc, quotations, lexicon), quotations)


def draft_attributions(doc: Doc, quotations: Sequence[Quotation], lexicon: Lexicon) -> list[Draft]:
    """Return what the rules find, not yet trimmed, typed and nested."""
    words = read_words(doc, lexicon.closed_words, lexicon.finite_verbs)
    article = Article(doc.text, words, quotations, lexicon, [])
    speaking: Draft | None = None
    for passage in doc.spans["passages"]:
        if passage.label_ in READ_PASSAGE_TYPES:
            speaking = _read_stretch(article, (passage.start_char, passage.end_char), 0, speaking)
    return article.drafts


def _read_stretch(
    article: Article, stretch: tuple[int, int], depth: int, speaking: Draft | None
) -> Draft | None:
    """Read a paragraph, or the inside of a quotation, and whatever its quotations hold.

    `speaking` is the attribution whose quotation may go on in the next line; the last one is returned.
    """
    first, last = (bisect_left(article.quotations, place, key=lambda q: q.start) for place in stretch)
    here = [quotation for quotation in article.quotations[first:last] if quotation.depth == depth]
    speaker: tuple[int, int] | None = None  # of the line before
    waiting: list[tuple[int, int]] = []  # quotations for which no cue has come yet
    for line in split_lines(article.text, article.words, stretch, here, article.lexicon.says):
        spoken = [(line.starts[place], line.ends[place]) for place in line.quotations]
        if not spoken or any(kind not in (QUOTATION, STOP) for kind in line.kinds):
            found = _read_line(line, article.lexicon)
            for draft in found:
                if not draft.content and line.kinds[-1] != COLON:
                    draft.content, waiting = waiting, []  # “Is it?” ends a line of its own: Ruiz asked.
                draft.ends_in_quotation |= draft.frame == "quotation"
            article.drafts.extend(found)
            speaking = next((draft for draft in reversed(found) if draft.ends_in_quotation), None)
            speaker = next((draft.source for draft in found if draft.source and _speaks(draft)), None)
        elif speaking:  # “Not at all.” in a line or paragraph of its own, after he spoke
            speaking.content += spoken
        elif speaker:  # Ruiz said that she would wait. “There is no hurry.”
            speaking = Draft(None, "quotation", None, speaker, None, spoken, False, True)
            article.drafts.append(speaking)
        else:
            waiting += spoken
        for quotation in line.quotations.values():
            _read_stretch(article, (quotation.inner_start, quotation.inner_end), depth + 1, None)
    if waiting:
        article.drafts.append(Draft(None, "quotation", None, None, None, waiting, False, True))
    return speaking


def _speaks(draft: Draft) -> bool:
    return draft.cue is not None and "quotation" in draft.cue.precision


def _read_line(line: Line, lexicon: Lexicon) -> list[Draft]:
    """Return drafts for the cues of a line; one whose content stands in another line has none yet."""
    drafts = []
    occurrences = find_occurrences(line, lexicon)
    for k, occurrence in enumerate(occurrences):
        content = find_content(line, occurrence, occurrences[k + 1 :])
        if content is not None and content.frame in occurrence.cue.precision:
            drafts.append(_draft(line, occurrence, content))
    return drafts


def _draft(line: Line, occurrence: Occurrence, content: Content) -> Draft:
    source = content.agent if occurrence.is_passive else occurrence.subject
    return Draft(
        occurrence.cue,
        content.frame,
        _span(line, (occurrence.group_start, occurrence.end)),
        _span(line, source) if source else None,
        _span(line, occurrence.addressee) if occurrence.addressee else None,
        [_span(line, piece) for piece in content.pieces],
        NEGATION in line.kinds[occurrence.group_start : occurrence.end],
        any(line.kinds[end - 1] in (QUOTATION, MARK) for _, end in content.pieces),
    )


def _span(line: Line, places: tuple[int, int]) -> tuple[int, int]:
    return line.starts[places[0]], line.ends[places[1] - 1]


def finish_attributions(
    text: str, drafts: Sequence[Draft], quotations: Sequence[Quotation]
) -> list[Attribution]:
    """Turn drafts into attributions, each with the place of the innermost one whose content holds it.

    A belief inside reported words ("he said he hoped …", “I think …”) is part of what is said, not a relay.
    """
    whole = [a for draft in drafts for a in _finish(text, draft, quotations)]
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
    """Return, for each attribution, the narrowest one with a content span around its cue and content."""
    parents: list[int | None] = [None] * len(attributions)
    extents = sorted((*_extent(a), i) for i, a in enumerate(attributions))
    around = find_contents_around([(low, high) for low, high, _ in extents], attributions)
    for (_, _, i), contents in zip(extents, around, strict=True):
        holders = [(end - start, holder) for start, end, holder in contents if holder != i]
        parents[i] = min(holders)[1] if holders else None
    return parents


def find_contents_around(
    places: Iterable[tuple[int, int]], attributions: Sequence[Attribution]
) -> Iterator[list[tuple[int, int, int]]]:
    """Yield for each place, in the order of their starts, the spans that hold it: start, end, whose."""
    spans = sorted((start, end, i) for i, a in enumerate(attributions) for start, end in a.content)
    around: list[tuple[int, int, int]] = []  # spans that have begun and not ended
    n = 0
    for low, high in places:
        while n < len(spans) and spans[n][0] <= low:
            around.append(spans[n])
            n += 1
        around = [span for span in around if span[1] > low]
        yield [span for span in around if span[1] >= high]


def _extent(attribution: Attribution) -> tuple[int, int]:
    places = [*attribution.content, *([attribution.cue] if attribution.cue else [])]
    return min(start for start, _ in places), max(end for _, end in places)


WITHOUT_CUE = 0.15  # confidence; on PolNeAR train one such quotation in seven is content of its own
SHORTEST_WITHOUT_CUE = 6  # words
EDGES = " \t\r\n\u00a0,;:—–-\"“”„‟«»`'‘’("


def _finish(text: str, draft: Draft, quotations: Sequence[Quotation]) -> list[Attribution]:
    """Return the attribution of a draft, its content trimmed; nothing if nothing is left of it."""
    pieces = [
        piece for piece in (_strip(text, *span) for span in sorted(draft.content)) if piece[0] < piece[1]
    ]
    if not pieces:
        return []
    quoted = _find_quoted(pieces, draft.cue_span, quotations)
    if (
        draft.cue_span is None
        and draft.confidence is None
        and _count_words(text, pieces) < SHORTEST_WITHOUT_CUE
    ):
        return []
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
            draft.cue.lemma if draft.cue else None,
            draft.cue.act if draft.cue else "statement",
            draft.is_negated,
            rate(draft),
        )
    ]


def rate(draft: Draft) -> float:
    """Return how likely a draft is right: as often as its cue is one, unless something knew better."""
    if draft.confidence is not None:
        return draft.confidence
    return draft.cue.precision[draft.frame] if draft.cue else WITHOUT_CUE


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
