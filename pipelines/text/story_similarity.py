"""Tell how alike two articles are as reports of one event.

"Putin warns Biden that sanctions would be a mistake … on Thursday" and "Biden urges Putin to ease tensions …
Thursday's call" are alike in what their openings mean, whom they name and which day they name. A report of
the call of three weeks before is alike too, but for its Tuesday. Nothing is looked up but fixed lists: what
two articles are to each other does not change with a third.
"""

import re

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
SHORT_MONTHS = [month[:3] for month in MONTHS]
_MONTH = "|".join(rf"{month[:3]}(?:t|{month[3:]})?" for month in MONTHS)  # "Dec", "Sept", "December"
_NUMBER = r"[12]\d|3[01]|0?[1-9]"
DAY = re.compile(
    rf"\b(?:(?P<weekday>{'|'.join(WEEKDAYS)})"
    rf"|(?P<month>{_MONTH})\b\.?[ ]?(?P<day>{_NUMBER})(?:st|nd|rd|th)?(?![.,:]?\d)"  # no "Dec 30,000"
    rf"|(?P<day_before>{_NUMBER})(?:st|nd|rd|th)?[ ](?P<month_after>{_MONTH}))\b"
)


def find_days(opening: str) -> list[str]:
    """Return the days that an opening names, each once: 'Thursday', '12-30' for 30 December."""
    return list(dict.fromkeys(_name_day(match) for match in DAY.finditer(opening)))


def _name_day(match: re.Match[str]) -> str:
    if weekday := match["weekday"]:
        return weekday
    month = (match["month"] or match["month_after"])[:3]
    return f"{SHORT_MONTHS.index(month) + 1:02d}-{int(match['day'] or match['day_before']):02d}"
