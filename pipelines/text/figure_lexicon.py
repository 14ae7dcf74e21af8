"""The word lists that the rules for figures read, made ready once and not for every article."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from pipelines.text.numbers import NumberWord, NumberWords, build_piece_pattern
from pipelines.text.units import Unit

Rows = Sequence[Mapping[str, str]]

YEARS_OF_DECADE = {
    "": (0, 9), "early": (0, 3), "low": (0, 3), "lower": (0, 3),
    "mid": (4, 6), "late": (7, 9), "high": (7, 9), "upper": (7, 9),
}  # fmt: skip
_ADJECTIVE_ENDINGS = ("an", "ish", "ese", "ch", "i", "ss")


class ChangeWord(NamedTuple):
    """A word that tells of a change."""

    direction: str  # "up", "down"; "" of "moved from … to"
    kind: str  # "verb", "noun", "both", "object" (its object changes: "cut rates"), "particle", "neutral"


@dataclass(frozen=True, slots=True)
class FigureLexicon:
    """Words and phrases, mostly in lower case, each with what the rules need to know of it."""

    pieces: re.Pattern[str]  # splits a text into words, numbers and marks
    numbers: NumberWords
    openers: frozenset[str]  # words that an amount can begin with: "two", "a", "hour", "mid"
    signs: Mapping[str, str]  # currency that stands before its number: "$" → USD
    units: Mapping[str, Unit]  # unit or currency that stands after it
    hedges_before: Mapping[str, str]  # "at least" → at_least
    hedges_after: Mapping[str, str]  # "or more" → at_least
    contexts: Mapping[str, frozenset[str]]  # words that tell what a number beside them is: "before_year"
    phrase_ends: Mapping[str, str]  # word that no noun phrase goes beyond → its word class
    plurals: Mapping[str, str]  # "people" → "person"
    changes: Mapping[str, ChangeWord]  # "rose", "drop", "up"
    kinds: Mapping[str, str]  # what is measured → one word for its kind: "soldiers" → "troop"
    owned_kinds: frozenset[str]  # kinds that belong to a nation: "troop"
    fates: frozenset[str]  # kinds of what becomes of people: "dead", "held"
    nations: Mapping[str, str]  # "russians", "russia" → "Russia"
    adjectives: Mapping[str, str]  # "Russia" → "russian"

    def fits(self, context: str, word: str) -> bool:
        """Whether `word`, in lower case, is one of the words listed for `context`."""
        return word in self.contexts[context]

    def takes_object(self, word: str) -> bool:
        """Whether the object of `word` is what changes: "cut", "raised"."""
        return word in self.changes and self.changes[word].kind == "object"


def build_figure_lexicon(read_list: Callable[[str], Rows]) -> FigureLexicon:
    """Build the lexicon from the lists that `read_list` returns by name."""

    def hedges(position: str) -> dict[str, str]:
        return {r["phrase"]: r["bound"] for r in read_list("approximators") if r["position"] == position}

    contexts, kinds = read_list("number_contexts"), read_list("measured_kinds")
    currencies = read_list("currencies")
    signs = {r["form"]: r["unit"] for r in currencies if r["position"] == "before"}
    names = {r["form"]: Unit(r["unit"], "money") for r in currencies if r["position"] == "after"}
    units = {r["form"]: Unit(r["unit"], r["figure_type"]) for r in read_list("units")}
    numbers = {
        r["word"]: NumberWord(float(r["low"]), float(r["high"]) if r["high"] else None, r["role"])
        for r in read_list("number_words")
    }
    return FigureLexicon(
        pieces=build_piece_pattern(signs),
        numbers=numbers,
        openers=frozenset({*numbers, *YEARS_OF_DECADE, *units, "a", "an"}),
        signs=signs,
        units=names | units,
        hedges_before=hedges("before"),
        hedges_after=hedges("after"),
        contexts={
            context: frozenset(r["word"] for r in contexts if r["context"] == context)
            for context in {r["context"] for r in contexts}
        },
        phrase_ends={r["word"]: r["word_class"] for r in read_list("phrase_ends")},
        plurals={r["plural"]: r["singular"] for r in read_list("plurals")},
        changes={r["word"]: ChangeWord(r["direction"], r["kind"]) for r in read_list("change_words")},
        kinds={r["word"]: r["kind"] for r in kinds},
        owned_kinds=frozenset(r["kind"] for r in kinds if r["class"] == "owned"),
        fates=frozenset(r["kind"] for r in kinds if r["class"] == "fate"),
        nations=_name_nations(read_list),
        adjectives=_find_adjectives(read_list("nationalities")),
    )


def _name_nations(read_list: Callable[[str], Rows]) -> dict[str, str]:
    """Return every name, adjective and people of a country, in lower case, with the country's one name."""
    countries = {r["place"] for r in read_list("places") if r["kind"] == "country"}
    nations = {name.lower(): name for name in countries}
    nations |= {r["alias"].lower(): r["name"] for r in read_list("aliases") if r["name"] in countries}
    for row in read_list("nationalities"):
        if row["country"]:
            nations |= {row["word"].lower(): row["country"], row["people"].lower(): row["country"]}
    return nations


def _find_adjectives(rows: Rows) -> dict[str, str]:
    """Return the adjective of each country: "Polish", where the list has "Pole" too."""
    words = [(row["country"], row["word"].lower()) for row in reversed(rows) if row["country"]]
    return dict(words) | {country: word for country, word in words if word.endswith(_ADJECTIVE_ENDINGS)}
