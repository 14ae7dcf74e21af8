"""The cue lexicon: words that attribute, what content they take, and how often such a cue really is one.

"urged" is a form of "urge", which takes an addressee and a to-infinitive: "Marin urged them to wait".
"""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import dataclass

from pipelines.text.phrases import Line

FRAMES = ("quotation", "before", "clause", "infinitive", "object", "passive")
"""What a cue takes: a quotation beside it, a clause before it ("…, he said"), a clause after it, "to …" after
it, a noun phrase after it, or content as the subject of its passive ("the talks were described as frank")."""
Rows = Sequence[Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class Cue:
    """A word or phrase that attributes."""

    lemma: str
    kind: str  # verb, seeming (a verb without a speaker), adjective, noun, phrase
    act: str
    takes_addressee: bool
    precision: Mapping[str, float]  # by frame; a frame that is missing is not taken


@dataclass(frozen=True, slots=True)
class CueForm:
    """One inflected form of a verb cue, and the words that follow it in a phrase like "point out"."""

    cue: Cue
    inflection: str  # base, present, past, participle, gerund; adjective
    rest: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All cues, by their first word in lower case, and what is known of other words."""

    verbs: Mapping[str, Sequence[CueForm]]
    nouns: Mapping[str, Cue]
    phrases: Mapping[str, Cue]
    says: Set[str]  # forms of verbs that take a quotation
    closed_words: Mapping[str, str]  # "the": "determiner"
    finite_verbs: Set[str]  # forms that are verbs and nothing else

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
    irregular = {row["verb"]: row for row in read_list("irregular_verbs")}
    verbs: dict[str, list[CueForm]] = defaultdict(list)
    nouns: dict[str, Cue] = {}
    phrases: dict[str, Cue] = {}
    for row in read_list("cues"):
        cue = _read_cue(row)
        if cue.kind == "phrase":
            phrases[cue.lemma] = cue
        elif cue.kind == "noun":
            nouns[cue.lemma] = nouns[add_s(cue.lemma)] = cue
        elif cue.kind == "adjective":
            verbs[cue.lemma].append(CueForm(cue, "adjective", ()))
        else:
            head, *rest = cue.lemma.split()
            for inflection, form in inflect(head, irregular.get(head, {})).items():
                verbs[form].append(CueForm(cue, inflection, tuple(rest)))
    finite = {row[form] for row in irregular.values() for form in ("past", "participle")}
    return Lexicon(
        verbs,
        nouns,
        phrases,
        says={
            word for word, forms in verbs.items() if any("quotation" in form.cue.precision for form in forms)
        },
        closed_words={row["word"]: row["kind"] for row in read_list("closed_words")},
        finite_verbs=finite | {form for form in verbs if form.endswith("ed")},
    )


def _read_cue(row: Mapping[str, str]) -> Cue:
    precision = {frame: float(row[frame]) for frame in FRAMES if row[frame]}
    return Cue(row["lemma"], row["kind"], row["act"], row["tells"] == "yes", precision)


def inflect(verb: str, irregular: Mapping[str, str]) -> dict[str, str]:
    """Return the forms of a verb by inflection; `irregular` holds those that no rule gives."""
    stem = verb[:-1] if verb.endswith("e") and not verb.endswith(("ee", "oe")) else verb
    if verb.endswith("e"):
        past = verb + "d"
    else:
        past = (verb[:-1] + "ied") if add_s(verb).endswith("ies") else verb + "ed"
    regular = {"past": past, "participle": past, "gerund": stem + "ing"}
    return {
        "base": verb,
        "present": add_s(verb),
        **{inflection: irregular.get(inflection) or form for inflection, form in regular.items()},
    }


def add_s(word: str) -> str:
    """Return the plural of a noun or the third person of a verb."""
    if word.endswith(("s", "sh", "ch", "x", "z")) or word in ("go", "do"):
        return word + "es"
    if word.endswith("y") and word[-2:-1] not in "aeiou":
        return word[:-1] + "ies"
    return word + "s"
