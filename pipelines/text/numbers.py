"""Read numbers as news writes them: digits, words and mixtures.

"2.6 million" is 2 600 000, "twenty-five" 25, "half a million" 500 000, "two-thirds" 0.67, "several hundred"
300 or more, "tens of thousands" something between 10 000 and 100 000. What a number counts, and whether it is
a figure at all, is no matter of this module; but what its characters alone show to be none becomes one opaque
piece: "Dec. 7", "3:30 pm", "E-8C", "1990s", "555-0147".
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple


class Piece(NamedTuple):
    """A word, number or mark of the text."""

    kind: str  # "word", "number", "fraction", "ordinal", "currency", "mark", "opaque"
    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class NumberWord:
    """What a number word is worth, and how it combines with others."""

    low: float
    high: float | None  # None: open ("several")
    role: str  # "cardinal", "scale", "suffix", "several", "vague", "few", "fraction", "ordinal"


@dataclass(frozen=True, slots=True)
class Number:
    """A number phrase that ends before `pieces[end]`."""

    low: float
    high: float | None
    end: int
    scale: float = 1.0  # the "million" of "5 million", which "3 to 5 million" gives to the 3 as well
    is_share: bool = False  # "half", "two-thirds", "one in five"


NumberWords = Mapping[str, NumberWord]

_MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?"
    r"|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\b\.?"
)
_DAY = r"[0-3]?[0-9](?:st|nd|rd|th)?(?![0-9]|[,.][0-9])"
_YEAR = r"(?:1[5-9]|20)[0-9]{2}"
# Every repetition that can fail at its end is bounded, so that no text takes quadratic time.
_OPAQUE = rf"""
    https?://\S+ | www\.\S+ | [\w.+-]{{1,64}}@\w[\w.-]*              # addresses
  | [0-9]+(?:-[0-9]+){{2,}} | [0-9]+(?:\.[0-9]+){{2,}} | [0-9]+(?:/[0-9]+){{2,}}  # "2021-12-09", "3.2.1"
  | [#@]\w+                                                          # "#1", "@handle"
  | {_MONTH}\s?{_DAY}(?:\s?[-–]\s?{_DAY})?(?:,?\s{_YEAR}\b)?         # "Dec. 7, 2021", "Jan.9-10"
  | {_DAY}(?:\s?[-–]\s?{_DAY})?\s(?:of\s)?{_MONTH}(?:,?\s{_YEAR}\b)? # "7 December", "4th of July"
  | [0-9]{{1,2}}[:.][0-9]{{2}}\s?[ap]\.?m\b\.?                       # "10.45pm"
  | [0-9]{{1,2}}\s?(?:[ap]m\b|[ap]\.m\.)                             # "5 a.m."
  | [0-9]{{1,2}}:[0-9]{{2}}(?::[0-9]{{2}})?(?![0-9])                 # "3:30", the video's "2:08"
  | [0-9]{{1,2}}\s?o['’]clock | [0-9]{{4}}\s?(?:GMT|UTC|EST|EDT)\b   # "9 o’clock", "0800 GMT"
  | ['’]?[0-9]{{2,4}}['’]?s\b | ['’][0-9]{{2}}\b                     # "1990s", "’80s", "class of ’68"
  | {_YEAR}\s?[-–/]\s?(?:{_YEAR}|[0-9]{{2}})\b(?![,.]?[0-9])         # "2021-22"
  | \(?[0-9]{{3}}\)?[-\s.][0-9]{{3}}[-.][0-9]{{4}}\b                 # "(212) 555-0147"
  | \+[0-9]{{1,3}}(?:[\s-][0-9]{{2,4}}){{2,4}}\b                      # "+44 20 7946 0958"
  | (?<![.,\w])0[0-9]{{2,4}}(?:[\s-][0-9]{{3,6}}){{1,2}}\b              # "0800 123 456"
  | [Cc](?:ovid|OVID)\s?[-–]\s?19\b
  | [0-9]{{3}}-[0-9]{{4}}\b                                          # "555-0147"
  | [0-9]['’][0-9]{{1,2}}(?![0-9])                                    # a height, "5’11”"
  | [0-9.]{{1,9}}\s?[×x]\s?10\s?[\^−-]?[0-9]{{1,3}}(?![0-9,.])          # "1.99×10^30"
  | 9/11\b | 24/7\b | [0-9]{{16,}}                                   # no quantity has 16 digits
  | (?:Nos?|Art|Sec|Ch|Vol|Fig)\.\s?[0-9]+\b                         # "No. 10"
  | [^\W\d_]{{1,20}}[0-9][\w-]*(?:,[0-9]{{3}})*                      # "G7", "mp3"
  | (?=[^\W\d_]{{0,19}}[A-Z])[^\W\d_]{{1,20}}[-–][0-9][\w-]*         # "E-8C", "Covid-19"
"""
_NUMBER = r"[0-9]{1,3}(?:,[0-9]{3}){1,4}(?:\.[0-9]+)?(?!,?[0-9]) | [0-9]+(?:\.[0-9]+)? | (?<![\w.])\.[0-9]+"
_FRACTION = r"[0-9]{1,3}[/⁄][0-9]{1,3}(?![0-9/⁄]) | [½⅓¼¾⅔]"
_GLYPHS = {"½": 1 / 2, "⅓": 1 / 3, "¼": 1 / 4, "¾": 3 / 4, "⅔": 2 / 3}
_HYPHENS = frozenset("-‐‑–")
_NEED_OF = frozenset({"tens", "scores"})  # "scores of people"; other scores are results
_AMBIGUOUS = frozenset({"m", "b", "K"})
_BEFORE_SHARE = frozenset({"by", "than", "nearly", "almost"})
_LARGEST_SCALE = 1e12


def build_piece_pattern(currencies: Iterable[str]) -> re.Pattern[str]:
    """Return the pattern of all pieces; `currencies` are the signs that stand before digits."""
    signs = "|".join(re.escape(sign) for sign in sorted(currencies, key=len, reverse=True))
    return re.compile(
        rf"""(?P<currency>(?<!\w)(?:{signs})(?=\s?\.?[0-9]))
           | (?P<opaque>{_OPAQUE})
           | (?P<ordinal>[0-9]+(?:st|nd|rd|th)\b)
           | (?P<fraction>{_FRACTION})
           | (?P<number>{_NUMBER})
           | (?P<word>(?:[A-Za-z]\.){{2,}}|[^\W\d_]+(?:['’][^\W\d_]+)*)
           | (?P<mark>\S)""",
        re.VERBOSE,
    )


def split_pieces(text: str, start: int, end: int, pattern: re.Pattern[str]) -> list[Piece]:
    """Return the pieces of `text[start:end]`."""
    return [
        Piece(match.lastgroup or "", match.group(), match.start(), match.end())
        for match in pattern.finditer(text, start, end)
    ]


def word_at(pieces: Sequence[Piece], i: int) -> str:
    """Return piece `i` in lower case; "" beyond either end."""
    return pieces[i].text.lower() if 0 <= i < len(pieces) else ""


def is_glued(pieces: Sequence[Piece], i: int) -> bool:
    """Whether no white space stands between `pieces[i]` and the piece before."""
    return 0 < i < len(pieces) and pieces[i - 1].end == pieces[i].start


def is_hyphen(pieces: Sequence[Piece], i: int) -> bool:
    """Whether `pieces[i]` joins the two pieces around it: "two-hour"."""
    return word_at(pieces, i) in _HYPHENS and is_glued(pieces, i) and is_glued(pieces, i + 1)


def skip_hyphen(pieces: Sequence[Piece], i: int) -> int:
    """Return the index after the hyphen at `i`, or `i` where none is."""
    return i + 1 if is_hyphen(pieces, i) else i


def read_number(pieces: Sequence[Piece], i: int, words: NumberWords, is_money: bool = False) -> Number | None:
    """Read the number phrase that begins at `pieces[i]`, if one does. `is_money` reads "3m" as millions."""
    kind = pieces[i].kind
    if kind == "number":
        return _read_digits(pieces, i, words, is_money)
    if kind == "fraction":
        return _read_fraction(pieces, i)
    if kind == "word":
        return (
            _read_share(pieces, i, words) or _read_several(pieces, i, words) or _read_words(pieces, i, words)
        )
    return None


def _role(pieces: Sequence[Piece], i: int, words: NumberWords) -> str:
    word = words.get(word_at(pieces, i))
    return word.role if word else ""


def _read_digits(pieces: Sequence[Piece], i: int, words: NumberWords, is_money: bool) -> Number:
    """Read "1,250", "2.6 million", "13.6M", "2 1/2", "2 in 5"."""
    value = float(pieces[i].text.replace(",", ""))
    i += 1
    if i < len(pieces) and pieces[i].kind == "fraction" and (part := _read_fraction(pieces, i)):
        return Number(value + part.low, value + part.low, i + 1)
    if share := _read_one_in(pieces, i, value, words):
        return share
    if suffix := _suffix(pieces, i, words, is_money):
        return Number(value * suffix, value * suffix, i + 1, suffix)
    scale, end = _read_scales(pieces, i, words)
    return Number(value * scale, value * scale, end, scale)


def _read_scales(pieces: Sequence[Piece], i: int, words: NumberWords) -> tuple[float, int]:
    """Read "hundred million" as 100 000 000; return the index after it too."""
    scale = 1.0
    while scale < _LARGEST_SCALE and _role(pieces, at := skip_hyphen(pieces, i), words) == "scale":
        scale *= words[word_at(pieces, at)].low
        i = at + 1
    return scale, i


def _suffix(pieces: Sequence[Piece], i: int, words: NumberWords, is_money: bool) -> float:
    """Return what the letters after digits multiply them by, the "M" of "13.6M"; 0 where they do not.

    A lone "m", "b" or "K" could be metres, bits or a name ("4K"): it is a scale for money and before a plural
    ("13m jobs").
    """
    word = words.get(pieces[i].text) if i < len(pieces) else None
    if not word or word.role != "suffix":
        return 0
    if not is_glued(pieces, i) and (not is_money or len(pieces[i].text) == 1):
        return 0
    following = word_at(pieces, i + 1)
    is_scale = (
        is_money or pieces[i].text not in _AMBIGUOUS or following == "people" or following.endswith("s")
    )
    return word.low if is_scale else 0


def _read_fraction(pieces: Sequence[Piece], i: int) -> Number | None:
    """Read "½" and "1/16"; "20/20" is none."""
    share = _GLYPHS.get(pieces[i].text)
    if share is None:
        numerator, denominator = (int(part) for part in re.split("[/⁄]", pieces[i].text))
        if not 0 < numerator < denominator:
            return None
        share = numerator / denominator
    return Number(share, share, i + 1, is_share=True)


def _read_one_in(pieces: Sequence[Piece], i: int, part: float, words: NumberWords) -> Number | None:
    """Read on over "in five" and "out of 10" after `part`; "2 in 2014" is no share."""
    if word_at(pieces, i) == "in":
        i += 1
    elif word_at(pieces, i) == "out" and word_at(pieces, i + 1) == "of":
        i += 2
    else:
        return None
    whole = _plain_value(pieces, i, words)
    if not 0 < part < whole <= 100 or part % 1:
        return None
    return Number(part / whole, part / whole, i + 1, is_share=True)


def _plain_value(pieces: Sequence[Piece], i: int, words: NumberWords) -> float:
    """Return the value of one cardinal, "five" or "5"; 0 for anything else."""
    if i < len(pieces) and pieces[i].kind == "number" and pieces[i].text.isdigit():
        return float(pieces[i].text)
    return words[word_at(pieces, i)].low if _role(pieces, i, words) == "cardinal" else 0


def _read_share(pieces: Sequence[Piece], i: int, words: NumberWords) -> Number | None:
    """Read "half", "half a" (million, hour), "a third of", "two-thirds", "three quarters"."""
    word = word_at(pieces, i)
    if word == "half":
        if word_at(pieces, i + 1) not in ("a", "an"):
            return Number(0.5, 0.5, i + 1, is_share=True)
        scale, end = _read_scales(pieces, i + 2, words)
        return Number(scale / 2, scale / 2, end, scale)
    count = 1.0 if word == "a" else _plain_value(pieces, i, words)
    at = skip_hyphen(pieces, i + 1)
    share = count * _part(word_at(pieces, at), words)
    if not 0 < share < 1 or (count == 1) == word_at(pieces, at).endswith("s"):
        return None
    if word == "a" and word_at(pieces, at + 1) != "of" and word_at(pieces, i - 1) not in _BEFORE_SHARE:
        return None  # "a third round", but "by a third to $4bn"
    return Number(share, share, at + 1, is_share=True)


def _part(word: str, words: NumberWords) -> float:
    """Return the share that "third", "thirds", "quarter" stand for; 0 for any other word."""
    entry = words.get(word) or words.get(word.removesuffix("s"))
    if entry and entry.role == "fraction":
        return entry.low
    return 1 / entry.low if entry and entry.role == "ordinal" and entry.low > 2 else 0  # a "second" is a time


def _read_several(pieces: Sequence[Piece], i: int, words: NumberWords) -> Number | None:
    """Read "dozens", "tens of thousands", "several hundred", "a few hundred", "a couple of"."""
    if word_at(pieces, i) == "a":
        i += 1
    word = words.get(word_at(pieces, i))
    if not word or word.role not in ("several", "vague", "few"):
        return None
    has_of = word_at(pieces, i + 1) == "of"
    if word_at(pieces, i) in _NEED_OF and not has_of:
        return None
    scale, end = 1.0, i + 1
    if has_of and _role(pieces, i + 2, words) == "several":
        scale, end = words[word_at(pieces, i + 2)].low, i + 3
    elif word.role != "several":
        scale, end = _read_scales(pieces, i + 2 if has_of else i + 1, words)
    if word.role == "few" and scale == 1:  # "a few minutes" tells no number, "a few hundred" does
        return None
    return Number(word.low * scale, None if word.high is None else word.high * scale, end, scale)


def _read_words(pieces: Sequence[Piece], i: int, words: NumberWords) -> Number | None:
    """Read "twenty-five", "one hundred and five", "two and a half million", "a dozen", "one in five"."""
    if word_at(pieces, i) in ("a", "an") and _role(pieces, i + 1, words) == "scale":
        scale, end = _read_scales(pieces, i + 1, words)
        return Number(scale, scale, end, scale)
    if _role(pieces, i, words) != "cardinal":
        return None
    return _read_one_in(pieces, i + 1, words[word_at(pieces, i)].low, words) or _add_up(pieces, i, words)


def _add_up(pieces: Sequence[Piece], i: int, words: NumberWords) -> Number:
    """Add up number words: hundreds gather in `group`, which "thousand" and up turn into part of `total`."""
    total, group, scale = 0.0, words[word_at(pieces, i)].low, 1.0
    i += 1
    while True:
        i, group = _and_a_half(pieces, i, group)
        at = skip_hyphen(pieces, i)
        at = at + 1 if scale > 1 and word_at(pieces, at) == "and" else at
        word = words.get(word_at(pieces, at))
        if word and word.role == "scale" and total + group < _LARGEST_SCALE:
            scale *= word.low
            total, group = (total, group * word.low) if word.low <= 100 else (total + group * word.low, 0.0)
        elif word and word.role == "cardinal" and _goes_on(total, group, word.low):
            scale, group = 1.0, group + word.low
        else:
            return Number(total + group, total + group, i, scale)
        i = at + 1


def _goes_on(total: float, group: float, value: float) -> bool:
    """Whether a number word adds to what stands before: "twenty|five", "hundred|five", "thousand|five"."""
    if group == 0:
        return total > 0
    return group % 100 == 0 or (value < 10 and group % 10 == 0 and group % 100 > 10)


def _and_a_half(pieces: Sequence[Piece], i: int, group: float) -> tuple[int, float]:
    """Read on over "and a half", hyphened or not."""
    at = i
    for word in ("and", "a", "half"):
        at = skip_hyphen(pieces, at)
        if word_at(pieces, at) != word:
            return i, group
        at += 1
    return at, group + 0.5
