"""Join what the language model finds with what the rules find.

Ruiz said Marin had told her that it was over. The model, trained on outer attributions alone, finds that Ruiz
said; the rules find that within it Marin told. The model decides who, which cue and which words; the rules
know the lemma of a cue, whether it is negated and who is addressed, read what lies inside a content, and keep
each quotation that the scanner saw.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipelines.text.attributions import Draft, rate
from pipelines.text.cues import Cue, Lexicon

Span = tuple[int, int]
SIDE_CLAUSE = re.compile(r",?\s+even as\s(?=[^\"”“]*$)", re.IGNORECASE)  # outside of quotation marks
MARKS = ("”", '"', "“", "„", "«", "»")  # either way, for some are turned the wrong way
UNCONFIRMED = 0.3  # of its confidence stays with a quotation that the model takes for no attribution


@dataclass(frozen=True, slots=True)
class Learned:
    """An attribution that the language model found."""

    content: tuple[Span, ...]
    cue: Span | None
    source: Span | None
    confidence: float


def merge_drafts(
    text: str, drafts: Sequence[Draft], learned: Sequence[Learned], lexicon: Lexicon
) -> list[Draft]:
    """Return one draft for each learned attribution, and those of the rules that add to them."""
    learned = [_complete(text, found, drafts) for found in learned]
    taken: set[int] = set()
    merged = []
    for found in learned:
        place = _find_twin(found, drafts, taken)
        if place is not None:
            taken.add(place)
        merged.append(_join(text, found, None if place is None else drafts[place], lexicon))
    contents = sorted(span for found in learned for span in found.content)
    cues = {found.cue for found in learned}
    for place, draft in enumerate(drafts):
        if place not in taken and draft.cue_span not in cues:
            merged += [_go_on(text, kept, contents, drafts) for kept in _keep(text, draft, contents)]
    return merged


def _complete(text: str, found: Learned, drafts: Sequence[Draft]) -> Learned:
    """Lengthen a content that breaks off after a noun by that noun's clause: "his demand | that they go"."""
    start, end = found.content[-1]
    for draft in drafts:
        if draft.cue_span and start <= draft.cue_span[0] and draft.cue_span[1] == end and draft.content:
            first, last = draft.content[0]
            if first > end and not text[end:first].strip() and text.startswith("that ", first):
                return replace(found, content=(*found.content[:-1], (start, last)))
    return found


def _find_twin(found: Learned, drafts: Sequence[Draft], taken: set[int]) -> int | None:
    """Return the place of the draft that shares most of the content, of those with the same cue or none."""
    best: tuple[int, int] | None = None
    for place, draft in enumerate(drafts):
        if place not in taken and _same_cue(found.cue, draft.cue_span):
            shared = _overlap(found.content, draft.content)
            if (shared or found.cue) and (best is None or shared > best[0]):
                best = (shared, place)
    return None if best is None else best[1]


def _same_cue(one: Span | None, other: Span | None) -> bool:
    if one is None or other is None:
        return one is other
    return one[0] < other[1] and other[0] < one[1]


def _join(text: str, found: Learned, twin: Draft | None, lexicon: Lexicon) -> Draft:
    content = [_cut_side_clause(text, piece) for piece in _close_gaps(text, found.content)]
    if twin and _is_fragment(text, content, twin.content):
        ((start, end),) = twin.content
        content = [(start, start + len(text[start:end].partition(",")[0]))]  # without an aside
    if twin is None:
        cue = _name_cue(text, found.cue, lexicon) if found.cue else None
        return Draft(cue, "clause", found.cue, found.source, None, content, False, False, found.confidence)
    content += [
        piece
        for piece in twin.content
        if twin.frame == "quotation" and _ends_at_cue(text, piece, twin) and not _overlap([piece], content)
    ]
    return replace(
        twin, cue_span=found.cue, source=found.source, content=sorted(content), confidence=found.confidence
    )


def _is_fragment(text: str, content: Sequence[Span], whole: Sequence[Span]) -> bool:
    """Tell whether the model saw but the article of what the rules see: "the" of "the call"."""
    is_article = len(content) == 1 and text[slice(*content[0])].lower() in ("a", "an", "the")
    return is_article and len(whole) == 1 and whole[0][0] == content[0][0]


def _close_gaps(text: str, pieces: Sequence[Span]) -> list[Span]:
    """Join pieces with nothing but white space between them: "warned [Vogt] [that it was late]"."""
    joined: list[Span] = []
    for start, end in sorted(pieces):
        if joined and not text[joined[-1][1] : start].strip():
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined


def _cut_side_clause(text: str, piece: Span) -> Span:
    """Cut what the reporter adds: in "he said the door is open even as troops gather" the troops are not his.

    PolNeAR's annotators, whom the model follows, leave such a clause out three times in five.
    """
    side = SIDE_CLAUSE.search(text, *piece)
    return (piece[0], side.start()) if side else piece


def _name_cue(text: str, cue: Span, lexicon: Lexicon) -> Cue | None:
    """Return the cue of the last word of the span that the lexicon knows."""
    for word in reversed(text[slice(*cue)].lower().split()):
        if word in lexicon.verbs:
            return lexicon.verbs[word][0].cue
        if word in lexicon.nouns:
            return lexicon.nouns[word]
    return None


def _keep(text: str, draft: Draft, contents: Sequence[Span]) -> list[Draft]:
    """Keep a draft of the rules inside a learned content, and a quotation that no learned one contests."""
    places = [*draft.content, *([draft.cue_span] if draft.cue_span else [])]
    low, high = min(start for start, _ in places), max(end for _, end in places)
    if any(start <= low and high <= end and (start, end) != (low, high) for start, end in contents):
        return [draft]
    if inner := _clip(draft, contents):
        return [inner]
    if draft.frame == "quotation" and (
        not _overlap(draft.content, contents) or _is_around(text, draft, contents)
    ):
        return [replace(draft, confidence=UNCONFIRMED * rate(draft))]
    return []


def _go_on(text: str, draft: Draft, contents: Sequence[Span], drafts: Sequence[Draft]) -> Draft:
    """Lengthen to its end the report with which a quotation opens: “Marin replied that it was late. She …”

    Only for a source and a "that" right at the opening, and where no other cue follows; elsewhere the second
    sentence is mostly the outer speaker's own.
    """
    if draft.source is None or draft.frame != "clause" or not text.startswith("that ", draft.content[0][0]):
        return draft
    for start, end in contents:
        opens = start <= draft.source[0] and text[max(0, start - 1) : draft.source[0]].strip() in MARKS
        rest = (draft.content[-1][1], end)
        if opens and rest[0] < end and not any(_overlap([d.cue_span or (0, 0)], [rest]) for d in drafts):
            return replace(draft, content=[*draft.content[:-1], (draft.content[-1][0], end)])
    return draft


def _clip(draft: Draft, contents: Sequence[Span]) -> Draft | None:
    """Return the part of a draft that lies in the learned content around its cue, if it goes on outside."""
    cue = draft.cue_span
    for start, end in contents if cue else ():
        if cue and start <= cue[0] and cue[1] <= end:
            inner = [(low, min(high, end)) for low, high in draft.content if start <= low < end]
            return replace(draft, content=inner) if inner else None
    return None


def _is_around(text: str, draft: Draft, contents: Sequence[Span]) -> bool:
    """Tell whether a quotation ends at its cue and holds in full each learned content that it touches.

    Marin stressed that it was late,” said Ruiz: where an opening mark is lost, the model sees Marin alone.
    """
    low, high = draft.content[0][0], draft.content[-1][1]
    touched = [span for span in contents if span[0] < high and low < span[1]]
    return _ends_at_cue(text, draft.content[-1], draft) and all(
        low <= start and end <= high and (start, end) != (low, high) for start, end in touched
    )


def _ends_at_cue(text: str, piece: Span, draft: Draft) -> bool:
    """Tell whether nothing but a closing mark stands between a piece and who said it: …,” said Ruiz."""
    if draft.cue_span is None or draft.source is None:
        return False
    teller = min(draft.cue_span, draft.source)[0]
    return (
        piece[1] <= teller
        and not text[piece[1] : teller].strip()
        and text[piece[0] : teller].rstrip().endswith(MARKS)
    )


def _overlap(one: Sequence[Span], other: Sequence[Span]) -> int:
    return sum(max(0, min(a[1], b[1]) - max(a[0], b[0])) for a in one for b in other)
