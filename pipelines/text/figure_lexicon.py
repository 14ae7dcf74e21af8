"""The word lists that the rules for figures read, made ready once and not for every article."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from pipelines.text.numbers import NumberWord, NumberWords, build_piece_pattern
from pipelines.text.units import Unit

Rows = Sequence[Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class FigureLexicon:
    """Words and phrases, mostly in lower case, each with what the rules need to know of it."""

    pieces: re.Pattern[str]  # splits a text into words, numbers and marks
    numbers: NumberWords
    signs: Mapping[str, str]  # currency that stands before its number: "$" → USD
    units: Mapping[str, Unit]  # unit or currency that stands after it
    hedges_before: Mapping[str, str]  # "at least" → at_least
    hedges_after: Mapping[str, str]  # "or more" → at_least
    contexts: Mapping[str, frozenset[str]]  # words that tell what a number beside them is: "before_year"
    phrase_ends: Mapping[str, str]  # word that no noun phrase goes beyond → its word class
    plurals: Mapping[str, str]  # "people" → "person"

    def fits(self, context: str, word: str) -> bool:
        """Whether `word`, in lower case, is one of the words listed for `context`."""
        return word in self.contexts[context]


def build_figure_lexicon(read_list: Callable[[str], Rows]) -> FigureLexicon:
    """Build the lexicon from the lists that `read_list` returns by name."""

    def hedges(position: str) -> dict[str, str]:
        return {r["phrase"]: r["bound"] for r in read_list("approximators") if r["position"] == position}

    contexts = read_list("number_contexts")
    currencies = read_list("currencies")
    signs = {r["form"]: r["unit"] for r in currencies if r["position"] == "before"}
    names = {r["form"]: Unit(r["unit"], "money") for r in currencies if r["position"] == "after"}
    units = {r["form"]: Unit(r["unit"], r["figure_type"]) for r in read_list("units")}
    return FigureLexicon(
        pieces=build_piece_pattern(signs),
        numbers={
            r["word"]: NumberWord(float(r["low"]), float(r["high"]) if r["high"] else None, r["role"])
            for r in read_list("number_words")
        },
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
    )
