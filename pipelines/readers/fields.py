"""Find what the fields of a row hold: text, title, publisher, date, and the key that names it in its file.

    {"GUID": "a-17", "pub_date": "9 Dec 2021", "Body": "The mayor said …"}    key "a-17", text in "Body"

A row is a JSON object, or a CSV or Parquet row as one. Fields are known by common names, in the order of
`NAMES`, whatever their case and their hyphens; a sidecar can name others.
"""

import json
import math
import re
from collections.abc import Collection, Iterator, Mapping
from datetime import date
from functools import lru_cache

from pipelines.readers.records import FieldMap, Given, Record, give, refuse

ROW = "application/json"
MARKUP_ROW = "application/json+html"  # the text field holds HTML

Row = Mapping[str, object]

# Names that news data has in public (NewsAPI, news-please, Media Cloud, schema.org, RSS, CNN/DailyMail), and
# plain words for the same. Of those that a row has, the first that holds something counts.
NAMES = {
    # First an identifier, then an address: an article keeps its identifier when it moves.
    "key": ("article_id", "id", "guid", "uuid", "doc_id", "document_id", "url", "link", "article_url"),
    # First plain text, then markup, which may hold less text than it seems.
    "text": (
        "text", "body", "article_text", "article_body", "full_text", "main_text", "story_text", "content",
        "story", "article", "document", "html", "body_html", "content_html", "article_html", "raw_html",
    ),
    "title": ("title", "headline"),
    "publisher": (
        "publisher", "publication", "outlet", "source_name", "media_name", "newspaper", "site_name", "source",
    ),
    "url": ("url", "link", "article_url", "web_url"),
    "byline": ("byline", "author", "authors", "writer", "creator"),
    "published_on": (
        "published_on", "published_at", "date_published", "published", "publish_date", "publication_date",
        "date_publish", "pub_date", "date",
    ),
}  # fmt: skip

MAX_KEY, MAX_GIVEN = 500, 1_000  # characters; what is longer is a text in the wrong field

# A page, or the start of one: posts of news feeds are often bare paragraphs.
MARKUP = re.compile(
    r"\s*<(?:!doctype html|(?:html|head|body|article|section|main|div|p|h[1-6]|figure)\b[^<>]*>)",
    re.IGNORECASE,
)

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
MONTH = rf"({'|'.join(MONTHS)})[a-z]*\.?"
YEAR_FIRST = re.compile(
    r"\s*(\d{4})(?:([-/.])(\d{1,2})\2(\d{1,2})|(\d\d)(\d\d))(?!\d)"
)  # 2021-12-09, 20211209
DAY_FIRST = re.compile(
    rf"\b(\d{{1,2}})[ -]{MONTH}[ -](\d{{4}})\b", re.IGNORECASE
)  # Thu, 09 Dec 2021 10:00 GMT
MONTH_FIRST = re.compile(rf"\b{MONTH} (\d{{1,2}}),? (\d{{4}})\b", re.IGNORECASE)  # December 9, 2021

CONTROL = re.compile(r"[\x00-\x1f\x7f]")


def pack_row(row: Row) -> bytes:
    """Return a row as JSON. A byte of it that is no UTF-8 becomes an escape, and so stays what it was."""
    finite = {name: None if isinstance(v, float) and not math.isfinite(v) else v for name, v in row.items()}
    return json.dumps(finite, ensure_ascii=False, default=_as_text).encode("utf-8", "backslashreplace")


def unpack_row(raw: bytes) -> Row:
    """Return the row in a JSON line; raises ValueError with what is wrong with it.

    A byte that is no UTF-8 becomes a lone surrogate: it costs the field that it stands in, not the row.
    """
    try:
        row = json.loads(raw.decode("utf-8-sig", "surrogateescape"))
    except json.JSONDecodeError as error:
        raise ValueError(f"{error.msg} (character {error.pos + 1:,})") from None
    except RecursionError:
        raise ValueError("JSON that is nested too deeply") from None
    if not isinstance(row, dict):
        raise ValueError(f"not a JSON object but a {type(row).__name__}")
    return row


def read_row(row: Row, raw: bytes, place: str, field_map: FieldMap) -> Record:
    """Return a row as a record; `place` ("line 7") names it where it has no key of its own."""
    key = next(filter(None, map(_as_key, _values(row, "key", field_map))), place)
    fields = find_fields(row, "text", field_map)
    for field in fields:
        text = row[field]
        if isinstance(text, str) and text.strip():
            media_type = MARKUP_ROW if _is_markup(field, text) else ROW
            return Record(key, raw, media_type, field, _find_given(row, field_map))
    if any(row[field] is None or isinstance(row[field], str) for field in fields):
        return refuse("empty", f"{place}: nothing in {describe(fields)}", key, raw)
    if fields:
        return refuse("no_text", f"{place}: no text but other values in {describe(fields)}", key, raw)
    return refuse("no_text", f"{place}: {lacks_text(row, field_map)}", key, raw)


def find_fields(names: Collection[str], role: str, field_map: FieldMap) -> tuple[str, ...]:
    """Return those of `names` that a role ("text", "title") is known by, the likeliest first."""
    return _match(tuple(names), (field_map[role],) if role in field_map else NAMES[role])


def lacks_text(names: Collection[str], field_map: FieldMap) -> str:
    """Say that none of the fields is known to hold the text, and what to do."""
    missing = f"no field {field_map['text']!r}" if "text" in field_map else "no field known to hold the text"
    return f"{missing} among {describe(names)}; name it in publishers.csv, column text_field"


def describe(names: Collection[str]) -> str:
    """Return field names for a message, not too many of them."""
    shown = ", ".join(repr(clean(name)[:40]) for name in list(names)[:20])
    return shown + (f" and {len(names) - 20} more" if len(names) > 20 else "")


def clean(value: str) -> str:
    """Return a value on one line, as valid Unicode."""
    return " ".join(CONTROL.sub(" ", value).split()).encode("utf-8", "backslashreplace").decode()


def read_date(value: str) -> date | None:
    """Return the day that a value begins with or names; None where it may be two (3/4/2021) or none."""
    if found := YEAR_FIRST.match(value):
        year, month, day = found[1], found[3] or found[5], found[4] or found[6]
    elif found := DAY_FIRST.search(value):
        day, month, year = found[1], _month_number(found[2]), found[3]
    elif found := MONTH_FIRST.search(value):
        month, day, year = _month_number(found[1]), found[2], found[3]
    else:
        return None
    try:
        return date(int(year), int(month), int(day))
    except ValueError:  # 30 February
        return None


def _month_number(name: str) -> int:
    return MONTHS.index(name[:3].lower()) + 1


@lru_cache(maxsize=1_000)  # the rows of a file mostly have the same fields
def _match(names: tuple[str, ...], wanted: tuple[str, ...]) -> tuple[str, ...]:
    by_bare_name = {_bare(name): name for name in reversed(names)}
    return tuple(by_bare_name[bare] for bare in map(_bare, wanted) if bare in by_bare_name)


def _bare(name: str) -> str:
    """Return "pubdate" for "pub_date", "Pub-Date" and "pubDate"."""
    return re.sub(r"[\s_-]", "", name).lower()


def _values(row: Row, role: str, field_map: FieldMap) -> Iterator[object]:
    return (row[field] for field in find_fields(row, role, field_map))


def _find_given(row: Row, field_map: FieldMap) -> Given:
    said = {
        role: next(filter(None, map(_as_words, _values(row, role, field_map))), None)
        for role in ("title", "publisher", "url", "byline")
    }
    dates = map(_as_words, _values(row, "published_on", field_map))
    return give("file", **said, published_on=next(filter(None, (read_date(d) for d in dates if d)), None))


def _as_key(value: object) -> str | None:
    """Return a string or a whole number as a key."""
    if isinstance(value, bool) or not isinstance(value, str | int):
        return None
    key = clean(str(value))
    return key if 0 < len(key) <= MAX_KEY else None


def _as_words(value: object) -> str | None:
    """Return what a value says: a string, {"name": "CNN"}, or a list of either."""
    values = value if isinstance(value, list) else [value]
    names = (item.get("name") if isinstance(item, dict) else item for item in values)
    words = ", ".join(filter(None, (clean(name) for name in names if isinstance(name, str))))
    return words if 0 < len(words) <= MAX_GIVEN else None


def _as_text(value: object) -> str:
    """Return a Parquet value that JSON has no word for: bytes are mostly text there."""
    return value.decode("utf-8", "surrogateescape") if isinstance(value, bytes) else str(value)


def _is_markup(field: str, text: str) -> bool:
    return MARKUP.match(text) is not None or ("html" in _bare(field) and "<" in text)
