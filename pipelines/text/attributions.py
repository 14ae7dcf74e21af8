"""Find who is said to have said what: source, cue and content of each attribution in news text.

"Taxes will fall, Marin told reporters." is one attribution: source "Marin", cue "told",
addressee "reporters", content "Taxes will fall". There is no parser: cues come from a lexicon, phrases from
closed-class words and word order, and quotations count as one word.
All offsets are character offsets into the text, end exclusive.
"""

from bisect import bisect_left
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Doc

from pipelines.schemas import READ_PASSAGE_TYPES
from pipelines.text import phrases
from pipelines.text.cues import Cue, CueForm, Lexicon
from pipelines.text.lines import Words, read_words, split_lines
from pipelines.text.phrases import (
    ADVERB,
    AUXILIARY,
    COLON,
    COMMA,
    COORDINATOR,
    DASH,
    DETERMINER,
    MARK,
    NAME,
    NEGATION,
    OBJECT_PRONOUN,
    PREPOSITION,
    PRONOUN,
    QUOTATION,
    RELATIVE,
    STOP,
    SUBORDINATOR,
    TIME,
    VERB,
    WORD,
    Line,
)  # fmt: skip
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


@dataclass(frozen=True, slots=True)
class Occurrence:
    """A cue in its line: the places of its words, its subject, and the side on which its content stands."""

    cue: Cue
    inflection: str
    group_start: int  # "has" in "has long denied"
    end: int  # past the cue
    subject: tuple[int, int] | None
    start: int  # where cue and subject begin
    rest: int  # where cue, inverted subject and addressee end
    is_trailing: bool  # the content stands before: "…, he said"
    is_passive: bool
    shares_subject: bool  # "… and said", "…, saying"
    addressee: tuple[int, int] | None


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
    while last and line.kinds[last - 1] == STOP:
        last -= 1
    occurrences = _find_occurrences(line, last, lexicon)
    drafts = []
    for k, occurrence in enumerate(occurrences):
        read = _read_content(line, last, occurrences, k)
        if read is None:
            continue
        frame, pieces = read
        if frame not in occurrence.cue.precision:
            continue
        drafts.append(
            Draft(
                occurrence.cue,
                frame,
                _span(line, (occurrence.group_start, occurrence.end)),
                _span(line, occurrence.subject) if occurrence.subject and not occurrence.is_passive else None,
                _span(line, occurrence.addressee) if occurrence.addressee else None,
                [_span(line, piece) for piece in pieces],
                NEGATION in line.kinds[occurrence.group_start : occurrence.end],
                bool(pieces) and line.kinds[pieces[-1][1] - 1] in (QUOTATION, MARK),
            )
        )
    return drafts


def _span(line: Line, places: tuple[int, int]) -> tuple[int, int]:
    return line.starts[places[0]], line.ends[places[1] - 1]


BE = frozenset(
    ["is", "are", "was", "were", "be", "been", "being", "'s", "’s", "'re", "’re", "am", "'m", "’m"]
)
LEADING_IN = frozenset(
    [
        "went",
        "goes",
        "go",
        "continued",
        "continues",
        "came",
        "sought",
        "seeks",
        "tried",
        "tries",
        "began",
        "begins",
        "used",
    ]
)
"""Verbs before "to say" that leave its subject alone: "went on to say"."""
BE_CONTRACTED = frozenset(("'s", "’s"))
RELATIVE_CUES = frozenset(
    ("say", "says", "said", "think", "thinks", "believe", "believes", "claim", "claims", "hope")
)
"""Cues that a verb can follow: "which officials say became tense"."""
ONLY_PLURAL = frozenset(
    [
        "they",
        "we",
        "i",
        "you",
        "who",
        "some",
        "many",
        "others",
        "most",
        "several",
        "few",
        "both",
        "people",
        "police",
        "officials",
    ]
)


def _find_occurrences(line: Line, last: int, lexicon: Lexicon) -> list[Occurrence]:
    found: list[Occurrence] = []
    is_headline = line.kinds.count(NAME) > line.kinds.count(WORD) + line.kinds.count(VERB)
    i = 0
    while i < last:
        occurrence = None
        if line.words[i] == "according" and line.word(i + 1) == "to":
            occurrence = _read_according(line, last, i, lexicon)
        elif line.kinds[i] in (WORD, VERB) or (line.kinds[i] == NAME and (i == 0 or is_headline)):
            forms = lexicon.verb_at(line, i)
            occurrence = _read_verb(line, last, i, forms, found) if forms else None
        if occurrence is not None:
            found.append(occurrence)
            i = occurrence.end
        else:
            i += 1
    return found


def _read_according(line: Line, last: int, i: int, lexicon: Lexicon) -> Occurrence | None:
    end = phrases.noun_phrase_after(line, i + 2, last, is_long=True)
    if end is None:
        return None
    cue = lexicon.phrases["according to"]
    end = phrases.aside_end(line, end, last) if i else end
    return Occurrence(cue, "phrase", i, i + 2, (i + 2, end), i, end, True, False, False, None)


def _read_verb(
    line: Line, last: int, i: int, forms: Sequence[CueForm], found: Sequence[Occurrence]
) -> Occurrence | None:
    """Read the verb at `i`: its group, its subject, whom it addresses; none where it is no cue."""
    cue, end = forms[0].cue, i + 1 + len(forms[0].rest)
    inflections = {form.inflection for form in forms}
    group = phrases.verb_group_start(line, i)
    helpers = line.words[group:i]
    is_progressive = "gerund" in inflections and not BE.isdisjoint(helpers)
    is_gerund = "gerund" in inflections and not is_progressive
    is_passive = "participle" in inflections and not BE.isdisjoint(helpers)
    if line.word(group - 1) == "to" and "base" in inflections:
        if line.word(group - 2) in LEADING_IN:
            group -= 2
        elif line.word(group - 2) == "on" and line.word(group - 3) in LEADING_IN:
            group -= 3
        else:
            return None
        group = phrases.verb_group_start(line, group)
    before = line.kind(group - 1)
    if _is_noun(line, i, group, inflections, helpers):
        return None
    shares = before == COORDINATOR or (is_gerund and before not in (WORD, NAME, PRONOUN, RELATIVE))
    start, rest, subject = group, end, None
    if not helpers and not is_gerund and before in (COMMA, QUOTATION, STOP, MARK):
        after = phrases.noun_phrase_after(line, end, last, is_long=True)
        if after is not None:
            whole = phrases.aside_end(line, after, last)
            stop = phrases.after_adjuncts(line, whole, last)
            if stop >= last or line.kinds[stop] in (COMMA, SUBORDINATOR, QUOTATION, DASH, COLON):
                subject, rest = (end, whole), whole
    is_inverted = subject is not None
    if not is_inverted and shares:
        subject = _shared_subject(line, group, found)
    elif not is_inverted:
        subject = phrases.subject_before(line, group)
        start = subject[0] if subject else group
        if subject and not helpers and not _agrees(line, subject, inflections):
            return None
    if subject is None:
        return None
    addressee = None
    if cue.takes_addressee and not is_passive and not is_inverted:
        addressee = _addressee(line, end, last)
        rest = addressee[1] if addressee else rest
    stop = phrases.after_adjuncts(line, rest, last)
    ends = (
        stop >= last
        or line.kinds[stop] in (COMMA, QUOTATION, DASH)
        or line.words[stop] in ("as", "when", "while", "after", "before", "during")
    )
    is_trailing = is_inverted or (
        ends
        and not shares
        and not is_passive
        and _follows_content(line, start)
        and not _leads_on(line, start, stop)
    )
    return Occurrence(
        cue, _one(inflections), group, end, subject, start, rest, is_trailing, is_passive, shares, addressee
    )


def _follows_content(line: Line, start: int) -> bool:
    """Whether content can stand before a subject at `start`: a clause and a comma, a quotation, or nothing."""
    before = line.kind(start - 1)
    if start == 0 or before == QUOTATION or line.kind(start - 2) == QUOTATION:
        return True
    if before not in (COMMA, DASH, MARK) or phrases.is_who(line, start):
        return False
    return phrases.has_finite_verb(line, 0, start) and line.kinds[0] != SUBORDINATOR


def _leads_on(line: Line, start: int, stop: int) -> bool:
    """Whether a quotation after "he said," is the content, not what stands before."""
    follows = line.kind(stop + 1 if line.kind(stop) in (COMMA, COLON) else stop)
    before = QUOTATION in (line.kind(start - 1), line.kind(start - 2))
    return follows == QUOTATION and not before


def _one(inflections: set[str]) -> str:
    return next(name for name in ("gerund", "past", "present", "participle", "base") if name in inflections)


def _is_noun(line: Line, i: int, group: int, inflections: set[str], helpers: Sequence[str]) -> bool:
    """Whether a cue form is a noun or an adjective here: "the claims", "a proposed ban"."""
    before = line.kind(i - 1)
    if i and (
        before == DETERMINER or line.word(i - 1) in phrases.POSSESSIVE_ENDINGS or before == phrases.APOSTROPHE
    ):
        return True
    if before == PREPOSITION and "gerund" not in inflections:
        return line.word(group - 1) != "to" or "base" not in inflections
    if phrases.HYPHEN in (line.kind(i - 1), line.kind(i + 1)):
        return True
    follows = line.kind(i + 1) in (AUXILIARY, VERB) and line.word(i + 1) not in BE_CONTRACTED
    return follows and not helpers and line.words[i] not in RELATIVE_CUES


def _agrees(line: Line, subject: tuple[int, int], inflections: Collection[str]) -> bool:
    """Whether "officials say" or "Moscow says" agree in number, as far as the last word tells."""
    final = line.words[subject[1] - 1]
    if "past" in inflections or "gerund" in inflections or final in ("who", "which", "that"):
        return True
    is_name = line.kinds[subject[1] - 1] == NAME
    is_plural = final in ONLY_PLURAL or "and" in line.words[subject[0] : subject[1]]
    if "base" in inflections:
        return is_plural or final.endswith("s") or is_name
    return not is_plural and (is_name or not final.endswith("s") or final.endswith("ss"))


def _shared_subject(line: Line, group: int, found: Sequence[Occurrence]) -> tuple[int, int] | None:
    """Return the subject that "and said" or ", saying" takes from a verb before it."""
    for occurrence in reversed(found):
        if occurrence.subject is None:
            continue
        is_over = (
            line.kinds[occurrence.subject[0]] in (PRONOUN, RELATIVE)
            and COMMA in line.kinds[occurrence.end : group]
        )
        if not (is_over and line.words[occurrence.subject[0]] in ("who", "which", "that")):
            return occurrence.subject
    for i in range(group):
        if line.kinds[i] in (AUXILIARY, VERB):
            group_start = phrases.verb_group_start(line, i)
            return phrases.subject_before(line, group_start)
    return None


def _addressee(line: Line, start: int, last: int) -> tuple[int, int] | None:
    end = phrases.noun_phrase_after(line, start, last, is_long=False)
    if end is None or line.kind(end) in (AUXILIARY, VERB, NEGATION):
        return None
    return start, end


def _read_content(
    line: Line, last: int, occurrences: Sequence[Occurrence], k: int
) -> tuple[str, list[tuple[int, int]]] | None:
    occurrence = occurrences[k]
    if occurrence.is_trailing:
        return _content_before(line, last, occurrences, k)
    if occurrence.is_passive:
        return _content_of_passive(line, last, occurrences, k)
    return _content_after(line, last, occurrences, k)


def _content_before(
    line: Line, last: int, occurrences: Sequence[Occurrence], k: int
) -> tuple[str, list[tuple[int, int]]] | None:
    occurrence = occurrences[k]
    end = occurrence.start
    while end and line.kinds[end - 1] in (COMMA, DASH):
        end -= 1
    pieces = []
    frame = "quotation"
    if end and line.kinds[end - 1] == QUOTATION:
        pieces.append((end - 1, end))
    elif end:
        frame = "before"
        start = _content_start(line, end)
        if occurrence.inflection == "phrase" and start >= end:
            return None
        pieces.append((start, end))
    stop = phrases.after_adjuncts(line, occurrence.rest, last)
    if occurrence.inflection == "phrase":
        stop = occurrence.rest
        frame = "before"
    if line.kind(stop) in (COMMA, DASH) and stop + 1 < last:
        stop += 1
    if stop < last and line.kinds[stop] == QUOTATION:
        pieces.append((stop, stop + 1))
    elif stop < last and line.kind(stop - 1) in (COMMA, DASH) and (not pieces or frame == "before"):
        if line.kinds[stop] not in (SUBORDINATOR, COORDINATOR, VERB) and not line.words[stop].endswith("ing"):
            until = _content_end(line, stop, last, occurrences, k)
            if until > stop:
                pieces.append((stop, until))
    return frame, pieces


def _content_start(line: Line, end: int) -> int:
    start = 0
    while start < end and line.kinds[start] in (COORDINATOR, MARK):
        start += 1
    return start


def _content_of_passive(
    line: Line, last: int, occurrences: Sequence[Occurrence], k: int
) -> tuple[str, list[tuple[int, int]]] | None:
    occurrence = occurrences[k]
    end = _content_end(line, occurrence.end, last, occurrences, k)
    if occurrence.subject is None or end <= occurrence.end:
        return None
    if occurrence.cue.takes_addressee:
        return "passive", [(occurrence.end, end)]
    return "passive", [occurrence.subject, (occurrence.end, end)]


def _content_after(
    line: Line, last: int, occurrences: Sequence[Occurrence], k: int
) -> tuple[str, list[tuple[int, int]]] | None:
    occurrence = occurrences[k]
    start = _after_cue(line, occurrence.rest, last)
    if start >= last:
        return ("quotation", []) if occurrence.start == 0 else None
    if line.kinds[start] == QUOTATION:
        end = start + 1
        if line.kind(end) not in (COMMA, STOP, COORDINATOR) and end < last:
            end = _content_end(line, end, last, occurrences, k)
        return "quotation", [(start, max(end, start + 1))]
    end = _content_end(line, start, last, occurrences, k)
    if end <= start:
        return None
    if line.words[start] == "to" and line.kind(start + 1) not in (DETERMINER, NAME, PRONOUN, OBJECT_PRONOUN):
        return "infinitive", [(start, end)]
    opener = line.kinds[start] in (RELATIVE, SUBORDINATOR) or line.words[start] in ("that", "if")
    if opener or line.kind(start - 1) == COLON or phrases.has_finite_verb(line, start, end):
        return "clause", [(start, end)]
    return "object", [(start, end)]


def _after_cue(line: Line, start: int, last: int) -> int:
    """Return where the content starts after a cue: past "on Monday", "in an interview", commas and colons."""
    stop = phrases.after_adjuncts(line, start, last)
    if stop > start and (
        stop >= last
        or line.kinds[stop] in (COMMA, COLON, QUOTATION)
        or line.words[stop] in ("that", "whether")
    ):
        start = stop
    else:
        while start < last and (
            line.kinds[start] in (TIME, ADVERB)
            or (line.kinds[start] == PREPOSITION and line.kind(start + 1) == TIME)
        ):
            start += 1
    while start < last and line.kinds[start] in (COMMA, COLON, MARK, DASH):
        start += 1
    return start


def _content_end(line: Line, start: int, last: int, occurrences: Sequence[Occurrence], k: int) -> int:
    """Return where content that starts at `start` ends: before the next cue that is not part of it."""
    current = occurrences[k]
    for following in occurrences[k + 1 :]:
        edge = min(following.start, following.group_start)
        if edge <= start:
            continue
        if following.is_trailing and line.kind(edge - 1) in (COMMA, QUOTATION, DASH, STOP, WORD, NAME, MARK):
            return _trim(line, start, edge)
        if following.shares_subject and (
            line.kind(edge - 1) == COMMA
            or (line.kind(edge - 1) == COORDINATOR and following.inflection == current.inflection)
        ):
            return _trim(line, start, edge)
        if line.kind(edge - 1) in (COORDINATOR, SUBORDINATOR) and line.kind(edge - 2) == COMMA:
            return _trim(line, start, edge)
    return last


def _trim(line: Line, start: int, end: int) -> int:
    while end > start and line.kinds[end - 1] in (COMMA, COORDINATOR, SUBORDINATOR, DASH, STOP):
        end -= 1
    return end


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
