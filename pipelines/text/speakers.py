"""Say who speaks: turn the source of each attribution into the one it stands for within the article.

"Ushakov, a Putin aide, said the president told Biden that …" has two speakers: Yuri Ushakov, and Vladimir
Putin relayed by Ushakov. Pronouns, titles ("the Russian leader"), surnames and officials without a name are
resolved by rule: by what the article says of each person, by how near and how often a person is mentioned,
and by who spoke last. All offsets are character offsets into the text, end exclusive.
"""

import re
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from math import log2

from spacy.lang.en.stop_words import STOP_WORDS
from spacy.tokens import Doc

from pipelines.text.attributions import Attribution
from pipelines.text.cast import (
    CLAUSE_END,
    DETERMINERS,
    MENTIONS,
    PREPOSITIONS,
    WINDOW,
    WORD,
    Cast,
    Mention,
    Span,
    is_plural,
    singular,
)
from pipelines.text.names import Name, NameLexicon
from pipelines.text.speaking import cut_tail, speaking_kind

AND = re.compile(r"\s+(?:and|or|&)\s+|,\s+(?:(?:and|or)\s+)?")
OWNER = re.compile(r"\s+(?:of|for|from|in|at|with)\s+")
PREPOSITION_INSIDE = re.compile(r"\s(?:of|for|from|in|at|with|to|on|by)\s")
HIMSELF = re.compile(r"\s+(?:him|her|it|them)sel(?:f|ves)$")
DOCUMENT = " (document)"  # unlike "(unnamed)", which tells people and bodies
SHARE_OF = re.compile(
    r"(?:(?:about|nearly|almost|at least|more than|a|an|the|full|vast|large|small|[\w-]+(?= percent))\s+)*"
    r"(?:half|some|many|much|most|few|several|all|both|one|two|three|dozens|hundreds|thousands|millions|number"
    r"|majority|minority|handful|group|lot|pair|percent|\d[\d.,]*%)\s+of\s+"
    r"|(?:(?:only|about|nearly|some)\s+)*[\w]+\s+(?:in|out\s+of)\s+(?:five|10|ten)\s+",
    re.IGNORECASE,
)  # "a majority of voters" are voters
BRACKETED = re.compile(r"\s*\([^()]*\)?$")  # "(R-Ohio)" after a name
SMALL_WORD = re.compile(r"\b[a-z]\w+")
NAME_TAIL = re.compile(r"(?:,?\s(?:[JS]r\.?|III?|IV))?(?:'s|')?")
BOTH = frozenset(("both", "the two", "the pair"))
IDLE = frozenset(' \t\n\r,.;:"“”„«»()[]—–-')
TELLTALES = frozenset(("source", "sources", "person", "people"))  # "sources familiar with the matter"
BEFORE_NOUNS = DETERMINERS | {"at", "least", "over", "same", "not", "just", "among", "hundred"}
INDEFINITE = frozenset(("a", "an", "one", "another"))
LONGEST_OFFICE = 3  # words after "of": "the United Nations"
LONGEST_PERSON = 4  # words of a name that was not read as one
LONGEST_SOURCE = 400  # characters of a source that are read

PRONOUN_GENDERS = {
    **dict.fromkeys(("he", "him", "his", "himself"), "male"),
    **dict.fromkeys(("she", "her", "hers", "herself"), "female"),
}
PLURAL_PRONOUNS = frozenset(("they", "them", "their", "theirs", "themselves"))
THING_PRONOUNS = frozenset(("it", "its", "itself"))
OWN_PRONOUNS = frozenset(("i", "me", "my", "mine", "myself", "we", "us", "our", "ours", "you", "your"))
RELATIVES = frozenset(("who", "whom", "whose", "which", "that"))
PRONOUNS = frozenset(PRONOUN_GENDERS) | PLURAL_PRONOUNS | THING_PRONOUNS | OWN_PRONOUNS | RELATIVES
DEFINITE = frozenset(("the", "this", "that"))
SAME_OFFICE = {
    "leader": ("president", "premier", "chancellor", "king", "queen", "emperor", "chairman"),
    "congressman": ("representative",),
    "congresswoman": ("representative",),
    "lawmaker": ("senator", "representative", "congressman", "congresswoman"),
    "candidate": ("nominee", "frontrunner"),
    "spokesperson": ("spokesman", "spokeswoman"),
    "spokesman": ("spokesperson",),
    "spokeswoman": ("spokesperson",),
}
PAIRS = frozenset(("leaders", "men", "presidents", "women", "candidates", "rivals"))
NEAR = 3  # sentences after which the last speaker is no longer taken for the one who speaks on
# How much speaks for a person to be "he" or "she"; tuned on PolNeAR train by coordinate search.
DECAY = 0.6  # a sentence back
SUBJECT = 3.0  # a mention that opens its sentence against any other
SPOKE_LAST = 2.0
CHIEF = 2.0  # in the words of an aide: the one whom the aide serves
GOES_ON = 2.0  # "…", he said: more, for who speaks in a quotation before its source mostly spoke before it
FREQUENCY = 0.1  # per doubling of the mentions in the article
KNOWN_GENDER = 0.5  # a first name, a title or an office agrees with the pronoun
REPORTED = 0.4  # a mention inside reported words against any other: few speak of themselves by name


@dataclass(frozen=True, slots=True)
class Who:
    """Someone as the article names them; type `unnamed` for a source that is only described."""

    name: str
    entity_type: str


PEOPLE = Who("people (unnamed)", "unnamed")
SOMEONE = Who("unnamed person", "unnamed")
NOBODY = Who("unnamed nobody", "unnamed")
OF_KIND = {"share": PEOPLE, "single": SOMEONE}  # "51 percent", "another"


@dataclass(frozen=True, slots=True)
class Speakers:
    """Whose words an attribution gives, who passes them on, and who is told."""

    speaker: Who | None
    relayed_by: Who | None
    addressee: Who | None


def find_speakers(
    doc: Doc,
    names: Sequence[Name],
    entity_names: Sequence[str],
    attributions: Sequence[Attribution],
    lexicon: NameLexicon,
) -> list[Speakers]:
    """Return the speakers of each attribution, in the order of `attributions`."""
    return _Resolver(Cast(doc, names, entity_names, lexicon), attributions).resolve()


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a source stands: what its words may refer to depends on it."""

    position: int
    parent: Who | None = None  # whose words hold the source
    parent_start: int | None = None  # where the parent's own source stands
    is_parent_pronoun: bool = False
    is_quoted: bool = False  # the source stands inside the parent's quotation marks
    is_trailing: bool = False  # the content stands before: "…", he said
    others: frozenset[str] = frozenset()  # not meant: who is named in the content to come, who speaks


@dataclass(frozen=True, slots=True)
class _Spoken:
    """Someone who spoke, and where the source stands."""

    position: int
    who: Who


class _Resolver:
    """Resolves sources one after the other: outer attributions first, in the order of the text."""

    def __init__(self, cast: Cast, attributions: Sequence[Attribution]) -> None:
        self.cast = cast
        self.text = cast.text
        self.lexicon = cast.lexicon
        self.attributions = attributions
        self.speakers: list[Who | None] = [None] * len(attributions)
        self.spoken: list[_Spoken] = []  # in the order of the text, so far
        self.small_words = frozenset(SMALL_WORD.findall(self.text))
        self.relayed: dict[str, Who] = {}  # of whom each relaying speaker spoke last
        self.reported = _merge(span for attribution in attributions for span in attribution.content)
        self.introduced: defaultdict[str, list[tuple[int, Who]]] = defaultdict(list)
        for source in sorted({attribution.source for attribution in attributions if attribution.source}):
            if unnamed := self._introduction(source):
                self.introduced[unnamed.name.removesuffix(DOCUMENT).split()[-1]].append((source[0], unnamed))

    def resolve(self) -> list[Speakers]:
        depths = [self._depth(number) for number in range(len(self.attributions))]
        for number in sorted(range(len(self.attributions)), key=lambda n: (depths[n], self._start(n), n)):
            self._resolve_one(number)
        self._share_quotations()
        return [self._speakers(number) for number in range(len(self.attributions))]

    def _depth(self, number: int) -> int:
        depth = 0
        parent = self.attributions[number].parent
        while parent is not None and depth < len(self.attributions):
            depth, parent = depth + 1, self.attributions[parent].parent
        return depth

    def _start(self, number: int) -> int:
        attribution = self.attributions[number]
        return attribution.source[0] if attribution.source else attribution.content[0][0]

    def _resolve_one(self, number: int) -> None:
        attribution = self.attributions[number]
        if attribution.source is None:
            return
        who = self._phrase(*attribution.source, self._place(attribution))
        self.speakers[number] = who
        if who is None:
            return
        if attribution.parent is None:
            self.spoken.append(_Spoken(attribution.source[0], who))
        elif (parent := self.speakers[attribution.parent]) and who.entity_type == "person" and who != parent:
            self.relayed[parent.name] = who

    def _place(self, attribution: Attribution) -> _Place:
        start = attribution.source[0] if attribution.source else attribution.content[0][0]
        to_come = (span for span in attribution.content if span[0] >= start)
        here = _Place(
            start,
            is_trailing=attribution.content[0][0] < start,
            others=frozenset(m.name for span in to_come for m in self.cast.inside(*span)),
        )
        if attribution.parent is None:
            return here
        parent = self.attributions[attribution.parent]
        source = parent.source
        return replace(
            here,
            parent=self.speakers[attribution.parent],
            parent_start=source[0] if source else None,
            is_parent_pronoun=source is not None and self.text[slice(*source)].lower() in PRONOUN_GENDERS,
            is_quoted=any(first <= start < last for first, last in parent.quoted),
        )

    def _speakers(self, number: int) -> Speakers:
        attribution, speaker = self.attributions[number], self.speakers[number]
        relay = self.speakers[attribution.parent] if attribution.parent is not None else None
        addressee = None
        if attribution.addressee is not None:
            place = _Place(attribution.addressee[0], others=frozenset((speaker.name,) if speaker else ()))
            addressee = self._phrase(*attribution.addressee, place)
        return Speakers(speaker, relay if relay != speaker else None, addressee)

    def _share_quotations(self) -> None:
        """Give the speaker of a quotation to attributions of it that name none."""
        by_quotation = {
            quotation: speaker
            for attribution, speaker in zip(self.attributions, self.speakers, strict=True)
            if speaker is not None
            for quotation in attribution.quoted
        }
        for number, attribution in enumerate(self.attributions):
            if attribution.source is None and attribution.parent is None:
                shared = (by_quotation.get(quotation) for quotation in attribution.quoted)
                self.speakers[number] = next((who for who in shared if who is not None), None)

    # What a phrase stands for.

    def _phrase(self, start: int, end: int, place: _Place) -> Who | None:
        """Return whom a noun phrase or pronoun stands for."""
        start, end = _trim(self.text, start, min(end, start + LONGEST_SOURCE))
        if self.cast.inside(start, end + 1)[-1:] != self.cast.inside(start, end)[-1:]:
            end += 1  # the stop of "U.S." is its own
        if found := HIMSELF.search(self.text, start, end):
            end = found.start()
        if found := SHARE_OF.match(self.text, start, end):
            start = found.end()
            if found[0].lower() == "one of " and (one := self._apposed(self._core_end(start, end), end)):
                return one
        words = WORD.findall(self.text, start, end)
        if not words:
            return None
        if self.text[start:end].lower() in BOTH:
            return self._pair(place)
        if len(words) == 1 and words[0].lower() in PRONOUNS and words[0] != "US":
            return self._pronominal(words[0].lower(), place)
        return self._members(start, end, place) or self._single(start, end, place)

    def _members(self, start: int, end: int, place: _Place) -> Who | None:
        """Return the group of "Biden and Putin"; None where the phrase is no list."""
        pieces = list(self._pieces(start, end))
        if len(pieces) < 2 or not all(self._is_bare_name(*piece) for piece in pieces):
            end = self._core_end(start, end)
            pieces = [piece for piece in self._pieces(start, end) if piece[0] < piece[1]]
        if len(pieces) < 2 or self._is_shared_noun(pieces):
            return None
        if not any(self._ends_with_name(*piece) or self._is_pronoun(*piece) for piece in pieces):
            return None
        if any(PREPOSITION_INSIDE.search(self.text, first, last) for first, last in pieces[:-1]):
            return None
        members = [self._member(first, last, place) for first, last in pieces]
        if all(self._ends_with_name(*piece) or self._is_pronoun(*piece) for piece in pieces):
            members = sorted(set(members))
        if len(members) == 1:
            return Who(members[0], "person")
        return Who(f"{', '.join(members[:-1])} and {members[-1]}", "group")

    def _pieces(self, start: int, end: int) -> Iterator[Span]:
        """Yield what "and", "or" and commas separate, names kept whole."""
        inside = self.cast.inside(start, end)
        first = start
        for found in AND.finditer(self.text, start, end):
            if not any(m.start < found.end() and found.start() < m.end for m in inside):
                yield self._without_brackets(first, found.start())
                first = found.end()
        yield self._without_brackets(first, end)

    def _without_brackets(self, start: int, end: int) -> Span:
        """Return a phrase without the "(R-Ohio)" at its end."""
        start, end = _trim(self.text, start, end)
        found = BRACKETED.search(self.text, start, end)
        return (start, found.start()) if found else (start, end)

    def _name_at_end(self, start: int, end: int) -> Mention | None:
        """Return the name with which a phrase ends, its 's aside: "White House press secretary Jen Psaki"."""
        inside = self.cast.inside(start, end)
        return inside[-1] if inside and NAME_TAIL.fullmatch(self.text, inside[-1].end, end) else None

    def _ends_with_name(self, start: int, end: int) -> bool:
        return self._name_at_end(start, end) is not None

    def _is_bare_name(self, start: int, end: int) -> bool:
        """Tell "Senator Marin", a member of a list, from "a supporter of Marin", an aside."""
        name = self._name_at_end(start, end)
        before = self.text[start : name.start].split() if name else []
        return name is not None and all(word[0].isupper() or word in DEFINITE for word in before)

    def _is_pronoun(self, start: int, end: int) -> bool:
        return self.text[start:end].lower() in PRONOUN_GENDERS

    def _core_end(self, start: int, end: int) -> int:
        """Return where the noun phrase ends and a clause or an aside begins."""
        found = CLAUSE_END.search(self.text, min(start + 1, end), end)
        return start + len(self.text[start : found.start()].rstrip()) if found else end

    def _head_end(self, start: int, core_end: int) -> int:
        """Return where the head of a noun phrase ends and what belongs to it begins: "of Texas"."""
        inside = self.cast.inside(start, core_end)
        is_noun = False
        for word in WORD.finditer(self.text, start, core_end):
            is_within = any(m.start <= word.start() < m.end for m in inside)
            is_end = is_noun and word[0] in PREPOSITIONS and not is_within
            if is_end and not self._is_office_of(word.start(), core_end):
                return _trim(self.text, start, word.start())[1]
            is_pronoun = self.lexicon.speaking_nouns.get(word[0].lower()) in ("pronoun", "single")
            is_noun = is_noun or is_pronoun or word[0].lower() not in BEFORE_NOUNS
        return core_end

    def _is_office_of(self, position: int, end: int) -> bool:
        """Tell "Secretary of State Lena Vogt", one person, from "Mother of President Lena Vogt"."""
        name = self._name_at_end(position, end)
        office = self.text[position : name.start].split()[1:] if name and name.entity_type == "person" else []
        return (
            self.cast.word_before(position).capitalize() in self.lexicon.titles
            and self.text.startswith("of ", position)
            and 1 <= len(office) <= LONGEST_OFFICE
            and not any(word.lower() in self.lexicon.roles or word in self.lexicon.titles for word in office)
        )

    def _is_shared_noun(self, pieces: Sequence[Span]) -> bool:
        """Tell "US and Russian officials", who share a noun, from "Biden and European leaders"."""
        (first, last), (start, end) = pieces[0], pieces[-1]
        name = self._name_at_end(first, last)
        return (
            name is not None
            and name.entity_type != "person"
            and not self._ends_with_name(start, end)
            and any(m.start == start for m in self.cast.inside(start, end))
        )

    def _member(self, start: int, end: int, place: _Place) -> str:
        """Return the name of one of several who speak together."""
        name = self._name_at_end(start, end)
        if name or self._is_pronoun(start, end):
            who = self._phrase(start, end, place)
            if who:
                return who.name
        return self._without_determiners(start, end)

    def _without_determiners(self, start: int, end: int) -> str:
        """Return a phrase as printed, without "the", "several", "another" before it."""
        for word in WORD.finditer(self.text, start, end):
            if word[0].lower() not in BEFORE_NOUNS and not word[0].isdigit():
                is_title = word[0] in self.lexicon.titles and self._is_person_at(word.end() + 1)
                return " ".join(self.text[word.end() if is_title else word.start() : end].split())
        return self.text[start:end].split()[-1]

    def _is_person_at(self, position: int) -> bool:
        here = self.cast.inside(position, position + WINDOW)
        return bool(here) and here[0].start == position and here[0].entity_type == "person"

    def _single(self, start: int, end: int, place: _Place) -> Who | None:
        """Return whom a phrase with one head stands for."""
        core_end = self._core_end(start, end)
        head_end = self._head_end(start, core_end)
        if name := self._name_at_end(start, head_end):
            return self._named(name, start)
        head_end = cut_tail(self.text, start, head_end, self.lexicon)
        words = [word.lower() for word in WORD.findall(self.text, start, head_end)] or [""]
        noun = "vice-president" if words[-2:] == ["vice", "president"] else words[-1]
        kind = self.lexicon.roles.get(noun, ("", ""))[1]
        return (
            self._unread_name(start, head_end)
            or (None if is_plural(noun) else self._apposed(core_end, end))
            or (self._body(start, head_end, noun, place) if kind == "body" else None)
            or (self._officer(start, core_end, noun, place) if kind in ("office", "person") else None)
            or (self._pair(place) if noun in PAIRS and words[0] in ("the", "both", "two") else None)
            or self._unnamed(start, core_end, head_end, place)
        )

    def _named(self, name: Mention, start: int) -> Who:
        """Return whom a phrase that ends with a name stands for."""
        printed = self.text[name.start : name.end]
        if name.entity_type == "group" and not is_plural(printed.lower()):
            before = self.text[start : name.start].split()
            if before and before[0].lower() in INDEFINITE:
                return Who(f"unnamed {printed}", "unnamed")
        if printed in self.lexicon.capitals:  # "Moscow said": the government that sits there
            return Who(self.lexicon.countries[printed], "place")
        return _who(name)

    def _unread_name(self, start: int, end: int) -> Who | None:
        """Return the one whose name was not read as a name, in a headline for instance."""
        words = self._capitals_at_end(start, end)
        if not words or self.text[end - 1] == "'":
            return None
        if known := self._known_by(words, start):
            return known
        before = self.text[start:end].split()[: -len(words)]
        first = next((n for n, word in enumerate(words[:-1]) if word in self.lexicon.first_names), None)
        if self._is_rare(words[-1]) and len(words) <= LONGEST_PERSON:
            if first is not None:
                return Who(" ".join(words[first:]), "person")
            last = before[-1] if before else ""
            is_titled = last in self.lexicon.titles or (len(words) > 1 and last.lower() in self.lexicon.roles)
            if is_titled or (not before and all(map(self._is_rare, words))):
                is_body = self.lexicon.roles.get(last, ("", ""))[1] == "body"
                return Who(" ".join(words), "organization" if is_body else "person")
        can_be_body = speaking_kind(words[-1], self.lexicon) in ("body", "document")
        if [word.lower() for word in before] == ["the"] and can_be_body:
            return Who(" ".join(words), "organization")  # "the Times"
        return None

    def _capitals_at_end(self, start: int, end: int) -> list[str]:
        """Return the capitalised words with which a phrase ends, titles and roles left out."""
        words: list[str] = []
        for word in reversed(WORD.findall(self.text, start, end)):
            is_common = word.lower() in BEFORE_NOUNS | PREPOSITIONS or word.lower() in self.lexicon.roles
            if not word[0].isupper() or is_common or word in self.lexicon.titles:
                break
            words.append(word)
        return words[::-1]

    def _known_by(self, words: Sequence[str], position: int) -> Who | None:
        """Return whom the article names in full elsewhere: "ARDEN", "the Post" for the Northern Post."""
        surname = words[-1].capitalize() if words[-1].isupper() else words[-1]
        persons = [
            name for name in self.cast.by_surname.get(surname, ()) if set(words[:-1]) <= set(name.split())
        ]
        if len(persons) == 1:
            return Who(persons[0], "person")
        bodies = [m for m in self.cast.recent(position) if m.name.endswith(f" {' '.join(words)}")]
        return _who(bodies[-1]) if bodies and bodies[-1].entity_type == "organization" else None

    def _is_rare(self, word: str) -> bool:
        """Whether a capitalised word is nothing but a name, as far as the lists and the article tell."""
        return (
            word not in self.lexicon.not_names
            and word not in self.lexicon.name_words
            and word.casefold() not in self.lexicon.types
            and word.lower() not in self.small_words
            and word.lower() not in STOP_WORDS
            and not word.isupper()
            and not word.endswith(("ing", "ly"))  # "Breaking", "Eagerly" open headlines
            and speaking_kind(word, self.lexicon) is None
        )

    def _apposed(self, core_end: int, end: int) -> Who | None:
        """Return the person named after a description: "his chief policy aide, Jake Sullivan,"."""
        if self.text[core_end : core_end + 1] != ",":
            return None
        start = core_end + 1
        start, stop = _trim(self.text, start, self._core_end(start + 1, end))
        name = self._name_at_end(start, self._head_end(start, stop))
        return _who(name) if name and name.entity_type == "person" else None

    def _body(self, start: int, end: int, noun: str, place: _Place) -> Who | None:
        """Return the organization of "the Marin campaign", "his campaign", or "the campaign" alone."""
        first_word, _, rest = self.text[start:end].partition(" ")
        if named := self.cast.inside(start, end):
            last = named[-1]
            owner = self.text[named[0].start : last.end] if len(named) > 1 else self.cast.short_name(last)
            between = self.text[last.end : end].removeprefix("'s").removeprefix("'")
            return Who(" ".join(f"{owner}{between}".split()), "organization")
        if rest and (gender := PRONOUN_GENDERS.get(first_word.lower())):
            surname = self._pronoun(gender, place).name.split()[-1]
            return Who(f"{surname} {rest}", "organization")
        known = self.cast.bodies.get(noun, []) if first_word.lower() in DEFINITE else []
        number = bisect_left(known, place.position, key=lambda body: body[0])
        return Who(known[max(0, number - 1)][1], "organization") if known else None

    def _officer(self, start: int, core_end: int, noun: str, place: _Place) -> Who | None:
        """Return the person of a title: "the president", "the Russian leader", "Biden's aide"."""
        first_word = self.text[start:core_end].split(maxsplit=1)[0].lower()
        named = self.cast.inside(start, core_end)
        countries = {c for m in named if (c := self.lexicon.countries.get(self.text[m.start : m.end]))}
        owners = {m.name for m in named if m.entity_type == "person"}
        is_definite = first_word in DEFINITE or first_word in PRONOUN_GENDERS or first_word == noun
        if first_word in INDEFINITE or not (is_definite or countries or owners):
            return None
        of_country = set().union(*(self.cast.by_country[country] for country in countries))
        if noun == "counterpart":
            return self._likeliest_officer(of_country, place)
        fitting = set().union(*(self.cast.by_role[name] for name in (noun, *SAME_OFFICE.get(noun, ()))))
        if countries:
            stateless = {name for name in fitting if not self.cast.persons[name].countries}
            fitting = fitting & of_country or (stateless if is_definite else set())
        if owners:
            fitting = {name for name in fitting if self.cast.persons[name].chiefs & owners}
        return self._likeliest_officer(fitting, place)

    def _likeliest_officer(self, fitting: set[str], place: _Place) -> Who | None:
        """Return which president is meant: in an aide's words the one whom the aide serves."""
        persons = self.cast.persons
        if place.parent:
            fitting = fitting - {place.parent.name}
            last = self.relayed.get(place.parent.name)
            countries = self._countries_of(place.parent)
            closer = (
                fitting & persons[place.parent.name].chiefs
                or fitting & {last.name if last else ""}
                or {name for name in fitting if persons[name].countries & countries}
            )
            fitting = closer or fitting
        before = [spoken.who.name for spoken in self._spoke_before(place)][:1]
        weights = {name: SPOKE_LAST if name in before else 0.0 for name in fitting}
        name = self._most_salient(weights, place.position)
        return Who(name, "person") if name else None

    def _countries_of(self, who: Who) -> set[str]:
        """Return the countries for which someone speaks: Russia for "Kremlin officials (unnamed)"."""
        words = who.name.split()
        names = (" ".join(words[:count]) for count in (1, 2, 3))
        listed = {country for name in names if (country := self.lexicon.countries.get(name))}
        return self.cast.persons[who.name].countries | listed

    def _pair(self, place: _Place) -> Who | None:
        """Return the two persons of "the two leaders": those named most often shortly before."""
        recent = self.cast.recent(place.position)
        counts = Counter(mention.name for mention in recent if mention.entity_type == "person")
        top = sorted(name for name, _ in counts.most_common(2))
        return Who(" and ".join(top), "group") if len(top) == 2 else None

    # Sources without a name.

    def _unnamed(self, start: int, core_end: int, head_end: int, place: _Place) -> Who | None:
        """Return the kind of a source without a name, "White House officials (unnamed)", if it can speak."""
        first_word = self.text[start:head_end].split(maxsplit=1)[0].lower()
        kind = self._kind(start, head_end, place)
        noun = kind.split()[-1]
        speaker_kind = speaking_kind(noun, self.lexicon)
        if speaker_kind is None:
            return None
        if speaker_kind in OF_KIND:
            return NOBODY if first_word == "no" else OF_KIND[speaker_kind]
        complement = " ".join(self.text[head_end:core_end].split())
        if noun.lower() in TELLTALES and complement:
            return Who(f"unnamed {kind} {complement}", "unnamed")
        if owner := self._owner(head_end, core_end, place):
            kind = f"{owner} {kind}"
        elif kind == noun and (first_word not in DEFINITE or is_plural(noun)):
            qualifier = self.cast.qualifiers[singular(noun)].most_common(1)
            kind = f"{qualifier[0][0]} {kind}" if qualifier else kind
        is_known = kind == noun and first_word in DEFINITE and not is_plural(noun)
        if is_known and (known := self._introduced_before(noun, start)):
            return known
        if speaker_kind == "document":
            return Who(f"{kind}{DOCUMENT}", "unnamed")
        return Who(f"{kind} (unnamed)" if is_plural(noun) else f"unnamed {kind}", "unnamed")

    def _kind(self, start: int, end: int, place: _Place) -> str:
        """Return a noun phrase without determiners, countries in their short form: "US officials"."""
        kind = self._without_determiners(start, end)
        if kind.isupper() and len(kind) > 4:  # a headline
            return kind.lower()
        begin = end - len(kind) if self.text.endswith(kind, start, end) else start
        inside = self.cast.inside(begin, end)
        if inside and inside[0].start == begin:
            return self.cast.short_name(inside[0]) + kind[inside[0].end - begin :]
        first_word, _, rest = kind.partition(" ")
        if rest and (gender := PRONOUN_GENDERS.get(first_word.lower())):
            return f"{self._pronoun(gender, place).name.split()[-1]}'s {rest}"  # "his advisers"
        return kind if begin > start else kind[:1].lower() + kind[1:]

    def _owner(self, head_end: int, core_end: int, place: _Place) -> str | None:
        """Return the name after "of", "in", "for": "Marin Council" of "a spokesman for the Marin Council"."""
        found = OWNER.match(self.text, head_end, core_end)
        if found is None:
            return None
        end = self._head_end(found.end(), core_end)
        inside = self.cast.inside(found.end(), end)
        if not inside:
            return None
        noun = self.text[inside[-1].end : end].strip()
        if not noun and inside[-1].entity_type == "person":
            return self.text[inside[-1].start : inside[-1].end]
        if noun and self.lexicon.roles.get(noun, ("", ""))[1] != "body":
            return None
        return self._kind(found.end(), end, place)

    def _introduction(self, source: Span) -> Who | None:
        """Return the unnamed one that a source introduces: "a senior administration official"."""
        start, end = _trim(self.text, source[0], min(source[1], source[0] + LONGEST_SOURCE))
        words = self.text[start:end].split(maxsplit=1)
        if not words or words[0].lower() not in INDEFINITE:
            return None
        core_end = self._core_end(start, end)
        head_end = self._head_end(start, core_end)
        if self._name_at_end(start, head_end) or self._apposed(core_end, end):
            return None
        return self._unnamed(start, core_end, head_end, _Place(start))

    def _introduced_before(self, noun: str, position: int) -> Who | None:
        """Return whom "the official" means: the latest official introduced, else the first to come."""
        same = self.introduced.get(noun, [])
        number = bisect_left(same, position, key=lambda introduced: introduced[0])
        return same[max(0, number - 1)][1] if same else None

    # Pronouns.

    def _pronominal(self, pronoun: str, place: _Place) -> Who | None:
        """Return whom a pronoun means."""
        if pronoun in PRONOUN_GENDERS:
            return self._pronoun(PRONOUN_GENDERS[pronoun], place)
        if pronoun in PLURAL_PRONOUNS:
            return self._plural_pronoun(place)
        if pronoun in THING_PRONOUNS:
            return self._named_last(place.position, ("organization", "place"))
        return self._antecedent(place) if pronoun in RELATIVES else place.parent

    def _pronoun(self, gender: str, place: _Place) -> Who:
        """Return the one that "he" or "she" means."""
        parent = place.parent
        if parent and self._may_be(parent, gender) and not place.is_quoted:
            follows = place.parent_start is not None and place.parent_start < place.position
            if follows or place.is_parent_pronoun:
                return parent  # "Marin said he …"
        before = self._spoke_before(place)
        if before and place.is_trailing and self._is_alone(before[0], place):
            return before[0].who
        avoided = place.others | ({parent.name} if parent else set())
        fitting = {
            who.name
            for who in self._persons_near(place.position)
            if who.name not in avoided and self._may_be(who, gender)
        }
        known = {name for name in fitting if self.cast.persons[name].gender == gender}
        weights = {name: KNOWN_GENDER if name in known else 0.0 for name in fitting}
        if before and before[0].who.name in fitting:
            weights[before[0].who.name] += SPOKE_LAST
        if parent:
            for chief in self.cast.persons[parent.name].chiefs & fitting:
                weights[chief] += CHIEF
        persons = [spoken.who.name for spoken in before if spoken.who.entity_type == "person"]
        if place.is_trailing and persons and persons[0] in fitting:
            weights[persons[0]] += GOES_ON
        name = self._most_salient(weights, place.position)
        return Who(name, "person") if name else SOMEONE

    def _may_be(self, who: Who, gender: str) -> bool:
        """Whether a pronoun of this gender can mean someone, as far as the article tells."""
        if who.entity_type == "unnamed":
            return who.name.startswith("unnamed ")  # a single one
        return who.entity_type == "person" and self.cast.persons[who.name].gender in (gender, "")

    def _is_alone(self, spoken: _Spoken, place: _Place) -> bool:
        """Whether an unnamed one spoke last and nobody was named since but in reported words."""
        return spoken.who.name.startswith("unnamed ") and not any(
            mention.entity_type == "person" and not self._is_reported(mention.start)
            for mention in self.cast.inside(spoken.position, place.position)
        )

    def _spoke_before(self, place: _Place) -> list[_Spoken]:
        """Return who spoke in the sentences before a place, the last one first."""
        end = bisect_left(self.spoken, place.position, key=lambda spoken: spoken.position)
        here = self.cast.sentence_of(place.position)
        before = reversed(self.spoken[max(0, end - MENTIONS) : end])
        return [spoken for spoken in before if here - self.cast.sentence_of(spoken.position) <= NEAR]

    def _persons_near(self, position: int) -> set[Who]:
        """Return the persons named shortly before a place; the first named after it where there is none."""
        end = bisect_left(self.cast.starts, position)
        before = {_who(m) for m in self.cast.recent(position) if m.entity_type == "person"}
        return before or {_who(m) for m in self.cast.mentions[end : end + 3] if m.entity_type == "person"}

    def _most_salient(self, weights: dict[str, float], position: int) -> str | None:
        """Return the name that a reader has most in mind at this place, given what else speaks for each."""
        if not weights:
            return None
        here = self.cast.sentence_of(position)
        scores = {
            name: weight + FREQUENCY * log2(1 + self.cast.persons[name].mention_count)
            for name, weight in weights.items()
        }
        for mention in self.cast.recent(position):
            if mention.name in scores:
                weight = DECAY ** (here - mention.sentence) * (SUBJECT if mention.is_subject else 1)
                scores[mention.name] += weight * (REPORTED if self._is_reported(mention.start) else 1)
        return min(scores, key=lambda name: (-scores[name], name))

    def _is_reported(self, position: int) -> bool:
        number = bisect_right(self.reported, position, key=lambda span: span[0]) - 1
        return number >= 0 and position < self.reported[number][1]

    def _plural_pronoun(self, place: _Place) -> Who | None:
        """Return whom "they" means: the last who spoke as several, else the group named last."""
        several = next((s.who for s in self._spoke_before(place) if self._is_several(s.who)), None)
        return several or self._named_last(place.position, ("group", "organization")) or PEOPLE

    def _is_several(self, who: Who) -> bool:
        return who.entity_type in ("group", "organization") or who.name.endswith("(unnamed)")

    def _named_last(self, position: int, entity_types: Collection[str]) -> Who | None:
        """Return what was named last before a place, names that open their sentence first."""
        recent = [m for m in self.cast.recent(position) if m.entity_type in entity_types]
        subjects = [m for m in recent if m.is_subject]
        chosen = subjects or recent
        return _who(chosen[-1]) if chosen else None

    def _antecedent(self, place: _Place) -> Who | None:
        """Return whom "who" or "which" means: the phrase before it."""
        position = place.position
        sentence = self.cast.sentence_starts[max(0, self.cast.sentence_of(position))]
        start = max(sentence, position - LONGEST_SOURCE)
        end = _trim(self.text, start, position)[1]
        clause = max(self.text.rfind(mark, start, end) for mark in (",", ";", ":", '"', "\n"))
        first = start if clause < 0 else clause + 1
        if clause > 0 and (apposed := self._name_at_end(*_trim(self.text, start, clause))):
            return _who(apposed)  # "Marin, secretary of the council, who said"
        for word in reversed(list(WORD.finditer(self.text, first, end))):
            if word[0].lower() in DETERMINERS - {"as", "but"} and word.start() > first:
                first = word.start()
                break
        first, end = _trim(self.text, first, end)
        if name := self._name_at_end(first, end):
            return self._named(name, first)
        return self._single(first, end, place) if first < end else None


def _who(mention: Mention) -> Who:
    return Who(mention.name, mention.entity_type)


def _merge(spans: Iterable[Span]) -> list[Span]:
    """Return the stretches that the spans cover, in order."""
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _trim(text: str, start: int, end: int) -> Span:
    """Narrow a stretch to what stands between white space, quotation marks and commas."""
    while start < end and text[start] in IDLE:
        start += 1
    while start < end and text[end - 1] in IDLE:
        end -= 1
    return start, end
