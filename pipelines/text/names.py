"""Find who and what is named in news text, and which mentions name the same.

"Deputy Secretary of State Wendy Sherman met Putin in Geneva." names two persons, "Wendy Sherman" and "Putin",
and a place: a title is no part of a name, nor is the 's after it. All offsets are character offsets into the
text, end exclusive. Only titles, subheadings and body passages are read.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from spacy.lang.en.stop_words import STOP_WORDS
from spacy.tokens import Doc
from spacy.util import filter_spans

from pipelines.text.passages import READ_PASSAGE_TYPES

ReadList = Callable[[str], Iterable[Mapping[str, str]]]
Nicknames = Mapping[str, frozenset[str]]  # "Alex" to "Alexander", "Alexandra"

PLAIN = str.maketrans("’‘\u00a0", "'' ")  # keeps the length, so offsets stay
OPENERS = frozenset("“”\"„«»'`:•")  # after these a capital letter says nothing
FIRST_WORD = re.compile(r"\w+")
INITIAL = re.compile(r"(?:[A-Z]\.)+")
PARTICLES = frozenset(
    ("de", "da", "di", "du", "del", "della", "van", "von", "der", "den", "ter",
     "bin", "bint", "ibn", "al", "el", "la", "le", "ben", "abu")
)  # fmt: skip
SUFFIXES = frozenset(("Jr", "Jr.", "Sr", "Sr.", "II", "III", "IV"))
# Words that carry a name on over "of", "for", "on", beside those that end the name of an organization.
OF_OPENERS = frozenset(("House", "Bank", "Isle", "Statue", "Declaration"))
FOR_OPENERS = frozenset(("Americans", "Citizens", "Students", "Veterans", "Doctors", "Women", "Mothers"))
ON_OPENERS = frozenset(("Committee", "Subcommittee", "Commission", "Council", "Center", "Conference"))
PLACE_PREPOSITIONS = frozenset(("in", "near", "across", "outside", "throughout", "from"))
SAYING = frozenset(("said", "says", "told", "added", "argued", "wrote", "tweeted"))
FOLLOWERS = frozenset(("administration", "campaign", "camp", "team", "family", "presidency", "era"))
HEADLINE_SHARE = 0.6  # capitalised among the words of four letters and more; in running text about 0.2
# What follows the hyphen of Korean and Chinese given names: "Ki-moon", "Jong-un", "Ying-jeou".
SYLLABLES = frozenset(
    ("chul", "eun", "gon", "hee", "ho", "hoon", "hwa", "hwan", "hye", "hyuk", "hyun", "il", "in", "jeou",
     "jin", "jong", "jung", "kook", "kyu", "kyun", "kyung", "lai", "min", "moon", "nam", "ok", "pyo", "seok",
     "shek", "sik", "soo", "suk", "sun", "sung", "tae", "tung", "un", "won", "woo", "wook", "yeon", "yeol",
     "yong", "young", "yuan", "yul", "yun")
)  # fmt: skip
LONGEST_RUN = 15  # capitalised words that are looked at together
LONGEST_NAME = 5  # words that a name in a headline may have
DOMINANT = 3  # times as often in full as all namesakes together: then the bare surname is that person's

WEAK = "?"  # a piece that counts only where the article names the same elsewhere
UNDECIDED = ""


@dataclass(frozen=True, slots=True)
class Name:
    """A named mention, end exclusive."""

    start: int
    end: int
    entity_type: str


@dataclass(frozen=True, slots=True)
class NameLexicon:
    """What is known of names before an article is read."""

    first_names: Mapping[str, str]  # "Maria" to gender: female, male, either
    titles: Mapping[str, tuple[str, str]]  # "Sen." to gender and office: ("", "senator")
    roles: Mapping[str, tuple[str, str]]  # "spokesman" to gender and kind: ("male", "person")
    speaking_nouns: Mapping[str, str]  # other nouns that sources have, to kind; "" for none
    phrases: Mapping[str, tuple[tuple[str, str], ...]]  # first word to (whole name, type), longest first
    types: Mapping[str, str]  # whole listed name, in small letters, to its type
    name_words: Mapping[str, tuple[str, bool]]  # "Council" to type, and whether it is a surname too ("Hill")
    peoples: Mapping[str, str]  # "Russian" to "Russians"
    countries: Mapping[str, str]  # "Russian", "Moscow", "Kremlin" to "Russia"
    capitals: Collection[str]
    aliases: Mapping[str, str]  # "US" to "United States"
    nicknames: Nicknames
    not_names: Collection[str]  # capitalised without being a name: "Tuesday", "Critics"


def build_name_lexicon(read_list: ReadList) -> NameLexicon:
    """Build the lexicon from the word lists, each got by its name."""
    aliases = {row["alias"]: row["name"] for row in read_list("aliases")}
    places, organizations, nationalities = map(
        tuple, map(read_list, ("places", "organizations", "nationalities"))
    )
    types = {row["place"]: "place" for row in places}
    types |= {row["organization"]: "organization" for row in organizations}
    types |= {row["word"]: "group" for row in nationalities}
    types |= {alias: types.get(name, "organization") for alias, name in aliases.items() if alias not in types}
    countries = {row["place"]: row["place"] for row in places if row["kind"] == "country"}
    countries |= {row["place"]: row["country"] for row in places if row["kind"] == "capital"}
    countries |= {row["organization"]: row["country"] for row in organizations if row["country"]}
    countries |= {row["word"]: row["country"] for row in nationalities if row["country"]}
    countries |= {alias: countries[name] for alias, name in aliases.items() if name in countries}
    phrases = defaultdict(list)
    for phrase in sorted(types, key=len, reverse=True):
        if first := FIRST_WORD.match(phrase):
            phrases[first[0]].append((phrase, types[phrase]))
    return NameLexicon(
        first_names={row["first_name"]: row["gender"] for row in read_list("first_names")},
        titles={row["title"]: (row["gender"], row["role"]) for row in read_list("titles")},
        roles={row["role"]: (row["gender"], row["kind"]) for row in read_list("roles")},
        speaking_nouns={row["noun"]: row["kind"] for row in read_list("speaking_nouns")},
        phrases={first: tuple(group) for first, group in phrases.items()},
        types={phrase.casefold(): entity_type for phrase, entity_type in types.items()},
        name_words={
            row["word"]: (row["entity_type"], row["is_surname"] == "yes") for row in read_list("name_words")
        },
        peoples={row["word"]: row["people"] for row in nationalities},
        countries=countries,
        capitals=frozenset(row["place"] for row in places if row["kind"] == "capital"),
        aliases=aliases,
        nicknames=read_nicknames(read_list),
        not_names=frozenset(row["word"] for row in read_list("not_names")),
    )


def read_nicknames(read_list: ReadList) -> Nicknames:
    """Return for each nickname the names that it is short for."""
    full: defaultdict[str, set[str]] = defaultdict(set)
    for row in read_list("nicknames"):
        full[row["nickname"]].add(row["name"])
    return {nickname: frozenset(names) for nickname, names in full.items()}


def join_nicknames(
    persons: Iterable[tuple[str, str]], nicknames: Nicknames
) -> dict[tuple[str, str], tuple[str, str]]:
    """Map first name and surname "Joe Biden" to "Joseph Biden" where each can mean only the other.

    "Alex Marin" stays alone between Alexander and Alexandra Marin, and so do Bill and Will of one surname.
    """
    first_names: defaultdict[str, set[str]] = defaultdict(set)
    for first, surname in persons:
        first_names[surname].add(first)
    joined = {}
    for surname, here in first_names.items():
        meant = {first: nicknames.get(first, frozenset()) & here for first in here}
        claims = Counter(name for names in meant.values() for name in names)
        for first, names in meant.items():
            if len(names) == 1 and all(claims[name] == 1 for name in names):
                joined[first, surname] = (min(names), surname)
    return joined


def name_entities(doc: Doc, names: Sequence[Name], lexicon: NameLexicon) -> list[str]:
    """Return for each of `names` the name of its entity within the article, the fullest that is certain.

    "Biden" becomes "Joe Biden" where the article knows one such person, "US" becomes "United States".
    """
    text = doc.text.translate(PLAIN)
    printed = [" ".join(text[name.start : name.end].split()) for name in names]
    persons = _Persons(printed, names, lexicon)
    acronyms = _find_acronyms(text, names)
    entity_names = []
    for name, own in zip(names, printed, strict=True):
        if name.entity_type == "person":
            entity_names.append(persons.full_name(own, _words_before(text, name.start)))
        elif name.entity_type == "group":
            entity_names.append(lexicon.peoples.get(own, own))
        else:
            full = acronyms.get(own, own)
            entity_names.append(lexicon.aliases.get(full, full))
    return entity_names


def split_person(name: str) -> tuple[str, ...]:
    """Return the words of a person's name without initials and suffixes: "John F. Marin Jr." is John Marin.

    An initial that opens the name stays: "J. Marin".
    """
    words = [word for word in name.split() if word.rstrip(",") not in SUFFIXES]
    inner = [word for word in words[1:-1] if not INITIAL.fullmatch(word) and len(word) > 1]
    return (*words[:1], *inner, *words[-1:]) if len(words) > 1 else tuple(words)


class _Persons:
    """The persons that an article names in full, and how to tell them apart."""

    def __init__(self, printed: Sequence[str], names: Sequence[Name], lexicon: NameLexicon) -> None:
        self.lexicon = lexicon
        self.counts: Counter[tuple[str, ...]] = Counter()
        self.fullest: dict[tuple[str, ...], str] = {}
        self.by_part: defaultdict[tuple[str, ...], set[tuple[str, ...]]] = defaultdict(set)
        persons = [own for name, own in zip(names, printed, strict=True) if name.entity_type == "person"]
        keys = (split_person(own) for own in persons)
        self.joined = join_nicknames(((key[0], key[-1]) for key in keys if len(key) > 1), lexicon.nicknames)
        for own in persons:
            key = self._key(own)
            if len(key) > 1:
                self.counts[key] += 1
                self.fullest[key] = max(self.fullest.get(key, ""), own, key=len)
                self.by_part[key[:1]].add(key)
                self.by_part[(key[0], key[-1])].add(key)
                for first in range(1, len(key)):
                    self.by_part[key[first:]].add(key)

    def _key(self, own: str) -> tuple[str, ...]:
        """Return the words of a name, the full first name for a nickname."""
        key = split_person(own)
        full = self.joined.get((key[0], key[-1])) if key else None
        return (full[0], *key[1:]) if full else key

    def full_name(self, own: str, before: Sequence[str]) -> str:
        """Return the fullest form of a person's name; the name itself where two persons share it."""
        key = self._key(own)
        if len(key) > 1:
            longer = self.by_part[(key[0], key[-1])]
            return self.fullest[max(longer, key=lambda full: (len(full), self.counts[full], full))]
        same = self.by_part.get(key, set())
        if len(same) > 1:
            same = self._of_gender(same, before) or same
        if len(same) > 1:
            ranked = sorted(same, key=lambda full: (-self.counts[full], full))
            others = sum(self.counts[full] for full in ranked[1:])
            same = {ranked[0]} if self.counts[ranked[0]] >= DOMINANT * others else set()
        return self.fullest[min(same)] if same else own

    def _of_gender(self, same: set[tuple[str, ...]], before: Sequence[str]) -> set[tuple[str, ...]]:
        """Keep the persons that a title such as "Mrs." before the name fits."""
        gender = self.lexicon.titles.get(before[-1], ("", ""))[0] if before else ""
        return {full for full in same if gender and self.lexicon.first_names.get(full[0]) == gender}


def _words_before(text: str, start: int) -> list[str]:
    return text[max(0, start - 30) : start].split()


def _find_acronyms(text: str, names: Sequence[Name]) -> dict[str, str]:
    """Return the short names that the article introduces in brackets: "Marin Trade Council (MTC)"."""
    acronyms = {}
    for name, short in pairwise(names):
        between = text[name.end : short.start]
        own, acronym = text[name.start : name.end], text[short.start : short.end]
        if between.strip() == "(" and text[short.end : short.end + 1] == ")" and acronym.isupper():
            initials = "".join(word[0] for word in own.split() if word[0].isupper())
            if initials == acronym.replace(".", ""):
                acronyms[acronym] = own
    return acronyms


@dataclass(frozen=True, slots=True)
class _Word:
    text: str  # with plain apostrophes
    start: int
    end: int
    opens: bool  # it opens a sentence or a quotation, so its capital says nothing


@dataclass(frozen=True, slots=True)
class _Piece:
    """Words first to last (exclusive) that name something."""

    first: int
    last: int
    entity_type: str


def find_names(doc: Doc, lexicon: NameLexicon) -> list[Name]:
    """Return the names in what is read of `doc`, in order, without overlap."""
    text = doc.text.translate(PLAIN)
    words: list[_Word] = []
    running: list[range] = []
    headlines: list[range] = []
    for sentence in _read_sentences(doc, text):
        here = range(len(words), len(words) + len(sentence))
        words.extend(sentence)
        (headlines if _is_headline(sentence) else running).append(here)
    reader = _Reader(text, words, lexicon)
    pieces = [piece for here in running for piece in reader.read(here)]
    known = _Known(reader, pieces)
    pieces = [decided for piece in pieces for decided in known.decide(piece)]
    if headlines:
        known.learn(pieces)
        pieces += [piece for here in headlines for piece in known.read_headline(here)]
    return [
        Name(words[piece.first].start, reader.end_of(piece), piece.entity_type)
        for piece in sorted(pieces, key=lambda piece: piece.first)
    ]


def set_names(doc: Doc, names: Iterable[Name]) -> None:
    """Put the names on `doc.ents`, their types as labels."""
    spans = (doc.char_span(name.start, name.end, name.entity_type, alignment_mode="expand") for name in names)
    doc.set_ents(filter_spans(span for span in spans if span is not None))


def _read_sentences(doc: Doc, text: str) -> Iterator[list[_Word]]:
    """Yield the words of each sentence of a title, a subheading or the body."""
    done = 0
    for passage in doc.spans["passages"]:
        if passage.label_ not in READ_PASSAGE_TYPES:
            continue
        sentence: list[_Word] = []
        opens = True
        for token in doc[max(done, passage.start) : max(done, passage.end)]:
            if token.is_sent_start and sentence:
                yield sentence
                sentence, opens = [], True
            start, end = token.idx, token.idx + len(token)
            sentence.append(_Word(text[start:end], start, end, opens))
            if text[start].isalnum():
                opens = False
            elif text[start] in OPENERS:
                opens = True
        if sentence:
            yield sentence
        done = max(done, passage.end)


def _is_headline(sentence: Sequence[_Word]) -> bool:
    """Tell a line in Title Case or CAPITALS, where a capital letter does not show a name."""
    longer = [word.text for word in sentence if len(word.text) > 3 and word.text.isalpha()]
    is_marked = str.isupper if sentence[-1].text == "." else _is_capital  # a full stop ends no headline
    return len(longer) >= 4 and sum(map(is_marked, longer)) >= HEADLINE_SHARE * len(longer)


def _is_capital(text: str) -> bool:
    return text[0].isupper()


class _Reader:
    """Reads runs of capitalised words and takes them apart into pieces that each name one thing."""

    def __init__(self, text: str, words: Sequence[_Word], lexicon: NameLexicon) -> None:
        self.text = text
        self.words = words
        self.lexicon = lexicon
        self.word_at_end = {word.end: number for number, word in enumerate(words)}

    def read(self, here: range) -> Iterator[_Piece]:
        """Yield the pieces of one sentence."""
        position = here.start
        while position < here.stop:
            listed = self.listed(position, here.stop)
            text = self.words[position].text
            if listed is None and (not _is_capital(text) or _is_function_word(text)):
                position += 1
            elif _is_capital(text):
                last = self._end_of_run(position, listed, here.stop)
                yield from self._split(position, last)
                position = last
            elif listed:
                yield listed
                position = listed.last

    def end_of(self, piece: _Piece) -> int:
        """Return the character where a piece ends, the small half of "Ki-moon" in it."""
        end = self.words[piece.last - 1].end
        after = self.words[piece.last : piece.last + 2]
        is_joined = len(after) == 2 and after[0].text == "-" and end + 1 == after[1].start
        if piece.entity_type == "person" and is_joined and after[1].text in SYLLABLES:
            return after[1].end
        return end

    def listed(self, first: int, stop: int) -> _Piece | None:
        """Return the longest listed name that begins with this word."""
        word = self.words[first]
        match = FIRST_WORD.match(word.text)
        for phrase, entity_type in self.lexicon.phrases.get(match[0], ()) if match else ():
            last = self.word_at_end.get(word.start + len(phrase), stop)
            if last < stop and self.text.startswith(phrase, word.start):
                return _Piece(first, last + 1, entity_type)
        return None

    def type_of_last(self, first: int, last: int) -> str | None:
        """Return what the last word makes of a name: "Security Council", an organization."""
        if last - first < 2:
            return None
        entity_type, is_surname = self.lexicon.name_words.get(self.words[last - 1].text, (None, False))
        return None if is_surname and self.words[first].text in self.lexicon.first_names else entity_type

    def _end_of_run(self, first: int, listed: _Piece | None, stop: int) -> int:
        """Return the end of the run of capitalised words from `first` on, with the small words inside it."""
        last = listed.last if listed else first + 1
        stop = min(stop, first + LONGEST_RUN)
        while last < stop:
            word = self.words[last]
            if _is_capital(word.text) and not word.opens and not _is_function_word(word.text):
                last += 1
            elif (after := self._carried_to(first, last, stop)) is not None:
                last = after + 1
            else:
                break
        return last

    def _carried_to(self, first: int, position: int, stop: int) -> int | None:
        """Return the capitalised word to which the small words at `position` carry the run on, if they do."""
        after = position
        while after < min(stop, position + 3) and not _is_capital(self.words[after].text):
            after += 1
        if after == position or after >= stop or not _is_capital(self.words[after].text):
            return None
        before = self.words[position - 1].text
        match tuple(word.text for word in self.words[position:after]):
            case ("-",):
                joins = all(self.words[n].end == self.words[n + 1].start for n in (position - 1, position))
            case ("&",):
                joins = True
            case ("of",) | ("of", "the"):
                joins = (
                    before in OF_OPENERS or before in self.lexicon.titles or before in self.lexicon.name_words
                )
            case ("for",) | ("for", "the"):
                joins = before in FOR_OPENERS or self._makes_organization(before)
            case ("on",) | ("on", "the"):
                joins = before in ON_OPENERS
            case ("and",):
                joins = self._and_joins(first, position, stop)
            case particles:
                joins = particles[0] in PARTICLES and all(
                    text in PARTICLES or text == "-" for text in particles
                )
        return after if joins else None

    def _makes_organization(self, text: str) -> bool:
        return self.lexicon.name_words.get(text, ("", False))[0] == "organization"

    def _and_joins(self, first: int, position: int, stop: int) -> bool:
        """Tell the "and" inside one name: "Institute for Trade and Peace", "Security and Defense Council"."""
        before = [word.text for word in self.words[first:position]]
        if self.words[position + 1].text in self.lexicon.first_names:
            return False
        if len(before) > 2 and before[1] in ("of", "for", "on"):
            return self._makes_organization(before[0])
        last = position + 1
        while last < stop and _is_capital(self.words[last].text):
            last += 1
        return (
            len(before) == 1
            and last - position > 2
            and self._makes_organization(self.words[last - 1].text)
            and before[0] not in self.lexicon.first_names
            and self.listed(first, stop) is None
            and self.listed(position + 1, stop) is None
        )

    def _split(self, first: int, last: int) -> Iterator[_Piece]:
        """Yield the pieces of a run, titles and common words left out."""
        first, last = self._strip(first, last)
        whole = self.listed(first, last) if first < last else None
        entity_type = whole.entity_type if whole and whole.last == last else self.type_of_last(first, last)
        if entity_type:
            yield _Piece(first, last, entity_type)
            return
        after_title = False
        while first < last:
            text = self.words[first].text
            piece = None if after_title and last - first == 1 else self.listed(first, last)
            if piece and not (piece.last == first + 1 < last and self._opens_person(first, last)):
                piece = self._extend_listed(piece, last)
            elif self._is_title(first):
                first, after_title = self._after_office(first + 1, last), True
                continue
            elif not _is_capital(text):
                first += 1
                continue
            else:
                piece = self._unlisted(first, last, after_title)
            yield piece
            first, after_title = piece.last, False

    def _strip(self, first: int, last: int) -> tuple[int, int]:
        """Leave out common words at both ends: "But Marin", "Marin Tuesday"."""
        while first < last and not self.listed(first, last) and self._is_idle(first, last):
            first += 1
        while first < last and not self._ends_name(first, last):
            last -= 1
        return first, last

    def _ends_name(self, first: int, last: int) -> bool:
        """Whether the last word belongs to a name, unlike "Tuesday" in "Marin Tuesday"."""
        text = self.words[last - 1].text
        return _is_capital(text) and (
            text not in self.lexicon.not_names
            or self.type_of_last(first, last) is not None
            or (last - first == 2 and self._is_first_name(first))
            or (last - first > 2 and self.words[last - 2].text == "-")
            or (last - first > 3 and self.words[first + 1].text == "for")  # "Center for Responsive Politics"
            or any((listed := self.listed(n, last)) and listed.last == last for n in range(first, last))
        )

    def _is_idle(self, first: int, last: int) -> bool:
        """Whether a common word before a name adds nothing to it, unlike "Foreign" in "Foreign Ministry"."""
        text = self.words[first].text
        is_common = text in self.lexicon.not_names and text not in self.lexicon.titles
        is_name = self._is_first_name(first) and last - first > 1
        return _is_function_word(text) or (is_common and not is_name and not self.type_of_last(first, last))

    def _is_title(self, position: int) -> bool:
        """Whether a title stands here and not a surname such as "King" after a first name or an initial."""
        before = self.words[position - 1].text if position else ""
        return self.words[position].text in self.lexicon.titles and not (
            before in self.lexicon.first_names or (len(before) == 2 and INITIAL.fullmatch(before))
        )

    def _is_first_name(self, position: int) -> bool:
        return self.words[position].text in self.lexicon.first_names

    def _opens_person(self, first: int, last: int) -> bool:
        """Whether a listed name here is a first name: "Georgia Meloni", "Jordan Marsh"."""
        after = self.words[first + 1].text
        return (
            self._is_first_name(first)
            and after not in self.lexicon.titles
            and after not in self.lexicon.name_words
            and self.listed(first + 1, last) is None
        )

    def _after_office(self, first: int, last: int) -> int:
        """Return where the name begins: after "of State" in "Secretary of State Wendy Sherman"."""
        if first >= last or self.words[first].text != "of":
            return first
        first += 1
        if first < last and self.words[first].text == "the":
            first += 1
        listed = self.listed(first, last)
        return listed.last if listed else min(first + 1, last)

    def _extend_listed(self, piece: _Piece, last: int) -> _Piece:
        """Take words after a listed name into it ("Kansas City Star"), unless they begin another name."""
        after = piece.last
        if after >= last or piece.entity_type == "group":
            return piece
        text = self.words[after].text
        begins_other = (
            not _is_capital(text)
            or text in self.lexicon.first_names
            or text in self.lexicon.titles
            or text in self.lexicon.not_names
            or self.listed(after, last) is not None
            or any(self.words[n].text in self.lexicon.titles for n in range(after, last))
        )
        return piece if begins_other else _Piece(piece.first, last, UNDECIDED)

    def _unlisted(self, first: int, last: int, after_title: bool) -> _Piece:
        """Return the name that begins here, as far as it goes before a title or a listed name."""
        lexicon, words = self.lexicon, self.words
        is_person = (
            after_title or self._is_first_name(first) or INITIAL.fullmatch(words[first].text) is not None
        )
        end = first + 1
        while end < last:
            is_new = self._is_title(end) or (end - first > 1 and self.listed(end, last) is not None)
            if is_new and _is_capital(words[end - 1].text):
                break
            end += 1
        before_title = end < last and words[end].text in lexicon.titles
        end = next(n for n in range(end, first, -1) if _is_capital(words[n - 1].text))
        if entity_type := self.type_of_last(first, end):
            return _Piece(first, end, entity_type)
        if end - first == 1 and (before_title or not after_title):
            before = words[first - 1].text if first else ""
            after_common = before in lexicon.not_names and not _is_function_word(
                before
            )  # "Special Operations"
            weak = (
                before_title or after_common or words[first].opens or words[first].text in lexicon.not_names
            )
            return _Piece(first, end, WEAK if weak or words[first].text in lexicon.name_words else UNDECIDED)
        return _Piece(first, end, "person" if is_person else UNDECIDED)


def _is_word(text: str) -> bool:
    """Whether a single token can name something: "G7" can, "Jan.9" and "R" cannot."""
    return len(text.strip(".")) > 1 and (text.isupper() or not any(map(str.isdigit, text)))


def _is_function_word(text: str) -> bool:
    return text.lower() in STOP_WORDS and text.capitalize() == text


class _Known:
    """What the pieces of an article teach about its other pieces."""

    def __init__(self, reader: _Reader, pieces: Sequence[_Piece]) -> None:
        self.reader = reader
        self.lexicon = reader.lexicon
        self.small_words = {word.text for word in reader.words if not _is_capital(word.text)}
        self.types: dict[str, str] = {}  # a name, in small letters, to its type
        self.persons: set[str] = set()  # first names and surnames of the persons in the article
        self.alone: Counter[str] = Counter()  # single words that stand capitalised inside a sentence
        self.after_preposition: Counter[str] = Counter()  # "near Marin"
        for piece in pieces:
            if piece.entity_type == "person":
                self.persons |= {self._text(piece.first), self._text(piece.last - 1)} - SUFFIXES
            elif piece.entity_type == UNDECIDED:
                text = self._text(piece.first, piece.last)
                self.alone[text] += 1
                if piece.first and self._text(piece.first - 1) in PLACE_PREPOSITIONS:
                    self.after_preposition[text] += 1

    def _text(self, first: int, last: int | None = None) -> str:
        return " ".join(word.text for word in self.reader.words[first : last or first + 1])

    def learn(self, pieces: Iterable[_Piece]) -> None:
        """Remember the names of the running text for the headlines."""
        for piece in pieces:
            self.types.setdefault(self._text(piece.first, piece.last).casefold(), piece.entity_type)
            if piece.entity_type == "person":
                self.types.setdefault(self._text(piece.last - 1).casefold(), "person")

    def decide(self, piece: _Piece) -> Iterator[_Piece]:
        """Yield the piece with its type, its parts if it names two, or nothing if it is no name."""
        if piece.entity_type not in (WEAK, UNDECIDED):
            yield piece
        elif self._is_numbered(piece):
            if piece.last - piece.first > 1:
                yield _Piece(piece.first, piece.last + 1, "product")
        elif piece.last - piece.first == 1:
            if entity_type := self._type_of_word(piece):
                yield _Piece(piece.first, piece.last, entity_type)
        elif parts := self._parts(piece):
            yield from parts
        else:
            yield _Piece(piece.first, piece.last, self._type_of_words(piece))

    def _is_numbered(self, piece: _Piece) -> bool:
        """Tell "Article 5", no name by itself, and "North Stream 2", a product with its number."""
        after = self.reader.words[piece.last : piece.last + 1]
        return bool(after) and after[0].text.isdigit() and len(after[0].text) < 3

    def _type_of_word(self, piece: _Piece) -> str | None:
        text = self._text(piece.first)
        if text in self.persons:
            return "person"
        if piece.entity_type == WEAK and text not in self.alone:
            before = self._text(piece.first - 1) if piece.first else ""
            is_first_name = text in self.lexicon.first_names and text not in self.lexicon.not_names
            after = self._text(piece.last) if piece.last < len(self.reader.words) else ""
            is_speaker = after in SAYING and before not in ("the", "The")
            is_named = is_first_name or (is_speaker and not text.endswith("s"))
            return "person" if is_named and text.lower() not in self.small_words else None
        if text.lower() in self.small_words or text in self.lexicon.not_names or not _is_word(text):
            return None
        if text not in self.types:
            self.types[text] = self._guess(piece, text)
        return self.types[text]

    def _guess(self, piece: _Piece, text: str) -> str:
        """Guess what a single unknown word names; in political news most often a person known to all."""
        if text not in self.lexicon.first_names and 2 * self.after_preposition[text] > self.alone[text]:
            return "place"
        before = self._text(piece.first - 1) if piece.first else ""
        after = self._text(piece.last) if piece.last < len(self.reader.words) else ""
        is_thing = before in ("the", "The") and after not in FOLLOWERS
        return "organization" if is_thing or not text.isalpha() or text[1:].isupper() else "person"

    def _parts(self, piece: _Piece) -> list[_Piece]:
        """Return the two names of "Marin-Costa" or "France Costa"; none where the words are one name."""
        middle = piece.last - 1
        before = middle - 1 if self._text(middle - 1) == "-" else middle
        if before == piece.first or before < piece.first:
            return []
        head = self._known_type(self._text(piece.first, before))
        if before < middle and len(self._text(piece.first)) == 1:  # "R-Texas"
            return [_Piece(middle, piece.last, self._known_type(self._text(middle)) or "place")]
        tail = self._known_type(self._text(middle))
        if head is None or tail is None or (tail != "person" and before == middle):
            return []
        return [_Piece(piece.first, before, head), _Piece(middle, piece.last, tail)]

    def _known_type(self, text: str) -> str | None:
        return "person" if text in self.persons else self.lexicon.types.get(text.casefold())

    def _type_of_words(self, piece: _Piece) -> str:
        texts = [self._text(n) for n in range(piece.first, piece.last)]
        is_person = (
            len(texts) <= 4
            and texts[0] not in self.lexicon.not_names
            and texts[0].casefold() not in self.lexicon.types
            and not {"of", "for", "and", "on", "&"} & set(texts)
            and not any(text.isupper() and len(text) > 2 for text in texts)
        )
        return "person" if is_person else "organization"

    def read_headline(self, here: range) -> Iterator[_Piece]:
        """Yield the names of a headline that the running text or the lists know."""
        position = here.start
        while position < here.stop:
            piece = self._known_at(position, here.stop)
            if piece:
                yield piece
            position = piece.last if piece else position + 1

    def _known_at(self, first: int, stop: int) -> _Piece | None:
        text = self._text(first)
        if not _is_capital(text):
            return None
        for last in range(min(stop, first + LONGEST_NAME), first, -1):
            key = self._text(first, last).casefold()
            if key in self.types:
                return _Piece(first, last, self.types[key])
        if listed := self.reader.listed(first, stop):
            return listed
        if text in self.lexicon.first_names and text not in self.lexicon.not_names and first + 1 < stop:
            after = self._text(first + 1)
            if (
                _is_capital(after)
                and after not in self.lexicon.not_names
                and after.lower() not in self.small_words
            ):
                return _Piece(first, first + 2, "person")
        return None
