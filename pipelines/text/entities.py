"""Say which names, across all articles, name the same.

"Joe Biden" here, "Joe R. Biden" there, "Biden" alone in a third: names come in with the number of articles
that have them and go out with one canonical name each. A name joins another only where it can mean nobody
else: two persons of one surname are never made one, and a doubtful name stays by itself. The order of the
rows changes nothing.
"""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from pipelines.text.names import SUFFIXES, Nicknames, join_nicknames, split_person

LEADING_ARTICLE = re.compile(r"^(?:the|a|an)\s+", re.IGNORECASE)
COMPANY_FORM = re.compile(r",?\s+(?:Inc|Corp|Co|Ltd|LLC|LLP|PLC)\.?$")
AND = re.compile(r", and | and |, ")
DOUBLED = re.compile(r"(.)\1+")
# Letters that transliterations of one name swap: Yuri, Yury; Zelensky, Zelenskyy, Zelenskiy; Mikhail, Mihail.
SWAPPED = (
    ("sch", "sh"),
    ("kh", "h"),
    ("ck", "k"),
    ("ph", "f"),
    ("x", "ks"),
    ("w", "v"),
    ("j", "i"),
    ("y", "i"),
)
LONG_SURNAME = (
    9  # letters; shorter ones that differ by a letter are two names as often as not: Hansen, Hanson
)
DOMINANT = 3  # times as many articles as all other readings together: then that one is meant


@dataclass(frozen=True, slots=True)
class NameCount:
    """A name as articles give it, and how often."""

    name: str
    entity_type: str
    article_count: int
    mention_count: int


@dataclass(frozen=True, slots=True)
class LinkedName:
    """A name with the name and type of the entity that it stands for."""

    name: str
    entity_type: str
    canonical_name: str
    canonical_type: str


Key = tuple[str, ...]


def link_names(rows: Iterable[NameCount], nicknames: Nicknames) -> list[LinkedName]:
    """Return for each name the entity it stands for, in the order of names and types."""
    counts: dict[tuple[str, str], NameCount] = {(row.name, row.entity_type): row for row in rows}
    ordered = [counts[key] for key in sorted(counts)]
    types = _settle_types(ordered)
    keyed = [(row, types[_plain(row.name), row.entity_type]) for row in ordered]
    persons = _Persons([row for row, entity_type in keyed if entity_type == "person"], nicknames)
    spelled = _Spellings(keyed)
    linked = []
    for row, entity_type in keyed:
        if entity_type == "person":
            canonical = persons.find(row.name) or row.name
        elif entity_type == "group":
            canonical = _name_members(row.name, persons) or spelled.canonical(row.name, entity_type)
        else:
            canonical = spelled.canonical(row.name, entity_type)
        linked.append(LinkedName(row.name, row.entity_type, canonical, entity_type))
    return linked


def _settle_types(rows: Iterable[NameCount]) -> dict[tuple[str, str], str]:
    """Return the type that each plain name is taken for: a rare second type is an error of reading."""
    articles: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for row in rows:
        articles[_plain(row.name)][row.entity_type] += row.article_count
    settled: dict[tuple[str, str], str] = {}
    for name, types in articles.items():
        top = max(types, key=lambda entity_type: (types[entity_type], entity_type))
        others = sum(types.values()) - types[top]
        is_clear = "unnamed" not in types and types[top] >= DOMINANT * others
        settled |= {(name, entity_type): top if is_clear else entity_type for entity_type in types}
    return settled


@lru_cache(maxsize=1 << 16)
def _plain(name: str) -> str:
    """Return the name without what writing adds to it: capitals, dots, a leading article."""
    return LEADING_ARTICLE.sub("", " ".join(name.casefold().replace("’", "'").replace(".", "").split()))


class _Spellings:
    """Names other than persons': one entity for all spellings, and for an acronym with what it stands for."""

    def __init__(self, keyed: Iterable[tuple[NameCount, str]]) -> None:
        self.weights: defaultdict[tuple[str, str], Counter[str]] = defaultdict(Counter)
        self.full_keys: defaultdict[str, set[str]] = defaultdict(set)
        for row, entity_type in keyed:
            if entity_type != "person":
                key = self._key(row.name, entity_type)
                self.weights[key, entity_type][row.name] += row.article_count
                if entity_type == "organization":
                    initials = "".join(word[0] for word in row.name.split() if word[0].isupper())
                    self.full_keys[initials].add(key)

    def canonical(self, name: str, entity_type: str) -> str:
        key = self._key(name, entity_type)
        if entity_type == "organization" and name.isupper() and len(key) > 2:
            full = self.full_keys.get(name.replace(".", ""), set())
            key = min(full) if len(full) == 1 else key
        return _commonest(self.weights[key, entity_type])

    @staticmethod
    def _key(name: str, entity_type: str) -> str:
        return _plain(COMPANY_FORM.sub("", name) if entity_type == "organization" else name)


def _commonest(weights: Mapping[str, int]) -> str:
    return min(weights, key=lambda name: (-weights[name], len(name), name))


def _name_members(name: str, persons: "_Persons") -> str | None:
    """Return "Joe Biden and Vladimir Putin" for "Putin and Biden"; None for a group that lists no members."""
    members = AND.split(name)
    if len(members) < 2:
        return None
    found = [persons.find(member) for member in members]
    known = [full or member for full, member in zip(found, members, strict=True)]
    if all(found):
        known.sort()
    return f"{', '.join(known[:-1])} and {known[-1]}"


class _Persons:
    """The persons of the corpus, with all spellings of each.

    One first name and one surname are one person unless middle initials differ: "George W. Bush" and
    "George H. W. Bush" are two, and "George Bush" is the one of them that clearly prevails, or a third.
    """

    def __init__(self, rows: Iterable[NameCount], nicknames: Nicknames) -> None:
        full = {row.name: row for row in rows if len(split_person(row.name)) > 1}
        self.joined = _join_first_names(_join_long_surnames({_sound_key(name) for name in full}), nicknames)
        articles: Counter[Key] = Counter()
        alike: defaultdict[Key, set[Key]] = defaultdict(set)
        for name, row in full.items():
            key = self._key(name)
            articles[key] += row.article_count
            alike[key[:2]].add(key)
        self.person_of = {key: _person(key, alike[key[:2]], articles) for key in articles}
        self.articles: Counter[Key] = Counter()
        self.spellings: defaultdict[Key, Counter[str]] = defaultdict(Counter)
        self.by_surname: defaultdict[str, set[Key]] = defaultdict(set)
        for name, row in full.items():
            person = self.person_of[self._key(name)]
            self.articles[person] += row.article_count
            self.spellings[person][name] += row.article_count
            self.by_surname[person[1]].add(person)

    def find(self, name: str) -> str | None:
        """Return the canonical name of a person named in full or by surname, if the corpus knows one."""
        if len(split_person(name)) > 1:
            person = self.person_of.get(self._key(name))
        else:
            person = _prevailing(self.by_surname.get(_sound(name), set()), self.articles)
        return _commonest(self.spellings[person]) if person else None

    def _key(self, name: str) -> Key:
        """Return first name and surname as they sound, and the middle initials."""
        sound = _sound_key(name)
        words = [word for word in name.split() if word not in SUFFIXES]
        middle = "".join(part[0] for word in words[1:-1] for part in word.split(".") if part[:1].isupper())
        return (*self.joined.get(sound, sound), middle)


def _person(key: Key, alike: set[Key], articles: Mapping[Key, int]) -> Key:
    """Return the person that a key means among those that differ from it in middle initials alone."""
    with_middle = {other for other in alike if other[2]}
    if len(with_middle) < 2:
        return (*key[:2], "")
    return key if key[2] else _prevailing(with_middle, articles) or key


def _prevailing(keys: set[Key], articles: Mapping[Key, int]) -> Key | None:
    """Return the only key, or the one that has most of the articles; None if none stands out."""
    top = min(keys, key=lambda key: (-articles[key], key), default=None)
    others = sum(articles[key] for key in keys if key != top)
    return top if top and articles[top] >= DOMINANT * others else None


def _sound_key(name: str) -> Key:
    words = split_person(name)
    return _sound(words[0]), _sound(words[-1])


@lru_cache(maxsize=1 << 16)
def _sound(word: str) -> str:
    """Return a word as all its transliterations sound: Yury and Yuri, Zelensky and Zelenskyy are one."""
    bare = unicodedata.normalize("NFKD", word.casefold())
    letters = "".join(letter for letter in bare if letter.isalnum())
    for written, sound in SWAPPED:
        letters = letters.replace(written, sound)
    return DOUBLED.sub(r"\1", letters)


def _join_long_surnames(keys: set[Key]) -> dict[Key, Key]:
    """Map each first name and surname to the first of those that differ by one letter of a long surname."""
    near: defaultdict[Key, list[Key]] = defaultdict(list)
    for first, surname in sorted(keys):
        if len(surname) >= LONG_SURNAME:
            near[first, surname].append((first, surname))
            for shorter in {surname[:n] + surname[n + 1 :] for n in range(len(surname))}:
                near[first, shorter].append((first, surname))
    parents: dict[Key, Key] = {}
    for together in near.values():
        for left, right in pairwise(together):
            low, high = sorted((_root(parents, left), _root(parents, right)))
            if low != high:
                parents[high] = low
    return {key: _root(parents, key) for key in keys}


def _join_first_names(persons: Mapping[Key, Key], nicknames: Nicknames) -> dict[Key, Key]:
    """Take nicknames for the full name wherever nobody else is meant: Joe Biden for Joseph Biden."""
    sounds: defaultdict[str, frozenset[str]] = defaultdict(frozenset)
    for nickname, names in nicknames.items():
        sounds[_sound(nickname)] |= {_sound(name) for name in names}
    joined = join_nicknames({(first, surname) for first, surname in persons.values()}, sounds)
    return {key: joined.get((person[0], person[1]), person) for key, person in persons.items()}


def _root(parents: Mapping[Key, Key], key: Key) -> Key:
    while key in parents:
        key = parents[key]
    return key
