"""Read a line that is a date and nothing else, as it stands above or below an article.

    date 2021-12-09 · Published: Dec. 31, 2021 3:45 PM ET · Thu, 30 Dec 2021 10:22:33 GMT · Updated 31/12/2021

Dates in running text ("on January 10") are not looked at: they say when something happened, not when it was
printed.
"""

import re
from dataclasses import dataclass
from datetime import date

MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
HEADER = re.compile(
    r"(?P<label>(?:(?:date|dated|published|posted|first|last|updated|modified|created|issued|filed|on|at)\b[\s:]*)*)"
    r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+)?"
    r"(?:(?P<year_1>\d{4})[-/.](?P<month_1>\d{1,2})[-/.](?P<day_1>\d{1,2})"
    rf"|(?P<month_2>{MONTH})\s+(?P<day_2>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year_2>\d{{4}})"
    rf"|(?P<day_3>\d{{1,2}})(?:st|nd|rd|th)?[\s-](?P<month_3>{MONTH})[\s,-]+(?P<year_3>\d{{4}})"
    r"|(?P<one>\d{1,2})[/.](?P<other>\d{1,2})[/.](?P<year_4>\d{4}))"
    r"(?:t|at\b|[\s,|·•—–-])*(?:\d{1,2}[:.]\d{2}(?:[:.]\d{2}(?:\.\d{1,6})?)?\s*(?:[ap]\.?m\.?)?)?"  # a time
    r"\s*(?:z|[+-]\d{2}:?\d{2}|\(?[a-z]{2,4}\)?)?",  # and its zone
    re.IGNORECASE,
)
LONGEST = 100  # characters of such a line


@dataclass(frozen=True, slots=True)
class DateHeader:
    """A date as a header gives it."""

    label: str  # "Published: ", or nothing
    day: date | None  # None for 30 February, and for 3/4/2021, which may be two days


def read_date_header(line: str) -> DateHeader | None:
    """Return the date that is all of `line`, or None where there is more or less to it."""
    match = HEADER.fullmatch(line.strip()) if len(line) <= LONGEST else None
    if match is None:
        return None
    found = {name.split("_")[0]: value for name, value in match.groupdict().items() if value is not None}
    return DateHeader(found["label"], _make_date(found))


def _make_date(found: dict[str, str]) -> date | None:
    year, month, day = found["year"], found.get("month", ""), found.get("day", "")
    if "one" in found:
        day, month = found["one"], found["other"]
        if int(month) > 12:
            day, month = month, day
        elif int(day) <= 12 and int(day) != int(month):
            return None
    number = int(month) if month.isdigit() else MONTHS.index(month[:3].lower()) + 1
    try:
        return date(int(year), number, int(day))
    except ValueError:
        return None
