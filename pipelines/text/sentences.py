"""Find the sentences of news text, as it stands in the wild.

    … if Russia invades Ukraine more. “ | He added …        a misplaced mark stays with its sentence
    … 70,000 Russian troops in three. sides.                a stop before a small letter ends nothing
    … talks between the two sides. . | The call …           a lone stop begins nothing
    … Chris Coons, D-Del., met U.S. officials on Jan.9-10   nor does an abbreviation end anything

A line break always ends a sentence. Where a stop may end one or not, the next word decides.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from pipelines.text.passages import LINE, READ_PASSAGE_TYPES, Passage

STOP = re.compile(
    r"(?P<stop>[.!?…]+(?:\s{1,2}[.…]+(?=[\s\"'”’)\]]|$))*)"  # with lone stops after it: 'sides. .'
    r"(?P<closers>(?:[\"'”’»)\]]|\s[”»]|\s?“(?=[\s,.;]|$)|\s[\"'](?=[\s,.;]|$))*)"
)
NEXT = re.compile(r"(?P<space>\s*)[\s\"'“‘„«(\[{*–—-]*(?P<word>[^\W\d_]+|\S)?")
BULLET = re.compile(r"(?<=\s)[•●▪■◦](?=\s)")
LAST_WORD = re.compile(r"(?:[^\W\d_]+\.)*[^\W\d_]+$")
INITIALS = re.compile(r"(?:[^\W\d_]\.)*[^\W\d_]\.")
ENUMERATOR = re.compile(r"\W*(?:\d{1,2}|[A-Za-z])?")
ASKED_BY = re.compile(
    r"\s(?:[A-Z][\w.’'-]{0,30}\s){1,4}(?:said|says|asked|asks|wrote|added|tweeted|shouted|joked)\b"
)
GOES_ON = ",;:.!?…)]}"  # marks that open no sentence
SHORTEST_SENTENCE = 4  # characters before the stop; less is looked at for being a number in a list
LONGEST_ABBREVIATION = 20  # characters that are looked at before a stop


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence, without the white space around it."""

    start: int
    end: int
    passage_number: int


@dataclass(frozen=True, slots=True)
class SentenceLexicon:
    """Abbreviations with their stop, by what may follow them; words that open a sentence."""

    before_name: frozenset[str]  # "Sen.": ends no sentence
    before_number: frozenset[str]  # "No.": ends none before a digit
    either: frozenset[str]  # "U.S.": ends one only before a word that opens sentences
    openers: frozenset[str]


def build_sentence_lexicon(
    abbreviations: Iterable[Mapping[str, str]], sentence_openers: Iterable[Mapping[str, str]]
) -> SentenceLexicon:
    """Sort the rows of the two lists of these names."""
    kinds: dict[str, set[str]] = {"before_name": set(), "before_number": set(), "either": set()}
    for row in abbreviations:
        kinds[row["kind"]].add(row["abbreviation"])
    return SentenceLexicon(
        **{kind: frozenset(words) for kind, words in kinds.items()},
        openers=frozenset(row["word"] for row in sentence_openers),
    )


def find_sentences(text: str, passages: Sequence[Passage], lexicon: SentenceLexicon) -> list[Sentence]:
    """Return the sentences of the passages that are read, in order."""
    return [
        Sentence(start, end, number)
        for number, passage in enumerate(passages)
        if passage.passage_type in READ_PASSAGE_TYPES
        for line in LINE.finditer(text, passage.start, passage.end)
        for start, end in _split_line(line[0], line.start(), lexicon)
    ]


def _split_line(line: str, offset: int, lexicon: SentenceLexicon) -> Iterator[tuple[int, int]]:
    """Yield start and end of each sentence of a line that starts at `offset`."""
    start = 0
    for end in (*_find_ends(line, lexicon), len(line)):
        sentence = line[start:end]
        if bare := sentence.strip():
            first = offset + start + sentence.index(bare)
            yield first, first + len(bare)
        start = end


def _find_ends(line: str, lexicon: SentenceLexicon) -> list[int]:
    ends = [bullet.start() for bullet in BULLET.finditer(line)]
    start = 0
    for stop in STOP.finditer(line):
        if _ends_sentence(line, start, stop, lexicon):
            start = stop.end()
            ends.append(start)
    return sorted(ends)


def _ends_sentence(line: str, start: int, stop: re.Match[str], lexicon: SentenceLexicon) -> bool:
    """Whether the sentence that began at `start` ends with this stop and the marks that close after it."""
    after = NEXT.match(line, stop.end())
    if after is None or not after["word"]:
        return False  # the line ends it
    if not after["space"]:
        return _is_glued(line, stop, after)
    word = after["word"]
    if word[0].islower() or word[0] in GOES_ON or _stands_inside(line, start, stop):
        return False
    if stop["stop"] in ("…", "...") and line[stop.start() - 1].isspace():
        return word in lexicon.openers  # 'We … Americans': words are left out
    return stop["stop"] != "." or _abbreviation_ends(line, stop.start(), word, lexicon)


def _stands_inside(line: str, start: int, stop: re.Match[str]) -> bool:
    """Whether a stop is part of a list number, of '(…)' or of a question that is then ascribed."""
    if stop.start() - start <= SHORTEST_SENTENCE and ENUMERATOR.fullmatch(line, start, stop.start()):
        return True  # '1. Close the border.' · '“… There is evidence.'
    if line[max(0, stop.start() - 1) : stop.start()] in ("(", "["):
        return True
    is_question = stop["stop"][-1] in "?!" and stop["closers"]
    return bool(is_question and ASKED_BY.match(line, stop.end()))  # '“Is it?” Smith asked.'


def _abbreviation_ends(line: str, stop: int, next_word: str, lexicon: SentenceLexicon) -> bool:
    """Whether the word before the stop, which may be an abbreviation, ends its sentence."""
    last = LAST_WORD.search(line[max(0, stop - LONGEST_ABBREVIATION) : stop])
    if last is None:
        return True
    abbreviation = last[0] + "."
    if abbreviation in lexicon.before_name:
        return False
    if abbreviation in lexicon.before_number:
        return not next_word[0].isdigit()
    if abbreviation in lexicon.either or INITIALS.fullmatch(abbreviation):
        return next_word in lexicon.openers
    return True


def _is_glued(line: str, stop: re.Match[str], after: re.Match[str]) -> bool:
    """Whether the next sentence follows without a space: 'the call.Biden said', but not 'Sean.Cooper@…'."""
    before = line[max(0, stop.start() - 2) : stop.start()]
    return (
        before.isalpha()
        and before.islower()
        and re.match("[A-Z][a-z]", after["word"]) is not None
        and line[after.end() : after.end() + 1] not in tuple("@/._-")
    )
