"""Reduce words to what their forms have in common, so that two texts can be compared word by word.

"reacted", "reacts" and "reacting" are "react"; "countries" and "country" are "countr". A stem need not be a
word: it need only be the same for the forms of one word, and mostly another for the forms of another.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

Rows = Iterable[Mapping[str, str]]

WORD = re.compile(r"\d+(?:[.,]\d+)*|(?:[^\W\d_]\.){2,}|[^\W\d_]+(?:['’\-‑][^\W_]+)*")
ENDINGS = ("ingly", "edly", "ations", "ation", "ings", "ing", "ies", "ied", "ed", "es", "ly", "s", "e", "y")
SHORTEST_STEM = 3
KEPT_DOUBLE = "lsz"  # "calling", "passed", "buzzing": the double letter is the verb's own
CONTENT_KINDS = frozenset(("word", "time", "adverb"))  # of `closed_words`, as far as they say something


@dataclass(frozen=True, slots=True)
class Word:
    """A word as printed, with its stem."""

    printed: str
    stem: str


@dataclass(frozen=True, slots=True)
class WordLexicon:
    """Irregular forms with their stems, and what is known of stems."""

    irregular: Mapping[str, str]
    function_stems: frozenset[str]  # of words that say little by themselves
    meanings: Mapping[str, str]  # the stem that stands for all that say much the same


def build_word_lexicon(read_list: Callable[[str], Rows]) -> WordLexicon:
    """Build the lexicon from the word lists."""
    irregular = {row["plural"]: row["singular"] for row in read_list("plurals") if row["singular"]}
    for row in read_list("irregular_verbs"):
        irregular |= {row[form]: row["verb"] for form in ("past", "participle", "gerund") if row[form]}
    irregular = {form: _strip(base) for form, base in irregular.items()}
    closed = [row["word"] for row in read_list("closed_words") if row["kind"] not in CONTENT_KINDS]
    function_stems = frozenset(find_stem(word, irregular) for word in closed)
    meanings: dict[str, str] = {}
    for row in read_list("synonyms"):
        meanings.setdefault(find_stem(row["word"], irregular), find_stem(row["meaning"], irregular))
    return WordLexicon(irregular, function_stems, meanings)


def read_words(text: str, lexicon: WordLexicon) -> list[Word]:
    """Return the words of a text, in order; "U.S." is "US", "Biden's" is "Biden"."""
    return [Word(word, find_stem(word, lexicon.irregular)) for word in WORD.findall(text)]


def find_content_stems(words: Iterable[Word], lexicon: WordLexicon) -> frozenset[str]:
    """Return the stems of the words that say something."""
    return frozenset(word.stem for word in words) - lexicon.function_stems


def find_meanings(words: Iterable[Word], lexicon: WordLexicon) -> frozenset[str]:
    """Return the stems of the words that say something, one for all that say much the same."""
    return frozenset(lexicon.meanings.get(stem, stem) for stem in find_content_stems(words, lexicon))


def find_stem(word: str, irregular: Mapping[str, str]) -> str:
    """Return the stem of a word."""
    lower = word.lower().replace("’", "'").replace("‑", "-").removesuffix("'s")
    if lower.endswith("."):
        lower = lower.replace(".", "")
    return irregular.get(lower) or _strip(lower)


def _strip(lower: str) -> str:
    if lower[:1].isdigit():
        return lower.replace(",", "")
    for ending in ENDINGS:
        if lower.endswith(ending) and len(lower) - len(ending) >= SHORTEST_STEM:
            return _undouble(lower[: -len(ending)])
    return lower


def _undouble(stem: str) -> str:
    """Return "plan" for "plann"."""
    doubled = len(stem) > SHORTEST_STEM and stem[-1] == stem[-2] and stem[-1] not in KEPT_DOUBLE
    return stem[:-1] if doubled else stem
