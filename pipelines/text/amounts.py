"""Read amounts: a number with the unit it is in or the noun it counts.

"$58.24 per barrel", "50-minute", "nearly an hour", "four major allies", "10 to 15 tonnes", "twice as many",
"her mid-50s". An amount is not yet a figure: "Article 5" and "2014" are amounts too. Amounts refer to the
pieces of one sentence, by index.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from pipelines.text.figure_lexicon import YEARS_OF_DECADE, FigureLexicon
from pipelines.text.numbers import Piece, is_glued, is_hyphen, read_number, skip_hyphen, word_at
from pipelines.text.units import Unit, is_plural, phrase_at, phrase_before, singular

_LONGEST_PHRASE = 8  # words of a noun phrase, and of what may stand between "from … to"
_PARTS = {
    ("hour", "minute"): 60, ("minute", "second"): 60, ("year", "month"): 12, ("week", "day"): 7,
    ("day", "hour"): 24, ("foot", "inch"): 12, ("pound", "ounce"): 16, ("stone", "pound"): 14,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Amount:
    """A number with its unit: `pieces[first:end]`."""

    first: int
    end: int
    low: float | None
    high: float | None
    unit: str | None = None
    figure_type: str = "other"
    scale: float = 1.0  # see `Number.scale`
    counted: tuple[int, int] | None = None  # the noun phrase of a count, as piece indices
    is_joined: bool = False  # by a hyphen: "50-minute", or to a later unit: "four- and six-cylinder"
    link: str = ""  # what makes a range of it: "from", "to", …
    falls: bool = False  # its higher end stands first: "from 40 to 30"


def read_amounts(pieces: Sequence[Piece], lexicon: FigureLexicon) -> Iterator[Amount]:
    """Yield the amounts of a sentence, in order, without overlap."""
    i = 0
    counted = range(0)
    while i < len(pieces):
        amount = None if i in counted else _read_amount(pieces, i, lexicon)
        if amount:
            yield amount
            counted = range(*amount.counted) if amount.counted else counted
        i = amount.end if amount else i + 1


def _read_amount(pieces: Sequence[Piece], i: int, lexicon: FigureLexicon) -> Amount | None:
    kind = pieces[i].kind
    if kind == "mark" or (kind == "word" and word_at(pieces, i) not in lexicon.openers):
        return None
    if kind == "opaque":
        return _read_decade(pieces, i, lexicon)
    if kind == "currency":
        return _read_money(pieces, i, lexicon)
    number = read_number(pieces, i, lexicon.numbers)
    if not number:
        return (
            _read_ordinal(pieces, i, lexicon)
            or _read_article(pieces, i, lexicon)
            or _read_decade(pieces, i, lexicon)
            or _read_multiple(pieces, i, lexicon)
        )
    unit = "share" if number.is_share else None
    amount = Amount(i, number.end, number.low, number.high, unit, scale=number.scale)
    amount = _add_rate(pieces, _add_unit(pieces, _add_minus(pieces, amount), lexicon), lexicon)
    return _add_count(pieces, amount, lexicon) if amount.unit in (None, "share") else amount


def _read_money(pieces: Sequence[Piece], i: int, lexicon: FigureLexicon) -> Amount | None:
    """Read "$1.2bn"; in "$20 Canadian dollars" the name after the number is the surer one."""
    number = read_number(pieces, i + 1, lexicon.numbers, is_money=True)
    if not number:
        return None
    unit, end = lexicon.signs[pieces[i].text], number.end
    named = phrase_at(pieces, end, lexicon.units)
    if named and named[0].figure_type == "money" and named[0].name.isupper():
        unit, end = named[0].name, named[1]
    return _add_rate(pieces, Amount(i, end, number.low, number.high, unit, "money", number.scale), lexicon)


def _add_minus(pieces: Sequence[Piece], amount: Amount) -> Amount:
    """Read "minus 5", "minus-5" and "−5" as below zero; a plain hyphen before a number may be any dash."""
    i = amount.first - 2 if is_hyphen(pieces, amount.first - 1) else amount.first - 1
    is_minus = word_at(pieces, i) == "minus" or (word_at(pieces, i) == "−" and not is_glued(pieces, i))
    if not is_minus or amount.low is None or amount.high is None:
        return amount
    return replace(amount, first=i, low=-amount.high, high=-amount.low)


def _add_unit(pieces: Sequence[Piece], amount: Amount, lexicon: FigureLexicon) -> Amount:
    """Read the unit after the number: "50 minutes", "50-minute", "hundreds of miles", "11-member"."""
    is_joined = is_hyphen(pieces, amount.end)
    is_vague = amount.low != amount.high and word_at(pieces, amount.end) == "of"
    at = amount.end + 1 if is_joined or is_vague else amount.end
    found = phrase_at(pieces, at, lexicon.units)
    if amount.unit == "share" and word_at(pieces, at) == "of" and word_at(pieces, at + 1) in ("a", "an"):
        found = phrase_at(pieces, at + 2, lexicon.units)  # "a quarter of an hour"
        return _name(amount, found) if found else amount
    if is_joined and phrase_at(pieces, amount.end, lexicon.hedges_after):  # "30-odd men"
        return amount
    if found and (is_joined or word_at(pieces, at) != "second" or amount.low == 1):  # not "two second halves"
        return replace(_name(amount, found), is_joined=is_joined)
    if is_joined and pieces[at].kind == "word" and word_at(pieces, at) not in lexicon.phrase_ends:
        noun = singular(word_at(pieces, at), lexicon.plurals)
        return replace(amount, end=at + 1, unit=noun, figure_type="count", is_joined=True)
    before = amount.first - 2 if word_at(pieces, amount.first - 1) == "of" else amount.first - 1
    if lexicon.fits("before_age", word_at(pieces, before)):  # "aged 7", "the age of 21"
        return replace(amount, unit="year", figure_type="duration")
    return replace(amount, is_joined=word_at(pieces, amount.end) == "-" and is_glued(pieces, amount.end))


def _name(amount: Amount, found: tuple[Unit, int]) -> Amount:
    """Give an amount the unit that was found, and where it ends."""
    unit, end = found
    return replace(amount, end=end, unit=unit.name, figure_type=unit.figure_type)


def _add_rate(pieces: Sequence[Piece], amount: Amount, lexicon: FigureLexicon) -> Amount:
    """Read "per barrel", "a day", "/kg" after a unit: "$58 a barrel" is "USD per barrel"."""
    i = skip_hyphen(pieces, amount.end)
    link = word_at(pieces, i)
    if amount.unit is None or link not in ("per", "a", "an", "each", "every", "/"):
        return amount
    i = skip_hyphen(pieces, i + 1)
    found = phrase_at(pieces, i, lexicon.units)
    if not found and link in ("per", "/") and i < len(pieces) and pieces[i].kind == "word":
        found = Unit(singular(word_at(pieces, i), lexicon.plurals), "count"), i + 1
    is_past = link in ("a", "an") and found and lexicon.fits("after_relative_time", word_at(pieces, found[1]))
    if not found or is_past:  # "moved 20 miles a year ago"
        return amount
    return replace(amount, end=found[1], unit=f"{amount.unit} per {found[0].name}", figure_type="rate")


def _read_article(pieces: Sequence[Piece], i: int, lexicon: FigureLexicon) -> Amount | None:
    """Read "nearly an hour", "lasted an hour", "hour-long"; a bare "a day" is a way to speak, no figure."""
    has_article = word_at(pieces, i) in ("a", "an")
    at = i + 1 if has_article else i
    word = word_at(pieces, at)
    unit = lexicon.units.get(word)
    if not unit or unit.figure_type not in ("duration", "distance") or is_plural(word, lexicon.plurals):
        return None
    if is_hyphen(pieces, at + 1) and word_at(pieces, at + 2) == "long":
        return Amount(at, at + 3, 1, 1, unit.name, unit.figure_type, is_joined=True)
    is_lasting = word_at(pieces, i - 1) in ("lasted", "lasting", "lasts")
    if has_article and (
        is_lasting or _goes_on(pieces, at + 1) or phrase_before(pieces, i, lexicon.hedges_before)
    ):
        return Amount(i, at + 1, 1, 1, unit.name, unit.figure_type)
    return None


def _goes_on(pieces: Sequence[Piece], i: int) -> bool:
    """Whether "and 20 minutes" or "and a half" follows."""
    following = [word_at(pieces, i + n) for n in range(3)]
    return following[0] == "and" and (following[1].isdigit() or following[1:] == ["a", "half"])


def _read_decade(pieces: Sequence[Piece], i: int, lexicon: FigureLexicon) -> Amount | None:
    """Read the ages "her mid-50s" and "his thirties", and "the low 40s"; "the mid-80s" may be years."""
    part = word_at(pieces, i) if word_at(pieces, i) in YEARS_OF_DECADE else ""
    at = skip_hyphen(pieces, i + 1) if part else i
    word = word_at(pieces, at)
    named = lexicon.numbers.get(word)
    if re.fullmatch("[2-9]0s", word):
        tens = float(word[:2])
    elif named and named.role == "tens":
        tens = named.low
    else:
        return None
    is_age = word_at(pieces, i - 1) in ("my", "your", "his", "her", "their", "our")
    if not is_age and part not in ("low", "lower", "high", "upper"):
        return None
    low, high = YEARS_OF_DECADE[part]
    amount = Amount(i, at + 1, tens + low, tens + high)
    return replace(amount, unit="year", figure_type="duration") if is_age else amount


def _read_multiple(pieces: Sequence[Piece], i: int, lexicon: FigureLexicon) -> Amount | None:
    """Read "twice as many", "twice a week", "prices doubled", "a threefold rise"; no bare "twice"."""
    word = lexicon.numbers.get(word_at(pieces, i))
    if not word or word.role not in ("multiple", "multiplied", "fold"):
        return None
    following = word_at(pieces, i + 1)
    if word.role == "multiplied" and following in ("as", "back", "down", "over", "up"):
        return None
    amount = Amount(i, i + 1, word.low, word.low, "fold" if word.role == "fold" else "time")
    if word.role != "multiple" or (following == "as" and word_at(pieces, i + 2) in ("many", "much")):
        return amount
    rate = _add_rate(pieces, amount, lexicon)
    return rate if rate.figure_type == "rate" else None


def _read_ordinal(pieces: Sequence[Piece], i: int, lexicon: FigureLexicon) -> Amount | None:
    """Read "the second call this month", "the call, the second since May", "a third straight win".

    Only a period, or "straight", makes an ordinal a count; else it may be a rank, a name or a mere "then".
    """
    value = _ordinal_value(pieces[i], lexicon)
    is_in_row = lexicon.fits("after_counting_ordinal", word_at(pieces, i + 1))
    is_definite = lexicon.fits("before_ordinal", word_at(pieces, i - 1))
    if value < 2 or is_hyphen(pieces, i + 1):
        return None
    if not (is_in_row or (is_definite and _has_period(pieces, i + 1, lexicon))):
        return None
    start = i + 2 if is_in_row else i + 1
    run = noun_run(pieces, start, lexicon) if is_nominal(pieces, start, lexicon) else range(0)
    head = singular_head(pieces, run)
    if head is None and word_at(pieces, i - 2) == ",":
        head, run = i - 3, range(i - 3, i - 2)
    if head is None or head < 0 or pieces[head].kind != "word" or word_at(pieces, head) in lexicon.units:
        return None
    noun = word_at(pieces, head)
    return Amount(i, i + 1, value, value, noun, "ordinal", counted=(run.start, head + 1))


def _ordinal_value(piece: Piece, lexicon: FigureLexicon) -> float:
    if piece.kind == "ordinal":
        return float(piece.text[:-2])
    word = lexicon.numbers.get(piece.text)
    return word.low if word and word.role == "ordinal" else 0


def _has_period(pieces: Sequence[Piece], i: int, lexicon: FigureLexicon) -> bool:
    """Whether "this month", "last year", … follow within the clause."""
    for at in range(i, min(i + _LONGEST_PHRASE, len(pieces))):
        if pieces[at].kind == "mark":
            return False
        is_period = lexicon.fits("period", word_at(pieces, at + 1))
        if word_at(pieces, at) == "since" and lexicon.phrase_ends.get(word_at(pieces, at + 1)) != "pronoun":
            return True
        if is_period and word_at(pieces, at) in ("this", "last", "past"):
            return True
    return False


# What is counted


def _add_count(pieces: Sequence[Piece], amount: Amount, lexicon: FigureLexicon) -> Amount:
    """Read the noun phrase that a bare number counts: "four major allies", "two of the 12 men"."""
    after = phrase_at(pieces, amount.end, lexicon.hedges_after)  # "300 or more jurors"
    i = after[1] if after else amount.end
    if word_at(pieces, i) == "." and word_at(pieces, i + 1) not in lexicon.phrase_ends:  # "in three. sides"
        i += 1
    elif word_at(pieces, i) == "of":
        i = skip_determiners(pieces, i + 1, lexicon)
    run = noun_run(pieces, i, lexicon)
    is_one = amount.low == amount.high == 1
    head = singular_head(pieces, run) if is_one else plural_head(pieces, run, lexicon)
    if head is None or (is_one and word_at(pieces, run.start) in lexicon.phrase_ends):
        return amount
    if amount.unit == "share":  # "half of the voters"
        return replace(amount, counted=(run.start, head + 1))
    noun = singular(pieces[head].text, lexicon.plurals)
    unit = lexicon.units.get(pieces[head].text.lower())
    if unit and unit.figure_type == "duration":  # "50 previous years"
        return replace(amount, end=head + 1, unit=unit.name, figure_type=unit.figure_type)
    noun = noun if any(letter.isupper() for letter in noun) else noun.lower()
    count = replace(amount, unit=noun, figure_type="count", counted=(run.start, head + 1))
    rate = _add_rate(pieces, replace(count, end=head + 1), lexicon)
    return (
        rate if word_at(pieces, head + 1) != "/" and rate.figure_type == "rate" else count
    )  # "12 people a day"


def skip_determiners(pieces: Sequence[Piece], i: int, lexicon: FigureLexicon) -> int:
    """Return the index after "the", "their first", "the 12" …, where the noun phrase proper begins."""
    while (
        lexicon.fits("before_count", word_at(pieces, i))
        or lexicon.phrase_ends.get(word_at(pieces, i)) == "determiner"
    ):
        i += 1
    if i < len(pieces) and _ordinal_value(pieces[i], lexicon):
        i += 1
    number = read_number(pieces, i, lexicon.numbers) if i < len(pieces) else None
    return number.end if number else i


def is_nominal(pieces: Sequence[Piece], i: int, lexicon: FigureLexicon) -> bool:
    """Whether `pieces[i]` can stand in a noun phrase, as far as its form tells."""
    word = word_at(pieces, i)
    if not word or pieces[i].kind not in ("word", "opaque"):
        return is_hyphen(pieces, i)
    stem = re.split("['’]", word)[0]  # "it’s"
    return stem not in lexicon.phrase_ends and word not in lexicon.numbers


def noun_run(pieces: Sequence[Piece], i: int, lexicon: FigureLexicon) -> range:
    """Return the pieces from `i` on that can be one noun phrase, adjectives and hyphened words included.

    Its first word may be one that elsewhere ends a phrase: "four more people", "two lost ships".
    """
    end = i
    if lexicon.phrase_ends.get(word_at(pieces, i)) in ("adverb", "verb"):
        end += 1
    while end < i + _LONGEST_PHRASE and (
        is_nominal(pieces, end, lexicon) or (end > i and _is_between_names(pieces, end))
    ):
        end += 1
    return range(i, end)


def _is_between_names(pieces: Sequence[Piece], i: int) -> bool:
    """Whether names go on: the "and" of "Kia and Hyundai cars", the "737" of "two new 737 Max jets"."""
    if i + 1 >= len(pieces) or not pieces[i + 1].text[0].isupper():
        return False
    is_joint = pieces[i].text in ("and", "&") and pieces[i - 1].text[0].isupper()
    return is_joint or (pieces[i].kind == "number" and pieces[i].text.isdigit())


def plural_head(pieces: Sequence[Piece], run: range, lexicon: FigureLexicon) -> int | None:
    """Return the first plural that no other one follows ("sales reps"), rather a common noun than a name."""
    plural = [i for i in run if is_plural(pieces[i].text, lexicon.plurals) and not is_hyphen(pieces, i + 1)]
    heads = [i for i in plural if i + 1 not in plural]
    return next((i for i in heads if pieces[i].text.islower()), heads[0] if heads else None)


def singular_head(pieces: Sequence[Piece], run: range) -> int | None:
    """Return the last word before what looks like a verb: "one proposal | asks", "one man | wearing"."""
    head = None
    for i in run:
        if head is not None and re.search("(?:[^sui]s|ed|ing|ly)$", pieces[i].text):
            break
        head = i
        if pieces[i].text.endswith(("’s", "'s")):  # "15-member committee’s | tour"
            break
    return head


# Ranges


def join_ranges(pieces: Sequence[Piece], amounts: Sequence[Amount], lexicon: FigureLexicon) -> list[Amount]:
    """Make one amount of two: "10 to 15 tonnes", "$3-5 million", "between 5 and 10", "from 252 miles to 287".

    A hyphen between two bare numbers is a score ("won 3-2") or an address; both are dropped.
    """
    joined: list[Amount] = []
    amounts = _join_parts(pieces, amounts)
    for amount in amounts:
        link = _link(pieces, joined[-1], amount, lexicon) if joined else ""
        both = _range(joined[-1], amount, link) if link else None
        if both:
            joined[-1] = both
        elif link == "hyphen" and is_hyphen(pieces, joined[-1].end):
            joined.pop()
        else:
            joined.append(amount)
    return _fill_gaps(pieces, _give_units(pieces, joined), lexicon)


def _join_parts(pieces: Sequence[Piece], amounts: Sequence[Amount]) -> list[Amount]:
    """Make one amount of "an hour and 20 minutes", "5 feet 11 inches", "two years and a half"."""
    joined: list[Amount] = []
    for amount in amounts:
        whole = joined[-1] if joined else None
        if whole and whole.unit == "foot" and amount.unit is None and is_hyphen(pieces, whole.end):
            amount = replace(amount, unit="inch", figure_type="distance")  # noqa: PLW2901  # "6-foot-2"
        gap = [piece.text.lower() for piece in pieces[whole.end : amount.first]] if whole else []
        size = _PARTS.get((whole.unit or "", amount.unit or "")) if whole else None
        is_part = (
            size
            and gap in ([], ["and"], [","], ["-"])
            and amount.low == amount.high
            and (amount.low or 0) < size
        )
        if whole and size and is_part and whole.low is not None and whole.low == whole.high:
            value = whole.low * size + (amount.low or 0)
            joined[-1] = replace(amount, first=whole.first, low=value, high=value)
        else:
            joined.append(amount)
    return [_add_half(pieces, amount) for amount in joined]


def _add_half(pieces: Sequence[Piece], amount: Amount) -> Amount:
    words = [piece.text.lower() for piece in pieces[amount.end : amount.end + 3]]
    if words != ["and", "a", "half"] or amount.low is None or amount.high is None or amount.unit is None:
        return amount
    return replace(amount, end=amount.end + 3, low=amount.low + 0.5, high=amount.high + 0.5)


def _link(pieces: Sequence[Piece], low: Amount, high: Amount, lexicon: FigureLexicon) -> str:
    """Return what makes a range of two amounts: "hyphen", "to", "or", "between", "from", or ""."""
    if high.first - low.end > _LONGEST_PHRASE:
        return ""
    gap = [piece.text.lower() for piece in pieces[low.end : high.first]]
    words = [word for word in gap if word not in ("-", "–")]
    before = word_at(pieces, low.first - 1)
    if gap and not words:
        return "hyphen"
    if words == ["and"] and before == "between":
        return "between"
    if words and words[-1] == "to" and before == "from" and not {",", ";"} & set(words):
        return "from"
    if words == ["to"] and low.unit and high.unit and _leads_to_result(before, lexicon):
        return ""
    return words[0] if words in (["to"], ["or"]) else ""


def _leads_to_result(word: str, lexicon: FigureLexicon) -> bool:
    """Whether the amount after `word` is a change, and the next one where it led: "rose 5% to 30%"."""
    return word in ("by", "up", "down") or word.endswith("ed") or lexicon.phrase_ends.get(word) == "verb"


def _range(low: Amount, high: Amount, link: str) -> Amount | None:
    """Return the range of two amounts in one unit; the first takes its scale and unit from the second."""
    if low.low is None or low.low != low.high or high.low is None or high.high is None:
        return None
    unit = high.unit or low.unit
    if low.unit and low.unit.startswith(f"{high.unit} per ") and link == "from":
        unit = low.unit  # "from $75 a barrel to $46"
    if low.unit not in (None, unit) and not str(unit).startswith(f"{low.unit} per "):
        return None
    is_spelled = low.end > low.first + 1  # not the year of "aged 10 to 15"
    if high.unit is None and low.figure_type != "money" and is_spelled and link not in ("from", "between"):
        return None
    if low.unit is None and high.unit is None and link not in ("from", "between"):
        return None
    is_scaled = (
        low.scale == 1 and low.low * high.scale <= high.high
    )  # "3 to 5 million", not "$200 to $4 million"
    start = low.low * high.scale if is_scaled else low.low
    if start >= high.high and link not in ("from", "between"):
        return None
    named = high if high.unit == unit else low
    return replace(
        named,
        first=low.first,
        end=high.end,
        low=min(start, high.low),
        high=max(start, high.high),
        link=link,
        falls=start > high.low,
    )


def _give_units(pieces: Sequence[Piece], amounts: Sequence[Amount]) -> list[Amount]:
    """Let "four-, five- and six-cylinder" be cylinders throughout: a hanging hyphen waits for its unit."""
    given: list[Amount] = []
    for amount in reversed(amounts):
        following = given[-1] if given else None
        if following and amount.unit is None and amount.is_joined:
            gap = {piece.text for piece in pieces[amount.end : following.first]}
            if gap <= {"-", "–", ",", "and", "or"}:
                given.append(replace(amount, unit=following.unit, figure_type=following.figure_type))
                continue
        given.append(amount)
    return given[::-1]


def _fill_gaps(pieces: Sequence[Piece], amounts: Sequence[Amount], lexicon: FigureLexicon) -> list[Amount]:
    """Let "300 of them", "another 200" and "20 fled" count what the sentence counted before."""
    filled: list[Amount] = []
    counted: Amount | None = None
    for amount in amounts:
        if counted and amount.unit is None and _is_gap(pieces, amount, lexicon):
            amount = replace(amount, unit=counted.unit, figure_type="count", counted=counted.counted)  # noqa: PLW2901
        elif amount.figure_type == "count" and amount.counted and amount.high != 1:
            counted = amount
        filled.append(amount)
    return filled


def _is_gap(pieces: Sequence[Piece], amount: Amount, lexicon: FigureLexicon) -> bool:
    """Whether the noun that a bare number counts is left out: "of whom 20 …", "a further 300 are …"."""
    before, after = word_at(pieces, amount.first - 1), word_at(pieces, amount.end)
    if amount.is_joined or amount.low is None or before in ("to", "from", "at", "by"):
        return False
    is_part = before in ("whom", "which") and word_at(pieces, amount.first - 2) == "of"
    is_more = before in ("another", "further", "additional", "including")
    is_of_them = after == "of" and word_at(pieces, amount.end + 1) in (
        "them",
        "whom",
        "which",
        "those",
        "these",
    )
    is_subject = lexicon.fits("after_lone_number", after) and after != "of"
    return is_part or is_of_them or is_subject or (is_more and not is_nominal(pieces, amount.end, lexicon))
