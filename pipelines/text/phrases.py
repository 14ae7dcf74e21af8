"""Read the phrases of a sentence by closed-class words, capitals and word order; there is no parser.

In "Ana Ruiz, the city's mayor, on Monday again said" the verb "said" has the subject "Ana Ruiz, the city's
mayor". A phrase is a pair of places in the line, end exclusive.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from pipelines.text.quotations import Quotation

QUOTATION = "quotation"  # a whole quotation, taken as one word
WORD, NAME, NUMBER, VERB = "word", "name", "number", "verb"
DETERMINER, PRONOUN, OBJECT_PRONOUN, RELATIVE = "determiner", "pronoun", "object_pronoun", "relative"
PREPOSITION, COORDINATOR, SUBORDINATOR = "preposition", "coordinator", "subordinator"
AUXILIARY, NEGATION, ADVERB, TIME = "auxiliary", "negation", "adverb", "time"
COMMA, COLON, STOP, DASH, BRACKET = "comma", "colon", "stop", "dash", "bracket"
HYPHEN, APOSTROPHE, MARK = "hyphen", "apostrophe", "mark"

SIGNS = {
    COMMA: ", ;",
    COLON: ":",
    STOP: ". ! ? … ... .. ?! !!",
    DASH: "— – -- --- ―",
    BRACKET: "( ) [ ] { }",
    HYPHEN: "- /",
    APOSTROPHE: "' ’",
    MARK: "\" “ ” „ ‟ « » `` '' ‘ ＂ ` ‚ '''",
}
KIND_OF_SIGN = {sign: kind for kind, signs in SIGNS.items() for sign in signs.split()}
ASIDE_MARKS = (COMMA, DASH, BRACKET)
BELONGING_ASIDES = (DETERMINER, NUMBER, WORD, NAME)
CLAUSE_OPENERS = (COMMA, STOP, DASH, COLON, COORDINATOR, SUBORDINATOR, RELATIVE, QUOTATION)
POSSESSIVE_ENDINGS = ("'s", "’s")
RELATIVES = frozenset(("who", "whose", "which", "that"))
ATTACHING = frozenset(
    ("of", "for", "in", "at", "from", "to", "with", "on", "near", "against", "about", "behind")
)
"""Prepositions that tie a phrase to the noun before it: "spokesman for the agency"."""


def kind_of(word: str, lower: str, closed_words: Mapping[str, str], verbs: Collection[str]) -> str:
    """Return the kind of a word; `verbs` are forms that are verbs and nothing else."""
    kind = KIND_OF_SIGN.get(word) or closed_words.get(lower)
    if kind is not None:
        return NAME if word in ("US", "IT", "WHO") else kind
    if lower in verbs:
        return VERB
    if word[0].isupper():
        return NAME
    if word[0].isdigit():
        return NUMBER
    if lower.endswith("ly") and len(lower) > 4:
        return ADVERB
    return VERB if lower.endswith("ed") and len(lower) > 4 else WORD


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence as words with their kinds and characters; quotations of others' words count as one word."""

    words: list[str]  # lower case
    kinds: list[str]
    starts: list[int]
    ends: list[int]
    quotations: dict[int, Quotation]  # by place

    def __len__(self) -> int:
        return len(self.words)

    @property
    def last(self) -> int:
        """Where the words end, the full stop and closing marks behind them left out."""
        last = len(self.kinds)
        while last and self.kinds[last - 1] in (STOP, MARK, BRACKET):
            last -= 1
        return last

    def append(self, word: str, kind: str, start: int, end: int) -> None:
        """Add a word at the end."""
        self.words.append(word)
        self.kinds.append(kind)
        self.starts.append(start)
        self.ends.append(end)

    def kind(self, i: int) -> str:
        """Return the kind of word `i`, and that of a full stop past either end."""
        return self.kinds[i] if 0 <= i < len(self.kinds) else STOP

    def word(self, i: int) -> str:
        """Return word `i`, and nothing past either end."""
        return self.words[i] if 0 <= i < len(self.words) else ""


def verb_group_start(line: Line, verb: int) -> int:
    """Return where the group of a verb starts: at "has" in "Moscow has since repeatedly denied"."""
    start = verb
    while line.kind(start - 1) in (AUXILIARY, NEGATION, ADVERB):
        start -= 1
    while start < verb and line.kinds[start] == ADVERB and line.word(start) in ("so", "then", "here"):
        start += 1
    return start


def subject_before(line: Line, verb: int) -> tuple[int, int] | None:
    """Return the noun phrase before a verb group that starts at `verb`, with the asides that belong to it."""
    end = _before_time(line, verb)
    if line.kind(end - 1) == MARK:  # Ruiz “has agreed to wait”
        end -= 1
    if line.kind(end - 1) not in ASIDE_MARKS:
        return noun_phrase_before(line, end)
    whole_end = end - 1
    for _ in range(6):  # asides: "Ana Ruiz, 44, of Leeds, who lost her job, said"
        start = _segment_start(line, end - 1)
        if start == 0:
            return None
        if end - 1 == whole_end and line.kinds[start] not in BELONGING_ASIDES and not is_who(line, start):
            whole_end = start - 1  # "Ruiz, however, said"
        end = start  # the word after the mark that opens the aside
        head = noun_phrase_before(line, end - 1)
        if head is not None and not _is_aside(line, _segment_start(line, end - 1), head):
            return head[0], whole_end
    return None


def noun_phrase_before(line: Line, end: int) -> tuple[int, int] | None:
    """Return the noun phrase that ends at `end`: "the head of the agency", "he and Putin"."""
    if end == 0:
        return None
    kind = line.kinds[end - 1]
    if kind == OBJECT_PRONOUN and line.words[end - 1].endswith(("self", "selves")):  # "Ford itself said"
        end -= 1
        kind = line.kind(end - 1)
    if kind in (PRONOUN, RELATIVE):
        return _with_coordinated(line, end - 1), end
    start = end
    while start > 0 and _belongs_left(line, start - 1, start == end):
        start -= 1
        if line.kinds[start] == DETERMINER and line.kind(start - 1) != DETERMINER:
            break
    if start == end or (start == end - 1 and kind == WORD and line.words[start].endswith("ing")):
        return None  # "raising fears"
    if line.words[start].endswith("ing") and line.kinds[start] == WORD and line.kind(start - 1) == COMMA:
        start += 1  # ", suggesting leaders agreed"
    before = start - 1
    if before >= 1 and line.word(before) in ATTACHING and line.kind(before - 1) in (WORD, NAME):
        outer = noun_phrase_before(line, before)
        if outer is not None:
            return outer[0], end
    return _with_coordinated(line, start), end


def _belongs_left(line: Line, i: int, is_last: bool) -> bool:
    kind = line.kinds[i]
    if kind in (WORD, NAME, NUMBER, DETERMINER, HYPHEN):
        return True
    if kind == VERB:  # "the proposed ban"
        return not is_last and line.kind(i - 1) in (DETERMINER, HYPHEN)
    if kind == TIME:
        return line.word(i + 1) in POSSESSIVE_ENDINGS or line.kind(i + 1) == HYPHEN
    if kind == APOSTROPHE or line.words[i] in POSSESSIVE_ENDINGS:
        return not is_last
    return kind == ADVERB and line.kind(i - 1) == DETERMINER and line.kind(i + 1) in (WORD, NAME)


def _with_coordinated(line: Line, start: int) -> int:
    """Return where "Putin and" of "Putin and he" starts, if a clause cannot end there."""
    if line.word(start - 1) not in ("and", "or") or start <= 1:
        return start
    left = noun_phrase_before(line, start - 1)
    if left is None or (left[0] > 0 and line.kind(left[0] - 1) not in CLAUSE_OPENERS):
        return start
    return left[0]


def _before_time(line: Line, end: int) -> int:
    """Return the end of what stands before "on Monday" or "Monday"."""
    start = end
    while start > 0 and line.kinds[start - 1] in (TIME, NUMBER, ADVERB):
        start -= 1
    if start == end or not any(kind == TIME for kind in line.kinds[start:end]):
        return end
    return start - 1 if line.kind(start - 1) == PREPOSITION and start > 1 else start


def _segment_start(line: Line, end: int) -> int:
    """Return where the stretch between two commas, dashes or brackets starts that ends at `end`."""
    start = end
    while start > 0 and line.kinds[start - 1] not in ASIDE_MARKS and line.kinds[start - 1] != QUOTATION:
        start -= 1
    return start


def is_who(line: Line, i: int) -> bool:
    """Whether a relative clause starts at `i`."""
    return line.word(i) in ("who", "whose", "which")


def _is_aside(line: Line, start: int, head: tuple[int, int]) -> bool:
    """Whether the stretch at `start` tells of what stands before it: "of Leeds", "44", "who lost her job"."""
    if line.kind(start) in (PREPOSITION, NUMBER, SUBORDINATOR, RELATIVE) or is_who(line, start):
        return True
    is_apposition = line.kind(start) == DETERMINER and line.kind(start - 2) == NAME
    return is_apposition and line.kind(start - 1) == COMMA and head[0] == start


def noun_phrase_after(line: Line, start: int, *, is_long: bool) -> int | None:
    """Return the end of the noun phrase at `start`; a long one takes in "for the agency", "and his aides"."""
    last = line.last
    if start >= last:
        return None
    if line.kinds[start] in (PRONOUN, OBJECT_PRONOUN):
        return start + 1
    end = start
    while end < last and _belongs_right(line, start, end, is_long):
        end += 1
    if is_long and line.kind(end) == MARK and line.word(end - 1) in POSSESSIVE_ENDINGS:  # ABC's "This Week"
        closing = (i for i in range(end + 1, min(end + 9, last)) if line.kinds[i] == MARK)
        end = next(closing, end - 1) + 1
    if end == start or line.kinds[start] in (APOSTROPHE, HYPHEN):
        return None
    if line.word(end) == "of" or (is_long and line.word(end) in ATTACHING):
        inner = noun_phrase_after(line, end + 1, is_long=is_long)
        if inner is not None and line.kind(end + 1) != TIME:
            return inner
    if is_long and line.word(end) in ("and", "or"):
        inner = noun_phrase_after(line, end + 1, is_long=True)
        if inner is not None and line.kind(inner) not in (AUXILIARY, VERB):
            return inner
    return end


def _belongs_right(line: Line, start: int, end: int, is_long: bool) -> bool:
    kind, before = line.kinds[end], line.kind(end - 1)
    if end == start:
        is_adjective = kind in (ADVERB, VERB) and line.kind(end + 1) in (WORD, NAME)  # "retired general"
        is_owner = kind == TIME and line.word(end + 1) in POSSESSIVE_ENDINGS  # "Monday's call"
        return is_adjective or is_owner or kind in (WORD, NAME, NUMBER, DETERMINER)
    if kind == DETERMINER:  # "Meet the Press" is one name
        return before == DETERMINER or (is_long and before == NAME and line.kind(end + 1) == NAME)
    if kind == NAME:
        # "told reporters Trump would": a plural does not go before a name
        return is_long or before != WORD or not line.words[end - 1].endswith("s")
    if kind == ADVERB:
        return before == DETERMINER
    if kind == TIME:
        return line.word(end + 1) in POSSESSIVE_ENDINGS
    return (
        kind in (WORD, NUMBER, HYPHEN, APOSTROPHE)
        or line.words[end] in POSSESSIVE_ENDINGS
        or (kind == VERB and before in (DETERMINER, HYPHEN))
    )


def aside_end(line: Line, end: int) -> int:
    """Return the end of the apposition or relative clause that follows a name: ", a doctor", " who …"."""
    start = end + 1 if line.kind(end) == COMMA else end
    is_relative = is_who(line, start)
    if not is_relative and (start == end or line.kind(start) not in (DETERMINER, NUMBER, WORD)):
        return end
    aside, last = start, line.last
    while aside < last and line.kinds[aside] not in (COMMA, STOP, DASH, QUOTATION):
        aside += 1
    return aside if is_relative or not has_finite_verb(line, start, aside) else end


def after_adjuncts(line: Line, start: int) -> int:
    """Return the end of what says when, where and how: "on Monday", "in an interview with the paper"."""
    end, last = start, line.last
    while end < last:
        if is_time(line, end) or line.kinds[end] == ADVERB:
            end += 1
            continue
        phrase = None
        if line.kinds[end] == PREPOSITION and not is_infinitive(line, end):
            phrase = end + 1 if is_time(line, end + 1) else noun_phrase_after(line, end + 1, is_long=True)
        if phrase is None:
            break
        end = phrase
    return end


def is_time(line: Line, i: int) -> bool:
    """Whether the word is a time, alone: "Monday" and its "12", but not that of "Monday's call"."""
    is_time = line.kind(i) == TIME or (line.kind(i) == NUMBER and line.kind(i - 1) == TIME)
    return is_time and line.word(i + 1) not in POSSESSIVE_ENDINGS


def is_infinitive(line: Line, i: int) -> bool:
    """Whether "to" at `i` opens "to wait" and not "to the city"."""
    opens_phrase = line.kind(i + 1) in (DETERMINER, NAME, PRONOUN, OBJECT_PRONOUN, NUMBER, TIME)
    return line.word(i) == "to" and not opens_phrase


def has_finite_verb(line: Line, start: int, last: int) -> bool:
    """Whether a verb with a subject stands in the stretch, as far as word forms tell."""
    return any(
        line.kinds[i] in (AUXILIARY, VERB)
        and line.words[i] not in ("be", "been", "being", "having", *POSSESSIVE_ENDINGS)
        for i in range(start, last)
    )
