"""Find the cues of a line and, for each, its verb group, its subject, and the side its content stands on.

In "But officials have since said on Monday that talks go on" the cue "said" has the group "have since said" and
the subject "officials", and its content follows. Places are those of the line's words, end exclusive.
"""

from collections.abc import Collection, Sequence, Set
from dataclasses import dataclass, replace

from pipelines.text import phrases
from pipelines.text.cues import Cue, CueForm, Lexicon
from pipelines.text.phrases import (
    ADVERB, APOSTROPHE, AUXILIARY, BRACKET, COLON, COMMA, COORDINATOR, DASH, DETERMINER, HYPHEN, MARK, NAME,
    NEGATION, NUMBER, PREPOSITION, PRONOUN, QUOTATION, RELATIVE, STOP, SUBORDINATOR, VERB, WORD, Line,
)  # fmt: skip

BE = frozenset(
    ("is", "are", "was", "were", "be", "been", "being", "'s", "’s", "'re", "’re", "am", "'m", "’m")
)
LEADING_IN = frozenset(
    (
        "went",
        "goes",
        "go",
        "came",
        "continued",
        "continues",
        "sought",
        "seeks",
        "tried",
        "tries",
        "began",
        "used",
    )
)
"""Verbs before "to say" that leave its subject alone: "went on to say"."""
STANDING_ALONE = frozenset(
    ("another", "one", "some", "many", "most", "several", "few", "others", "all", "each", "both", "neither")
    + ("either", "two", "three", "four", "this", "that", "these", "those", "more")
)
"""Determiners that can be a subject: "some say"."""
PLURAL = STANDING_ALONE - {"another", "one", "each", "neither", "either", "this", "that"} | {
    "they", "we", "i", "you", "people", "police",
}  # fmt: skip
RELATIVE_CUES = frozenset(
    ("say", "says", "said", "think", "thinks", "believe", "believes", "claim", "claims", "hope")
)
"""Cues that another verb can follow: "which officials say became tense"."""
TIME_CLAUSES = frozenset(("as", "when", "while", "after", "before", "during"))
CUE_PREPOSITIONS = frozenset(
    ("of", "for", "about", "on", "over", "against", "with", "at", "by", "toward", "towards")
)
"""Prepositions that belong to a noun or adjective cue: "criticism of", "nervous about"."""
POSSESSIVES = frozenset(("his", "her", "their", "its", "our", "my", "your"))
ANY_VERB = "any verb"  # the row of the cue list for verbs that are not on it
LONGEST_LABEL = 5  # words before the colon of "The White House: Talks will go on"


@dataclass(frozen=True, slots=True)
class Occurrence:
    """A cue in its line."""

    cue: Cue
    inflection: str  # base, present, past, participle, gerund; adjective, noun, phrase
    group_start: int  # "has" in "has long denied"
    end: int  # past the cue
    subject: tuple[int, int] | None
    start: int  # where cue and subject begin
    rest: int  # where cue, inverted subject and addressee end
    is_trailing: bool = False  # the content stands before: "…, he said"
    is_passive: bool = False
    shares_subject: bool = False  # "… and said", "…, saying"
    addressee: tuple[int, int] | None = None


def find_occurrences(line: Line, last: int, lexicon: Lexicon) -> list[Occurrence]:
    """Return the cues among the first `last` words of a line, in order."""
    found: list[Occurrence] = []
    is_headline = line.kinds.count(NAME) > line.kinds.count(WORD) + line.kinds.count(VERB)
    i = 0
    while i < last:
        occurrence = None
        if line.words[i] == "according" and line.word(i + 1) == "to":
            occurrence = _read_according(line, last, i, lexicon)
        elif line.kinds[i] == COLON:
            occurrence = _read_label(line, last, i, lexicon)
        elif line.kinds[i] in (WORD, VERB) or (line.kinds[i] == NAME and (i == 0 or is_headline)):
            forms = lexicon.verb_at(line, i)
            if forms:
                occurrence = _read_verb(line, last, i, forms, found, lexicon.says)
            elif line.kinds[i] == VERB:
                occurrence = _read_any_verb(line, last, i, found, lexicon)
            if occurrence is None and line.words[i] in lexicon.nouns:
                occurrence = _read_noun(line, last, i, lexicon.nouns[line.words[i]])
        if occurrence is not None:
            found.append(occurrence)
        i = occurrence.end if occurrence else i + 1
    return found


def _read_according(line: Line, last: int, i: int, lexicon: Lexicon) -> Occurrence | None:
    """Read "according to the ministry"."""
    end = phrases.noun_phrase_after(line, i + 2, last, is_long=True)
    if end is None:
        return None
    end = phrases.aside_end(line, end, last) if i else end
    cue = lexicon.phrases["according to"]
    return Occurrence(cue, "phrase", i, i + 2, (i + 2, end), i, end, is_trailing=True)


def _read_label(line: Line, last: int, i: int, lexicon: Lexicon) -> Occurrence | None:
    """Read the name before a colon at the start of a line: "WALLACE: …", "Report: …"."""
    is_label = 0 < i <= LONGEST_LABEL and i + 2 < last and all(kind == NAME for kind in line.kinds[:i])
    return Occurrence(lexicon.phrases[":"], "phrase", i, i + 1, (0, i), 0, i + 1) if is_label else None


def _read_noun(line: Line, last: int, i: int, cue: Cue) -> Occurrence | None:
    """Read "his claim that …", "Ruiz's sharp criticism of …", "warnings from officials that …"."""
    end, source = i + 1, None
    owner = i - 1
    while owner > i - 3 and line.kind(owner) in (WORD, ADVERB):
        owner -= 1
    if line.word(owner) in POSSESSIVES:
        source = (owner, owner + 1)
    elif line.word(owner) in phrases.POSSESSIVE_ENDINGS or line.kind(owner) == APOSTROPHE:
        source = phrases.noun_phrase_before(line, owner)
    elif line.word(end) in ("from", "by"):
        source_end = _short_phrase_end(line, end + 1, last)
        if source_end is not None:
            source, end = (end + 1, source_end), source_end
    if source is None:
        return None
    if line.word(end) in CUE_PREPOSITIONS or (line.word(end) in BE and line.word(end + 1) == "that"):
        end += 1
    elif line.word(end) not in ("that", "to"):
        return None
    return Occurrence(cue, "noun", i, i + 1 if source[0] > i else end, source, min(source[0], i), end)


def _short_phrase_end(line: Line, start: int, last: int) -> int | None:
    """Return the end of a phrase without prepositions: "Ruiz and two aides"."""
    end = phrases.noun_phrase_after(line, start, last, is_long=False)
    if end is not None and line.word(end) == "and":
        return phrases.noun_phrase_after(line, end + 1, last, is_long=False) or end
    return end


def _read_verb(
    line: Line,
    last: int,
    i: int,
    forms: Sequence[CueForm],
    found: Sequence[Occurrence],
    says: Collection[str],
) -> Occurrence | None:
    """Read the verb or adjective at `i`; none where it is no cue."""
    cue, end = forms[0].cue, i + 1 + len(forms[0].rest)
    inflections = {form.inflection for form in forms}
    group = _group_start(line, i, inflections)
    if line.words[i] in LEADING_IN and line.word(end) == "to" and line.word(end + 1) in says:
        return None
    if group is None or _is_noun(line, i, group, inflections):
        return None
    helpers = line.words[group:i]
    has_be = not BE.isdisjoint(helpers)
    if "adjective" in inflections:
        if not has_be and line.word(group - 1) not in ("seems", "seemed", "seem", "feels", "felt"):
            return None
        end += line.word(end) in CUE_PREPOSITIONS
    if _is_fronted_passive(line, i, end, inflections, cue):
        return Occurrence(cue, "participle", i, end, None, i, end, is_passive=True)
    is_passive = cue.kind == "seeming" or (has_be and "participle" in inflections)
    is_gerund = "gerund" in inflections and not has_be
    before = line.kind(group - 1)
    shares = _is_coordinated(line, group) or (is_gerund and before not in (WORD, NAME, PRONOUN, RELATIVE))
    inflection = _first(inflections)
    if before == MARK:
        before = COMMA if line.kind(group - 2) in (COMMA, STOP) else line.kind(group - 2)
    if not helpers and not is_gerund and not is_passive and before in (COMMA, QUOTATION, STOP):
        inverted = _subject_after(line, end, last)
        if inverted is not None:
            return Occurrence(cue, inflection, group, end, inverted, group, inverted[1], is_trailing=True)
    subject = _shared_subject(line, group, found) if shares else phrases.subject_before(line, group)
    if subject is None or not (shares or helpers or _agrees(line, subject, inflections)):
        return None
    start = group if shares else subject[0]
    addressee = _addressee(line, end, last) if cue.takes_addressee and not is_passive else None
    rest = addressee[1] if addressee else end
    is_trailing = not shares and not is_passive and _is_trailing(line, start, rest, last)
    return Occurrence(
        cue, inflection, group, end, subject, start, rest, is_trailing, is_passive, shares, addressee
    )


def _read_any_verb(
    line: Line, last: int, i: int, found: Sequence[Occurrence], lexicon: Lexicon
) -> Occurrence | None:
    """Read a verb that is no cue elsewhere, right beside a quotation: “No,” Ruiz shrugged."""
    cue = replace(lexicon.phrases[ANY_VERB], lemma=line.words[i])
    occurrence = _read_verb(line, last, i, [CueForm(cue, "past", ())], found, lexicon.says)
    if occurrence is None:
        return None
    is_before = line.kind(i + 1) in (COMMA, COLON) and line.kind(i + 2) == QUOTATION
    is_after = occurrence.is_trailing and line.kind(occurrence.start - 1) == QUOTATION
    return occurrence if is_before or is_after else None


def _is_coordinated(line: Line, group: int) -> bool:
    """Whether "and" stands before the group, with or without an aside: "and, in turn, accused"."""
    if line.kind(group - 1) != COMMA:
        return line.kind(group - 1) == COORDINATOR
    opening = next((i for i in range(group - 2, max(group - 7, 0), -1) if line.kinds[i] == COMMA), 0)
    return line.kind(opening - 1) == COORDINATOR


def _group_start(line: Line, verb: int, inflections: Collection[str]) -> int | None:
    """Return where the group of the verb starts: at "went" in "then went on to say"; none for other "to say"."""
    group = phrases.verb_group_start(line, verb)
    if line.word(group - 1) != "to" or "base" not in inflections:
        return group
    leading = group - 3 if line.word(group - 2) == "on" else group - 2
    return phrases.verb_group_start(line, leading) if line.word(leading) in LEADING_IN else None


def _is_noun(line: Line, i: int, group: int, inflections: Collection[str]) -> bool:
    """Whether a cue form is a noun or an adjective of a noun here: "the claims", "a proposed ban"."""
    before, word_before = line.kind(i - 1), line.word(i - 1)
    if before == DETERMINER and word_before not in STANDING_ALONE:
        return True
    if (
        word_before in phrases.POSSESSIVE_ENDINGS
        and "gerund" not in inflections
        and "adjective" not in inflections
    ):
        return True
    if before == APOSTROPHE or HYPHEN in (before, line.kind(i + 1)):
        return True
    if before == PREPOSITION and "gerund" not in inflections:
        return word_before != "to" or "base" not in inflections
    after = line.kind(i + 1)
    is_before_verb = after in (AUXILIARY, VERB) and line.word(i + 1) not in phrases.POSSESSIVE_ENDINGS
    return is_before_verb and group == i and line.words[i] not in RELATIVE_CUES


def _is_fronted_passive(line: Line, i: int, end: int, inflections: Collection[str], cue: Cue) -> bool:
    """Whether this is "Asked whether …" or "when asked about …"."""
    return (
        cue.takes_addressee
        and "participle" in inflections
        and line.kind(i - 1) in (STOP, SUBORDINATOR, COMMA)
        and line.word(end) in ("if", "whether", "about", "by", "how", "why", "what", "that")
    )


def _first(inflections: Collection[str]) -> str:
    order = ("gerund", "past", "present", "participle", "base", "adjective")
    return next(inflection for inflection in order if inflection in inflections)


def _subject_after(line: Line, start: int, last: int) -> tuple[int, int] | None:
    """Return the subject that follows its verb: "…, said Ana Ruiz, a lawyer, on Monday"."""
    name_end = phrases.noun_phrase_after(line, start, last, is_long=True)
    if name_end is None:
        return None
    end = phrases.aside_end(line, name_end, last)
    stop = phrases.after_adjuncts(line, end, last)
    is_whole = stop >= last or line.kinds[stop] in (COMMA, SUBORDINATOR, QUOTATION, DASH, COLON, BRACKET)
    return (start, end) if is_whole else None


def _agrees(line: Line, subject: tuple[int, int], inflections: Set[str]) -> bool:
    """Whether "officials say" or "Moscow says" agree in number, as far as the last word tells."""
    final, kind = line.words[subject[1] - 1], line.kinds[subject[1] - 1]
    if inflections & {"past", "gerund"} or final in ("who", "which", "that"):
        return True
    is_plural = final in PLURAL or kind == NUMBER
    if "base" in inflections:
        is_say = line.word(subject[1]) in RELATIVE_CUES and kind != NAME  # "people briefed on the plan say"
        return is_plural or final.endswith("s") or is_say or "and" in line.words[slice(*subject)]
    return not is_plural and (kind == NAME or not final.endswith("s") or final.endswith("ss"))


def _shared_subject(line: Line, group: int, found: Sequence[Occurrence]) -> tuple[int, int] | None:
    """Return the subject that "and said" or ", saying" takes from a verb before it."""
    for occurrence in reversed(found):
        if occurrence.subject is None or occurrence.inflection in ("phrase", "noun"):
            continue
        between = line.kinds[occurrence.group_start : group]
        is_over = (
            line.word(occurrence.subject[0]) in phrases.RELATIVES and COMMA in between
        )  # a relative clause
        if not is_over and between.count(MARK) % 2 == 0:  # the verb does not stand inside a quotation
            return occurrence.subject
    for i in range(group):
        if line.kinds[i] in (AUXILIARY, VERB):
            return phrases.subject_before(line, phrases.verb_group_start(line, i))
    return None


def _addressee(line: Line, start: int, last: int) -> tuple[int, int] | None:
    end = phrases.noun_phrase_after(line, start, last, is_long=False)
    if end is None or line.kind(end) in (AUXILIARY, VERB, NEGATION):
        return None
    return start, end


def _is_trailing(line: Line, start: int, rest: int, last: int) -> bool:
    """Whether the content stands before "he said": a clause and a comma, a quotation, or the line before."""
    if line.word(start - 1) == "…," and line.word(rest) != "that":
        return True  # “No,” he said in a letter that went to all
    stop = phrases.after_adjuncts(line, rest, last)
    goes_on = line.kind(stop) not in (COMMA, QUOTATION, DASH, STOP) and line.word(stop) not in TIME_CLAUSES
    if stop < last and goes_on:
        return False
    before = line.kind(start - 1)
    if before == QUOTATION or line.kind(start - 2) == QUOTATION:
        return True
    following = line.kind(stop + 1 if line.kind(stop) == COMMA else stop)
    if following == QUOTATION:
        return False
    if start == 0:
        return stop >= last
    if before not in (COMMA, DASH, MARK) or phrases.is_who(line, start):
        return False
    return line.kinds[0] != SUBORDINATOR and phrases.has_finite_verb(line, 0, start)
