"""Find the cues of a line and, for each, its verb group, its subject, and the side its content stands on.

In "But officials have since said on Monday that talks go on" the cue "said" has the group "have since said"
and the subject "officials", and its content follows. Places are those of the line's words, end exclusive.
"""

from collections.abc import Sequence, Set
from dataclasses import dataclass, replace

from pipelines.text import phrases
from pipelines.text.cues import Cue, CueForm, Lexicon
from pipelines.text.phrases import (
    ADVERB,
    APOSTROPHE,
    AUXILIARY,
    BRACKET,
    COLON,
    COMMA,
    COORDINATOR,
    DASH,
    DETERMINER,
    HYPHEN,
    MARK,
    NAME,
    NEGATION,
    NUMBER,
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
)

BE = frozenset((
    "is", "are", "was", "were", "be", "been", "being", "'s", "’s", "'re", "’re", "am", "'m", "’m",
))  # fmt: skip
LEADING_IN = frozenset((
    "went", "goes", "go", "came", "continued", "continues", "sought", "seeks", "tried", "tries", "began",
    "used",
))  # fmt: skip
"""Verbs before "to say" that leave its subject alone: "went on to say"."""
PLURAL = frozenset((
    "some", "many", "most", "several", "few", "others", "all", "both", "two", "three", "four", "these",
    "those", "more",
))  # fmt: skip
STANDING_ALONE = PLURAL | frozenset(("another", "one", "each", "neither", "either", "this", "that"))
"""Determiners that can be a subject: "some say", "one says"."""
PLURAL_WORDS = PLURAL | {"they", "we", "i", "you", "people", "police"}
RELATIVE_CUES = frozenset((
    "say", "says", "said", "think", "thinks", "believe", "believes", "claim", "claims", "hope",
))  # fmt: skip
"""Cues that another verb can follow: "which officials say became tense"."""
TIME_CLAUSES = frozenset(("as", "when", "while", "after", "before", "during"))
CUE_PREPOSITIONS = frozenset((
    "of", "for", "about", "on", "over", "against", "with", "at", "by", "toward", "towards",
))  # fmt: skip
"""Prepositions that belong to a noun or adjective cue: "criticism of", "nervous about"."""
POSSESSIVES = frozenset(("his", "her", "their", "its", "our", "my", "your"))
INFLECTIONS = ("gerund", "past", "present", "participle", "base", "adjective")
"""Readings of a form, the likelier first: "put" is past rather than base."""
ANY_VERB = "any verb"  # the row of the cue list for verbs that are not on it
LONGEST_LABEL = 5  # words before the colon of "White House: Talks will go on"


@dataclass(frozen=True, slots=True)
class Occurrence:
    """A cue in its line."""

    cue: Cue
    inflection: str  # that of `Verb`; noun, phrase
    group_start: int  # "has" in "has long denied"
    end: int  # past the cue
    subject: tuple[int, int] | None
    start: int  # where cue and subject begin
    rest: int  # where cue, inverted subject and addressee end
    is_trailing: bool = False  # the content stands before: "…, he said"
    is_passive: bool = False
    shares_subject: bool = False  # "… and said", "…, saying"
    addressee: tuple[int, int] | None = None


def find_occurrences(line: Line, lexicon: Lexicon) -> list[Occurrence]:
    """Return the cues of a line, in order."""
    found: list[Occurrence] = []
    is_headline = line.kinds.count(NAME) > line.kinds.count(WORD) + line.kinds.count(VERB)
    i = 0
    while i < line.last:
        occurrence = None
        if line.words[i] == "according" and line.word(i + 1) == "to":
            occurrence = _read_according(line, i, lexicon)
        elif line.kinds[i] == COLON:
            occurrence = _read_label(line, i, lexicon)
        elif line.kinds[i] in (WORD, VERB) or (line.kinds[i] == NAME and (i == 0 or is_headline)):
            forms = lexicon.verb_at(line, i)
            if forms:
                occurrence = _read_verb(line, i, forms, found, lexicon)
            elif line.kinds[i] == VERB:
                occurrence = _read_any_verb(line, i, found, lexicon)
            if occurrence is None and line.words[i] in lexicon.nouns:
                occurrence = _read_noun(line, i, lexicon.nouns[line.words[i]])
        if occurrence is not None:
            found.append(occurrence)
        i = occurrence.end if occurrence else i + 1
    return found


def _read_according(line: Line, i: int, lexicon: Lexicon) -> Occurrence | None:
    """Read "according to the ministry"."""
    end = phrases.noun_phrase_after(line, i + 2, is_long=True)
    if end is None:
        return None
    end = phrases.aside_end(line, end) if i else end
    cue = lexicon.phrases["according to"]
    return Occurrence(cue, "phrase", i, i + 2, (i + 2, end), i, end, is_trailing=True)


def _read_label(line: Line, i: int, lexicon: Lexicon) -> Occurrence | None:
    """Read the name before a colon at the start of a line: "WALLACE: …", "Report: …"."""
    is_label = 0 < i <= LONGEST_LABEL and i + 2 < line.last and all(kind == NAME for kind in line.kinds[:i])
    return Occurrence(lexicon.phrases[":"], "phrase", i, i + 1, (0, i), 0, i + 1) if is_label else None


def _read_noun(line: Line, i: int, cue: Cue) -> Occurrence | None:
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
        source_end = _short_phrase_end(line, end + 1)
        if source_end is not None:
            source, end = (end + 1, source_end), source_end
    if source is None or line.kinds[source[1] - 1] == TIME:  # "Tuesday's call"
        return None
    if line.word(end) in CUE_PREPOSITIONS or (line.word(end) in BE and line.word(end + 1) == "that"):
        end += 1
    elif line.word(end) not in ("that", "to"):
        return None
    return Occurrence(cue, "noun", i, i + 1 if source[0] > i else end, source, min(source[0], i), end)


def _short_phrase_end(line: Line, start: int) -> int | None:
    """Return the end of a phrase without prepositions: "Ruiz and two aides"."""
    end = phrases.noun_phrase_after(line, start, is_long=False)
    if end is not None and line.word(end) == "and":
        return phrases.noun_phrase_after(line, end + 1, is_long=False) or end
    return end


def _read_verb(
    line: Line, i: int, forms: Sequence[CueForm], found: Sequence[Occurrence], lexicon: Lexicon
) -> Occurrence | None:
    """Read the verb or adjective at `i`; none where it is no cue."""
    verb = _find_verb(line, i, forms, lexicon)
    if verb is None:
        return None
    if verb.inflection == "fronted":
        return Occurrence(verb.cue, "fronted", i, verb.end, None, i, verb.end, is_passive=True)
    return _with_subject_after(line, verb) or _with_subject_before(line, verb, found)


def _read_any_verb(line: Line, i: int, found: Sequence[Occurrence], lexicon: Lexicon) -> Occurrence | None:
    """Read a verb that is no cue elsewhere, right beside a quotation: “No,” Ruiz shrugged."""
    cue = replace(lexicon.phrases[ANY_VERB], lemma=line.words[i])
    occurrence = _read_verb(line, i, [CueForm(cue, "past", ())], found, lexicon)
    if occurrence is None:
        return None
    is_before = line.kind(i + 1) in (COMMA, COLON) and line.kind(i + 2) == QUOTATION
    is_after = occurrence.is_trailing and line.kind(occurrence.start - 1) == QUOTATION
    return occurrence if is_before or is_after else None


@dataclass(frozen=True, slots=True)
class Verb:
    """A cue verb, with the helpers before it."""

    cue: Cue
    inflection: (
        str  # base, present, past, gerund, participle; adjective, passive, fronted ("Asked whether …")
    )
    group_start: int
    place: int
    end: int


def _find_verb(line: Line, i: int, forms: Sequence[CueForm], lexicon: Lexicon) -> Verb | None:
    cue, end = forms[0].cue, i + 1 + len(forms[0].rest)
    inflections = {form.inflection for form in forms}
    group = _group_start(line, i, inflections)
    is_chained = line.words[i] in LEADING_IN and line.word(end) == "to" and line.word(end + 1) in lexicon.says
    if group is None or is_chained or _is_noun(line, i, group, inflections):
        return None
    has_be = not BE.isdisjoint(line.words[group:i])
    inflection = min(inflections, key=INFLECTIONS.index)
    if inflection == "adjective":
        end += line.word(end) in CUE_PREPOSITIONS
        return Verb(cue, inflection, group, i, end) if has_be else None
    if cue.takes_addressee and "participle" in inflections and _is_fronted(line, i, end):
        inflection = "fronted"
    elif cue.kind == "seeming" or (
        "participle" in inflections and (has_be or _is_reduced(line, group, end, cue))
    ):
        inflection = "passive"
    elif has_be and inflection == "gerund":
        inflection = "present"  # "is saying"
    return Verb(cue, inflection, group, i, end)


def _with_subject_after(line: Line, verb: Verb) -> Occurrence | None:
    """Read "…, said Ana Ruiz, a lawyer, on Monday"."""
    place, before = verb.place - 1, line.kind(verb.place - 1)
    if before == MARK:  # “… part of a sentence,” said Ruiz
        place -= 1
        before = COMMA if line.kind(place) == STOP else line.kind(place)
    is_open = before in (COMMA, QUOTATION) or place < 0
    if verb.inflection in ("gerund", "passive", "adjective") or not is_open:
        return None
    name_end = phrases.noun_phrase_after(line, verb.end, is_long=True)
    if name_end is None:
        return None
    end = phrases.aside_end(line, name_end)
    stop = phrases.after_adjuncts(line, end)
    if stop < line.last and line.kinds[stop] not in (COMMA, SUBORDINATOR, QUOTATION, DASH, COLON, BRACKET):
        return None
    subject, start = (verb.end, end), verb.group_start
    return Occurrence(verb.cue, verb.inflection, start, verb.end, subject, start, end, is_trailing=True)


def _with_subject_before(line: Line, verb: Verb, found: Sequence[Occurrence]) -> Occurrence | None:
    """Read "Ruiz said", and ", saying" or "and said", which share the subject of another verb."""
    group = verb.group_start
    is_loose = verb.inflection == "gerund" and line.kind(group - 1) not in (WORD, NAME, PRONOUN, RELATIVE)
    shares = is_loose or _is_coordinated(line, group)
    subject = _shared_subject(line, group, found) if shares else phrases.subject_before(line, group)
    if subject is None or not (shares or group < verb.place or _agrees(line, subject, verb.inflection)):
        return None
    start, rest, addressee = group if shares else subject[0], verb.end, None
    is_passive = verb.inflection == "passive"
    if verb.cue.takes_addressee and not is_passive:
        addressee = _addressee(line, verb.end)
        rest = addressee[1] if addressee else rest
    return Occurrence(
        verb.cue,
        verb.inflection,
        group,
        verb.end,
        subject,
        start,
        rest,
        is_trailing=not shares and not is_passive and _is_trailing(line, start, rest),
        is_passive=is_passive,
        shares_subject=shares,
        addressee=addressee,
    )


def _is_coordinated(line: Line, group: int) -> bool:
    """Whether "and" stands before the group, with or without an aside: "and, in turn, accused"."""
    if line.kind(group - 1) == MARK:  # “told Ruiz to wait” and “made clear …”
        group -= 1
    if line.kind(group - 1) != COMMA:
        return line.kind(group - 1) == COORDINATOR
    opening = next((i for i in range(group - 2, max(group - 7, 0), -1) if line.kinds[i] == COMMA), 0)
    return line.kind(opening - 1) == COORDINATOR


def _group_start(line: Line, verb: int, inflections: Set[str]) -> int | None:
    """Return where the group of the verb starts: at "went" in "then went on to say"; none for "to say"."""
    group = phrases.verb_group_start(line, verb)
    if line.word(group - 1) != "to" or "base" not in inflections:
        return group
    leading = group - 3 if line.word(group - 2) == "on" else group - 2
    return phrases.verb_group_start(line, leading) if line.word(leading) in LEADING_IN else None


def _is_noun(line: Line, i: int, group: int, inflections: Set[str]) -> bool:
    """Whether a cue form is a noun or an adjective of a noun here: "the claims", "a proposed ban"."""
    before, word_before = line.kind(i - 1), line.word(i - 1)
    if before == DETERMINER and word_before not in STANDING_ALONE:
        return True
    if word_before in phrases.POSSESSIVE_ENDINGS and inflections.isdisjoint(("gerund", "adjective")):
        return True
    if before == APOSTROPHE or HYPHEN in (before, line.kind(i + 1)):
        return True
    if before == PREPOSITION and "gerund" not in inflections:
        return word_before != "to" or "base" not in inflections
    after = line.kind(i + 1)
    is_before_verb = after in (AUXILIARY, VERB) and line.word(i + 1) not in phrases.POSSESSIVE_ENDINGS
    return is_before_verb and group == i and line.words[i] not in RELATIVE_CUES


def _is_reduced(line: Line, group: int, end: int, cue: Cue) -> bool:
    """Whether this is the passive of "a plan opposed by Oslo"."""
    return "object" in cue.precision and line.word(end) == "by" and line.kind(group - 1) in (WORD, NAME)


def _is_fronted(line: Line, i: int, end: int) -> bool:
    """Whether this is "Asked whether …" or "when asked about …"."""
    opens = line.kind(i - 1) in (STOP, SUBORDINATOR, COMMA)
    return opens and line.word(end) in ("if", "whether", "about", "by", "how", "why", "what", "that")


def _agrees(line: Line, subject: tuple[int, int], inflection: str) -> bool:
    """Whether "officials say" or "Moscow says" agree in number, as far as the last word tells."""
    final, kind = line.words[subject[1] - 1], line.kinds[subject[1] - 1]
    if inflection not in ("base", "present", "participle") or final in ("who", "which", "that"):
        return True
    is_plural = final in PLURAL_WORDS or kind == NUMBER
    if inflection == "base":
        is_say = line.word(subject[1]) in RELATIVE_CUES and kind != NAME  # "people briefed on the plan say"
        return is_plural or final.endswith("s") or is_say or "and" in line.words[slice(*subject)]
    return not is_plural and (kind == NAME or not final.endswith("s") or final.endswith("ss"))


def _shared_subject(line: Line, group: int, found: Sequence[Occurrence]) -> tuple[int, int] | None:
    """Return the subject that "and said" or ", saying" takes from a verb before it."""
    for occurrence in reversed(found):
        if occurrence.subject is None or occurrence.inflection in ("phrase", "noun"):
            continue
        between = line.kinds[occurrence.group_start : group]
        is_over = COMMA in between and line.word(occurrence.subject[0]) in phrases.RELATIVES
        if not is_over and between.count(MARK) % 2 == 0:  # the verb does not stand inside a quotation
            return occurrence.subject
    for i in range(group):
        if line.kinds[i] in (AUXILIARY, VERB):
            return phrases.subject_before(line, phrases.verb_group_start(line, i))
    return None


def _addressee(line: Line, start: int) -> tuple[int, int] | None:
    end = phrases.noun_phrase_after(line, start, is_long=False)
    if end is None or line.kind(end) in (AUXILIARY, VERB, NEGATION):
        return None
    return start, end


def _is_trailing(line: Line, start: int, rest: int) -> bool:
    """Whether the content stands before "he said": a clause and a comma, a quotation, or the line before."""
    stop = phrases.after_adjuncts(line, rest)
    goes_on = line.kind(stop) not in (COMMA, QUOTATION, DASH, STOP) and line.word(stop) not in TIME_CLAUSES
    before = line.kind(start - 1)
    if before == QUOTATION or line.kind(start - 2) == QUOTATION:
        # “No,” he said in a letter that went to all
        is_unfinished = line.word(start - 1) == "…," and line.word(rest) != "that"
        return is_unfinished or stop >= line.last or not goes_on
    following = line.kind(stop + 1 if line.kind(stop) == COMMA else stop)
    if (stop < line.last and goes_on) or following == QUOTATION:
        return False
    if start == 0:
        return stop >= line.last
    # "The road, he said, is closed"
    is_split = line.kind(stop) == COMMA and line.kind(stop + 1) in (AUXILIARY, VERB)
    is_clause = line.kinds[0] != SUBORDINATOR and phrases.has_finite_verb(line, 0, start)
    return (is_clause or is_split) and before in (COMMA, DASH, MARK) and not phrases.is_who(line, start)
