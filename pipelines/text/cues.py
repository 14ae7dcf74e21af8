"""The cue lexicon: words that attribute, what content they take, and how often such a cue really is one.

"urged" is a form of "urge", which takes an addressee and a to-infinitive: "Marin urged them to wait".
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass

from pipelines.text.phrases import Line

FRAMES = ("quotation", "before", "clause", "infinitive", "object", "passive")
"""What a cue takes: a quotation beside it, a clause before it ("…, he said"), a clause after it, "to …" after it,
a noun phrase after it, or content as the subject of the passive ("the talks were described as frank")."""

Rows = Sequence[Mapping[str, str]]
DOUBLING_VERBS = frozenset(
    ["admit", "ban", "bar", "beg", "brag", "chat", "commit", "concur", "hit", "permit", "plan", "quip", "rap"]
    + ["rebut", "refer", "rip", "sob", "bet", "forget", "forbid", "let", "put", "set", "sum"]
)
"""Verbs of the cue list that double their last letter before an ending."""


@dataclass(frozen=True, slots=True)
class Cue:
    """A word or phrase that attributes."""

    lemma: str
    kind: str  # verb, noun, phrase
    act: str
    takes_addressee: bool
    precision: Mapping[str, float]  # by frame; a frame that is missing is not taken


@dataclass(frozen=True, slots=True)
class CueForm:
    """One inflected form of a verb cue, and the words that follow it in a phrase like "point out"."""

    cue: Cue
    inflection: str  # base, present, past, participle, gerund
    rest: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All cues, by their first word in lower case, longest first."""

    verbs: Mapping[str, Sequence[CueForm]]
    nouns: Mapping[str, Cue]
    phrases: Mapping[str, Cue]
    says: Set[str]  # forms of verbs that take a quotation
    closed_words: Mapping[str, str]  # "the": "determiner"
    finite_verbs: Collection[str]  # forms that are verbs and nothing else

    def verb_at(self, line: Line, i: int) -> Sequence[CueForm]:
        """Return the forms that match at word `i`, only the longest phrase of them."""
        forms = [
            form
            for form in self.verbs.get(line.words[i], ())
            if tuple(line.words[i + 1 : i + 1 + len(form.rest)]) == form.rest
        ]
        longest = max((len(form.rest) for form in forms), default=0)
        return [form for form in forms if len(form.rest) == longest]


def build_cue_lexicon(read_list: Callable[[str], Rows]) -> Lexicon:
    """Build the lexicon from the lists `cues`, `irregular_verbs` and `closed_words`."""
    irregular = {row["verb"]: (row["past"], row["participle"]) for row in read_list("irregular_verbs")}
    verbs: dict[str, list[CueForm]] = defaultdict(list)
    nouns: dict[str, Cue] = {}
    phrases: dict[str, Cue] = {}
    for row in read_list("cues"):
        precision = {frame: float(row[frame]) for frame in FRAMES if row[frame]}
        cue = Cue(row["lemma"], row["kind"], row["act"], row["tells"] == "yes", precision)
        if cue.kind == "phrase":
            phrases[cue.lemma] = cue
            continue
        if cue.kind == "noun":
            nouns[cue.lemma] = nouns[add_s(cue.lemma)] = cue
            continue
        head, *rest = cue.lemma.split()
        if cue.kind == "adjective":
            verbs[head].append(CueForm(cue, "adjective", ()))
            continue
        for inflection, form in inflect(head, irregular):
            verbs[form].append(CueForm(cue, inflection, tuple(rest)))
    finite = {past for past, _ in irregular.values()} | {participle for _, participle in irregular.values()}
    finite |= {form for form, ways in verbs.items() if form.endswith("ed")}
    says = {word for word, forms in verbs.items() if any("quotation" in form.cue.precision for form in forms)}
    closed_words = {row["word"]: row["kind"] for row in read_list("closed_words")}
    return Lexicon(verbs, nouns, phrases, says, closed_words, finite)


def inflect(verb: str, irregular: Mapping[str, tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Yield the inflections of a verb with their forms."""
    past, participle = irregular.get(verb, ("", ""))
    regular = _add_ending(verb, "ed")
    yield "base", verb
    yield "present", add_s(verb)
    yield "past", past or regular
    yield "participle", participle or regular
    yield "gerund", _add_ending(verb, "ing")


def add_s(word: str) -> str:
    """Return the plural of a noun or the third person of a verb."""
    if word.endswith(("s", "sh", "ch", "x", "z")) or word == "go":
        return word + "es"
    if word.endswith("y") and word[-2:-1] not in "aeiou":
        return word[:-1] + "ies"
    return word + "s"


def _add_ending(verb: str, ending: str) -> str:
    if verb in DOUBLING_VERBS:
        return verb + verb[-1] + ending
    if verb.endswith("ie") and ending == "ing":
        return verb[:-2] + "ying"
    if verb.endswith("e") and (ending == "ed" or not verb.endswith(("ee", "oe"))):
        return verb[:-1] + ending
    if ending == "ed" and verb.endswith("y") and verb[-2:-1] not in "aeiou":
        return verb[:-1] + "ied"
    return verb + ending
