"""Tell how alike two articles are as reports of one event.

"Putin warns Biden that sanctions would be a mistake … on Thursday" and "Biden urges Putin to ease tensions …
Thursday's call" are alike in what their openings mean, whom they name and which day they name. A report of
the call of three weeks before is alike too, but for its Tuesday. Nothing is looked up but fixed lists: what
two articles are to each other does not change with a third.
"""

import re

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
_MONTH_NAME = "|".join(
    rf"{name[:3]}(?:{name[3:]}|t)?" if name[3:] else name for name in MONTHS
)  # "Dec", "Sept"
_MONTH = rf"(?P<{{}}>{_MONTH_NAME})\b\.?"
_NUMBER = r"(?P<{}>[12]\d|3[01]|0?[1-9])(?!\d|[.,:]\d)(?:st|nd|rd|th)?"
DAY = re.compile(
    rf"\b(?:(?P<weekday>{'|'.join(WEEKDAYS)})"
    rf"|{_MONTH.format('month')}[ ]?{_NUMBER.format('day')}"
    rf"|{_NUMBER.format('day_first')}[ ]{_MONTH.format('month_after')})\b"
)


def find_days(opening: str) -> list[str]:
    """Return the days that the opening of an article names, each once: 'Thursday', '12-30' for 30 December."""
    return list(dict.fromkeys(_name_day(match) for match in DAY.finditer(opening)))


def _name_day(match: re.Match[str]) -> str:
    if weekday := match["weekday"]:
        return weekday
    month = next(
        n for n, name in enumerate(MONTHS, 1) if name[:3] == (match["month"] or match["month_after"])
    )
    return f"{month:02d}-{int(match['day'] or match['day_first']):02d}"
