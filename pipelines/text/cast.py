"""What an article says of those whom it names: who is president of what, who is whose aide, who is "she".

"Deputy Minister Lena Vogt, an Arden aide," makes Lena Vogt a minister and an aide of Arden, and her first
name makes her a woman. All offsets are character offsets into the text, end exclusive.
"""

import re
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from spacy.tokens import Doc

from pipelines.text.names import PLAIN, Name, NameLexicon

Span = tuple[int, int]

WORD = re.compile(r"\w[\w.\-]*")
BEFORE_WORD = re.compile(r"(\S+)\s*$")
CLAUSE_END = re.compile(r",(?!\d)|[;:(\n]|\s[–—-]+\s|\s(?:who|whom|which|that|whose|where|when|while)(?!\w)")
WINDOW = 60  # characters around a name that may describe its bearer
MENTIONS = 60  # that are looked back on
QUALIFIED = frozenset(("official", "diplomat", "lawmaker"))  # they serve whom the article says they serve
SERVANTS = frozenset(("aide", "adviser", "spokesman", "spokeswoman", "spokesperson", "strategist", "manager"))
PLURALS = frozenset(
    ("people", "police", "men", "women", "children", "media", "others", "many", "some", "those", "few")
)
DETERMINERS = frozenset(
    ("the", "a", "an", "this", "that", "these", "those", "some", "many", "several", "both", "all", "most",
     "few", "more", "other", "another", "any", "each", "every", "even", "one", "two", "three", "four", "five",
     "dozens", "hundreds", "than", "about", "nearly", "only", "also", "but", "when", "while", "as", "though",
     "although", "because", "if", "no", "multiple", "various", "numerous", "our", "my", "your")
)  # fmt: skip
PREPOSITIONS = frozenset(
    ("of", "for", "from", "in", "at", "with", "to", "on", "by", "under", "near", "inside", "around", "among",
     "within", "about", "against", "like", "as", "during", "after", "before", "across", "outside", "behind",
     "including", "familiar", "close", "briefed", "speaking", "involved", "working", "over", "between")
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Mention:
    """A named mention with its name within the article."""

    start: int
    end: int
    name: str
    entity_type: str
    sentence: int
    is_subject: bool  # it opens its sentence, or is the first there that no preposition governs


@dataclass(slots=True)
class Person:
    """What the article says of a person."""

    genders: Counter[str] = field(default_factory=Counter)
    roles: set[str] = field(default_factory=set)
    countries: set[str] = field(default_factory=set)
    chiefs: set[str] = field(default_factory=set)  # whose aide or spokesman the person is
    mention_count: int = 0

    @property
    def gender(self) -> str:
        """The gender most indications give; "" where there is none."""
        ranked = self.genders.most_common(2)
        return ranked[0][0] if ranked and (len(ranked) == 1 or ranked[0][1] > ranked[1][1]) else ""


class Cast:
    """The named mentions of an article, and what it says of each person."""

    def __init__(
        self, doc: Doc, names: Sequence[Name], entity_names: Sequence[str], lexicon: NameLexicon
    ) -> None:
        self.text = doc.text.translate(PLAIN)
        self.lexicon = lexicon
        self.sentence_starts = [sentence.start_char for sentence in doc.sents]
        self.mentions: list[Mention] = []
        self.persons: defaultdict[str, Person] = defaultdict(Person)
        self.by_role: defaultdict[str, set[str]] = defaultdict(set)
        self.by_surname: defaultdict[str, set[str]] = defaultdict(set)
        self.by_country: defaultdict[str, set[str]] = defaultdict(set)
        self.qualifiers: defaultdict[str, Counter[str]] = defaultdict(Counter)
        self.bodies: defaultdict[str, list[tuple[int, str]]] = defaultdict(list)
        for name, entity_name in zip(names, entity_names, strict=True):
            self._add(name, entity_name)
        self.starts = [mention.start for mention in self.mentions]
        for mention in self.mentions:
            if mention.entity_type == "person":
                self._describe(mention)
            self._note_compound(mention)

    def _add(self, name: Name, entity_name: str) -> None:
        sentence = self.sentence_of(name.start)
        is_object = self.word_before(name.start).lower() in PREPOSITIONS
        is_owner = self.text.startswith("'s", name.end)
        is_later = any(m.is_subject for m in self.mentions[-1:] if m.sentence == sentence)
        is_subject = not (is_object or is_owner or is_later)
        self.mentions.append(
            Mention(name.start, name.end, entity_name, name.entity_type, sentence, is_subject)
        )

    def sentence_of(self, position: int) -> int:
        """Return the number of the sentence that holds a place of the text."""
        return bisect_right(self.sentence_starts, position) - 1

    def word_before(self, position: int) -> str:
        """Return the word that stands right before, or ""."""
        found = BEFORE_WORD.search(self.text[max(0, position - 30) : position])
        return found[1] if found else ""

    def inside(self, start: int, end: int) -> list[Mention]:
        """Return the mentions that lie within a stretch."""
        first = bisect_left(self.starts, start)
        return [m for m in self.mentions[first : bisect_left(self.starts, end)] if m.end <= end]

    def recent(self, position: int) -> list[Mention]:
        """Return the last mentions before a place, as many as a reader may have in mind."""
        end = bisect_left(self.starts, position)
        return self.mentions[max(0, end - MENTIONS) : end]

    def short_name(self, mention: Mention) -> str:
        """Return a country or nation as it stands before a noun: "US" for "American", "U.S."."""
        printed = self.text[mention.start : mention.end]
        is_country = mention.entity_type in ("place", "group")
        is_american = is_country and self.lexicon.countries.get(printed) == "United States"
        return "US" if is_american and printed not in self.lexicon.capitals else printed

    def _describe(self, mention: Mention) -> None:
        """Note what stands around a person's name: title, office, country, chief."""
        person = self.persons[mention.name]
        person.mention_count += 1
        first_name, *_, surname = [*mention.name.split(), mention.name.split()[-1]]
        self.by_surname[surname].add(mention.name)
        gender = self.lexicon.first_names.get(first_name, "")
        if gender in ("male", "female") and first_name != mention.name:
            person.genders[gender] += 1
        self._learn(mention.name, *self._before(mention), of_title=True)
        if self.text.startswith(", ", mention.end):
            start = mention.end + 2
            end = min(start + WINDOW, self._sentence_end(start))
            self._learn(mention.name, start, self._clause_end(start, end), of_title=False)

    def _before(self, mention: Mention) -> Span:
        """Return the words before a name that may be its title: back to a mark, a small word or a verb."""
        start = mention.start
        floor = max(self.sentence_starts[mention.sentence], start - WINDOW)
        after = ""
        for word in reversed(list(WORD.finditer(self.text, floor, start))):
            is_role = word[0] in self.lexicon.roles
            is_modifier = after.islower() and word[0] not in DETERMINERS | PREPOSITIONS  # "press secretary"
            gap = self.text[word.end() : start].removeprefix("'s").removeprefix("'")
            if gap.strip(" -") or (word[0].islower() and not (is_role or is_modifier)):
                break
            start, after = word.start(), word[0]
        return start, mention.start

    def _sentence_end(self, position: int) -> int:
        number = self.sentence_of(position) + 1
        return self.sentence_starts[number] if number < len(self.sentence_starts) else len(self.text)

    def _clause_end(self, start: int, end: int) -> int:
        first = self.text.find(" ", start, end)  # past a "who" that opens the clause
        found = CLAUSE_END.search(self.text, max(first, start), end)
        return found.start() if found else end

    def _learn(self, name: str, start: int, end: int, of_title: bool) -> None:
        """Note the offices, countries and persons in a description."""
        person = self.persons[name]
        roles: set[str] = set()
        for word in WORD.findall(self.text, start, end):
            gender, role = self.lexicon.titles.get(word, ("", "")) if of_title else ("", "")
            role = role or word.lower()
            gender = gender or self.lexicon.roles.get(role, ("", ""))[0]
            if self.lexicon.roles.get(role, ("", "body"))[1] != "body" or role == "vice":
                roles.add(role)
            if gender and (of_title or not roles - {role}):
                person.genders[gender] += 2  # surer than a first name
        if "vice" in roles and "president" in roles:
            roles = roles - {"president"} | {"vice-president"}
        person.roles |= roles
        for role in roles:
            self.by_role[role].add(name)
        for other in self.inside(start, end):
            country = self.lexicon.countries.get(self.text[other.start : other.end])
            if country and roles:
                person.countries.add(country)
                self.by_country[country].add(name)
            if other.entity_type == "person" and roles & SERVANTS:
                person.chiefs.add(other.name)

    def _note_compound(self, mention: Mention) -> None:
        """Note "US officials" and "Marin administration": a name right before a noun."""
        found = WORD.search(self.text, mention.end, mention.end + 30)
        if found is None or self.text[mention.end : found.start()] not in (" ", "'s "):
            return
        noun = found[0]
        if self.lexicon.roles.get(noun, ("", ""))[1] == "body":
            printed = self.text[mention.start : mention.end]
            self.bodies[noun].append((mention.start, f"{printed} {noun}"))
        elif mention.entity_type != "person" and singular(noun) in QUALIFIED:
            self.qualifiers[singular(noun)][self.short_name(mention)] += 1


def singular(noun: str) -> str:
    if noun.endswith("men"):
        return noun[:-3] + "man"
    return noun[:-1] if noun.endswith("s") and not noun.endswith(("ss", "us", "is")) else noun


def is_plural(noun: str) -> bool:
    return noun in PLURALS or singular(noun) != noun
