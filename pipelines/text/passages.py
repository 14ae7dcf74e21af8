"""Say what each stretch of a news text is: title, dateline, body, caption, footer …

    (CNN) — President Joe Biden on Thursday urged …        dateline "(CNN) — ", then body
    See also  Mother and daughter emigrants die …          related_link
    Putin makes alarming remarks on cooperation 2:00       video_caption

Nothing is cut: passages lie side by side and cover the text. A passage is a line (a paragraph is one), or
part of one where a dateline or an outlet's name stands before the running text. White space belongs to the
passage before it, and to the first passage where none is before. Where a line may be either, it is body:
furniture read as body costs little, a body sentence taken for furniture loses what it says.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from pipelines.text.date_headers import MONTH, read_date_header

LINE = re.compile(r"[^\n\r\x0b\x0c\x85\u2028\u2029]+")
BLANK = " \t\xa0\ufeff\u200b"  # a byte order mark or a zero-width space may open a file
TITLE_LENGTH = 200  # characters
HEADING_LENGTH = 100
READ_PASSAGE_TYPES = ("title", "subheading", "body")  # the ones that are split into sentences and read
FURNITURE_LENGTH = 400  # a longer line that opens or closes like furniture is a paragraph
DATELINE_LENGTH = 120

CLOSERS = "\"'”’“‘»)]"
STOPS = ".!?…:;,—–-"  # a line that ends so is running text, or leads on to some
BULLET = re.compile(r"[-–—*•●▪■◦·>]|\d{1,2}[.)]\s")
HAS_WORD = re.compile(r"[^\W_]")
LONG_WORD = re.compile(r"[^\W\d_][\w'’-]{4,}")

NAME = r"[^\W\d_a-z][\w.'’]*"  # a capitalised word
BYLINE = re.compile(
    r"(?i:by|written by|reported by|story by)[:\s]\s*"
    r"(?!(?:Any|All|The|A|An|This|That|Its?|His|Her)\b)"  # 'By Any Means Necessary' is a heading
    rf"{NAME}(?:-{NAME})*\s(?:{NAME}|de|van|von|al)\b"
    rf"(?:(?:[\s,&|/]+(?:[—–-]\s+)?|-)(?:{NAME}|and|for|of|the|in|at|de|del|la|van|von|der|bin|with|\S+@\S+))*\W*"
)
EMAIL = re.compile(r"(?:e-?mail:?\s*)?[\w.+-]+@[\w-]+(?:\.[\w-]+)+\W*", re.IGNORECASE)
RUNNING_TIME = re.compile(r"(?P<before>\w*)\W*\s\(?\d{1,2}:[0-5]\d\)?$")
TIME_OF_DAY = frozenset({"about", "after", "around", "at", "before", "by", "from", "since", "to", "until"})
ARTICLES_AND_PREPOSITIONS = {"a", "an", "at", "from", "in", "of", "on", "the", "with"}
CAPTION_WORDS = ARTICLES_AND_PREPOSITIONS | {
    "and",
    "counterpart",
    "her",
    "his",
    "husband",
    "its",
    "their",
    "wife",
}
"""Lower-case words of a caption that only names who is seen: there is no verb among them."""

DASH = r"(?:[—–]|--?)"
CAPITALS = r"[A-Z][A-Z.'’]+(?:[ /-][A-Z][A-Z.'’]*){0,4}"
PLACE = rf"{NAME}(?:[ /-](?:{NAME}|de|of)){{0,4}}"
REGION = r"(?:[A-Z]\.\s?[A-Z]\.|[A-Z][a-z]+\.?(?: [A-Z][a-z]+\.?){0,2}|[A-Z]{2,}(?: [A-Z]{2,})?)"
DAY = rf"(?i:{MONTH} \d{{1,2}}|\d{{1,2}} {MONTH})(?:,? \d{{4}})?"


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of the text, end exclusive."""

    start: int
    end: int
    passage_type: str


@dataclass(frozen=True, slots=True)
class PassageLexicon:
    """The word lists, compiled once."""

    furniture: tuple[tuple[str, re.Pattern[str]], ...]  # passage type, how a line of it reads
    dateline: re.Pattern[str]
    outlets: frozenset[str]
    outlet_before: re.Pattern[str]  # "The Day – " before a title
    outlet_after: re.Pattern[str]  # "| Reuters" after one
    agencies: Mapping[str, str]  # name as printed → agency
    agency: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class _Line:
    """A line without the white space around it."""

    start: int
    text: str


def build_passage_lexicon(
    boilerplate_phrases: Iterable[Mapping[str, str]],
    wires: Iterable[Mapping[str, str]],
    outlets: Iterable[Mapping[str, str]],
    dateline_places: Sequence[Mapping[str, str]],
) -> PassageLexicon:
    """Compile the rows of the four lists of these names."""
    agencies = {row["printed"]: row["wire"] for row in wires}
    outlet_names = frozenset(row["outlet"] for row in outlets)
    outlet = _any_of(outlet_names)
    return PassageLexicon(
        furniture=_compile_furniture(boilerplate_phrases),
        dateline=_compile_dateline(agencies, dateline_places),
        outlets=outlet_names,
        outlet_before=re.compile(rf"{outlet}\s+(?:{DASH}|\|)\s+(?=\S)"),
        outlet_after=re.compile(rf"(?<=\s)(?:{DASH}|\|)\s+{outlet}$"),
        agencies=agencies,
        agency=re.compile(rf"(?<!\w){_any_of(agencies)}(?!\w)"),
    )


def find_passages(text: str, lexicon: PassageLexicon) -> list[Passage]:
    """Return the passages of `text`, in order; together they cover all of it."""
    lines = list(_find_lines(text))
    if not lines:
        return [Passage(0, len(text), "other")] if text else []
    pieces = [
        piece
        for line, passage_type in zip(lines, _name_lines(lines, lexicon), strict=True)
        for piece in _split_line(line, passage_type, lexicon)
    ]
    ends = [start for start, _ in pieces[1:]] + [len(text)]
    starts = [0, *ends[:-1]]
    return [Passage(*passage) for passage in zip(starts, ends, (type_ for _, type_ in pieces), strict=True)]


def _any_of(names: Iterable[str]) -> str:
    """Alternatives of a regular expression, the longest first."""
    return "(?:" + "|".join(re.escape(name) for name in sorted(names, key=lambda n: (-len(n), n))) + ")"


def _compile_furniture(rows: Iterable[Mapping[str, str]]) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """One pattern a passage type, in the order in which the list names the types."""
    frames = {"whole": r"(?:{})[.:!]?$", "start": r"(?:{})", "end": r".*(?:{})[.\s]*$"}
    patterns: dict[str, list[str]] = {}
    for row in rows:
        pattern = frames[row["place"]].format(row["pattern"].replace(" ", r"\s"))  # a space may be U+00A0
        patterns.setdefault(row["passage_type"], []).append(pattern)
    return tuple(
        (passage_type, re.compile("|".join(alternatives), re.IGNORECASE))
        for passage_type, alternatives in patterns.items()
    )


def _compile_dateline(agencies: Iterable[str], places: Sequence[Mapping[str, str]]) -> re.Pattern[str]:
    city, state = (
        _any_of(row["place"] for row in places if row["kind"] == kind) for kind in ("city", "state")
    )
    agency = rf"\((?:{_any_of(agencies)}|[A-Z]{{2,6}})\)"
    before_dash = (
        rf"(?:{PLACE}(?:, {REGION})?(?:,? {DAY})?,? )?{agency}",  # (CNN) — · WASHINGTON, Dec 31 (Reuters) -
        rf"{CAPITALS}(?:, {REGION}(?:,? {DAY})?|,? {DAY})",  # MANCHESTER, N.H. - · MOSCOW, Dec 31 -
        rf"{PLACE}, (?:{state})",  # Wilmington, Del. –
        city,  # WASHINGTON —
    )
    without_dash = (
        rf"{CAPITALS}(?:, {REGION})?(?:,? {DAY})?,? {agency}\s+(?=\S)",  # LONDON (Reuters) The …
        rf"{CAPITALS}, {DAY}\.? /[A-Z-]+/\.?\s*(?:{DASH}\s*)?(?=\S)",  # MOSCOW, December 31. /TASS/.
        rf"{city}(?:, {state})?\s+(?=[“\"]?[A-Z][a-z])",  # WASHINGTON President Joe Biden …
    )
    return re.compile("|".join((rf"(?:{'|'.join(before_dash)})\s*{DASH}\s*(?=\S)", *without_dash)))


def _find_lines(text: str) -> Iterator[_Line]:
    for match in LINE.finditer(text):
        line = match[0].strip().strip(BLANK)
        if line:
            yield _Line(match.start() + match[0].index(line), line)


def _name_lines(lines: Sequence[_Line], lexicon: PassageLexicon) -> list[str]:
    """Name each line by its own words, or where these do not tell, by its form and the lines around it."""
    by_words = [_name_by_words(line.text, lexicon) for line in lines]
    first_open = by_words.index(None) if None in by_words else len(lines)
    first_footer = by_words.index("footer") if "footer" in by_words else len(lines)
    prose = [i for i, type_ in enumerate(by_words) if type_ is None and not _is_heading(lines[i].text)]
    last_prose = prose[-1] if prose else -1
    return [
        type_ or _name_by_form(line.text, i == first_open, i < last_prose, i > first_footer)
        for i, (line, type_) in enumerate(zip(lines, by_words, strict=True))
    ]


def _name_by_words(line: str, lexicon: PassageLexicon) -> str | None:
    """Name a line that says itself what it is."""
    if not HAS_WORD.search(line):
        return "other"  # a rule of asterisks
    if len(line) > FURNITURE_LENGTH:
        return None
    if read_date_header(line):
        return "date_header"
    if BYLINE.fullmatch(line) or EMAIL.fullmatch(line) or lexicon.agency.fullmatch(line.strip("—–-(). ")):
        return "byline"
    for passage_type, pattern in lexicon.furniture:
        if pattern.match(line):
            return passage_type
    running_time = RUNNING_TIME.search(line[-30:])  # the last word or two
    return "video_caption" if running_time and running_time["before"].lower() not in TIME_OF_DAY else None


def _name_by_form(line: str, is_first: bool, prose_follows: bool, footer_precedes: bool) -> str:
    """Name a line that is title, subheading or body, or a caption or scrap that only its form gives away."""
    if is_first and prose_follows and _is_title(line):
        return "title"
    if not is_first and _only_names_people(line):
        return "caption"
    if not _is_heading(line):
        return "body"
    if prose_follows:
        return "subheading"
    return "footer" if footer_precedes else "body"


def _is_heading(line: str) -> bool:
    """Whether a line is short, has no final stop, and is neither a list item nor half a sentence."""
    is_short = len(line) <= HEADING_LENGTH and line.rstrip(CLOSERS)[-1:] not in STOPS
    return is_short and BULLET.match(line) is None and not line[0].islower()


def _is_title(line: str) -> bool:
    """Whether a first line with running text after it is its title."""
    if len(line) > TITLE_LENGTH or BULLET.match(line):
        return False
    last = line.rstrip(CLOSERS)[-1:]
    return last in "?!" or last not in STOPS or _is_headline_case(line)


def _is_headline_case(line: str) -> bool:
    """Whether a Line Is Written Like This; some papers put a stop after such a title."""
    words = LONG_WORD.findall(line)
    return len(words) > 3 and sum(word[0].isupper() for word in words) >= 0.9 * len(words)


def _only_names_people(line: str) -> bool:
    """Whether a line is like 'US President Joe Biden and his Russian counterpart Vladimir Putin.'"""
    if len(line) > HEADING_LENGTH or " and " not in line:
        return False
    words = line.rstrip(".").split()
    names = [word[0].isupper() for word in words]
    shape = "".join("01"[is_name] for is_name in names)
    return re.search("11.*0.*11$", shape) is not None and CAPTION_WORDS.issuperset(
        word for word, is_name in zip(words, names, strict=True) if not is_name
    )


def _split_line(line: _Line, passage_type: str, lexicon: PassageLexicon) -> list[tuple[int, str]]:
    """Where the passages of a line start, and their types: outlet and title, dateline and body."""
    if passage_type == "body" and (dateline := lexicon.dateline.match(line.text[:DATELINE_LENGTH])):
        return [(line.start, "dateline"), (line.start + dateline.end(), "body")]
    if passage_type == "title" and (outlet := lexicon.outlet_before.match(line.text)):
        return [(line.start, "other"), (line.start + outlet.end(), "title")]
    if passage_type == "title" and (outlet := lexicon.outlet_after.search(line.text)):
        return [(line.start, "title"), (line.start + outlet.start(), "other")]
    return [(line.start, passage_type)]
