"""Tell how alike two articles are as reports of one event.

"Putin warns Biden that sanctions would be a mistake … on Thursday" and "Biden urges Putin to ease tensions …
Thursday's call" are alike in what their openings mean, whom they name and which day they name. A report of
the call of three weeks before is alike too, but for its Tuesday. Nothing is counted over the corpus: what two
articles are to each other does not change with a third.
"""

import re
from typing import Any

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.signedinteger[Any]]
Shares = NDArray[np.float64]

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
DAY_COUNT = len(WEEKDAYS) + 12 * 31  # that `number_day` tells apart

UNKNOWN = -1  # days apart where one date is not known; whether a day is shared where one names none

# How far the days of two articles speak for one event, on the scale of their similarity, by the days between
# them. Of 840 articles on an election, 0.05 more similarity makes pairs 0 or 1 days apart 3.4 times as many
# against pairs that are months apart; at any similarity pairs 2 or 3 days apart are about half as many.
DAYS_APART = np.array([0.0, 0.0, -0.025, -0.025])
DATE_UNKNOWN = -0.08
# Of pairs that are likely one event, 9 in 10 name a weekday in common, where both name one; of others 1 in 3.
SAME_DAY = 0.04
OTHER_DAY = -0.085
OTHER_DAY_MOST = (
    0.6  # of Monday's and Tuesday's market reports, alike but for the day; too little for a story
)


def find_days(opening: str) -> list[str]:
    """Return the days that an opening names, each once: 'Thursday', '12-30' for 30 December."""
    return list(dict.fromkeys(_name_day(match) for match in DAY.finditer(opening)))


def _name_day(match: re.Match[str]) -> str:
    if weekday := match["weekday"]:
        return weekday
    month = (match["month"] or match["month_after"])[:3]
    return f"{SHORT_MONTHS.index(month) + 1:02d}-{int(match['day'] or match['day_before']):02d}"


def number_day(day: str) -> int:
    """Return a number below `DAY_COUNT` for a day that `find_days` returns; weekdays have the first seven."""
    if day in WEEKDAYS:
        return WEEKDAYS.index(day)
    month, day_of_month = day.split("-")
    return len(WEEKDAYS) + (int(month) - 1) * 31 + int(day_of_month) - 1


def shorten_name(name: str) -> str:
    """Return what two articles must share of a name: "Biden" in a short one is "Joe Biden" in another.

    The two Clintons are one then; on 840 articles about an election that did no harm.
    """
    return name.rpartition(" ")[2].lower()


def mix_similarity(meaning: Shares, names: Shares) -> Shares:
    """Return how alike articles are, from the cosines of their openings' meanings and of their names.

    Half and half: on 840 articles about an election this finds the most pairs of the same or next day at any
    given number of pairs that are more than a month apart. Neither the articles' words nor their numbers add
    to it, and to weigh places or nationalities less takes from it.
    """
    return (np.minimum(meaning, 1) + names) / 2  # a rounded vector can be a little longer than 1


def weigh_as_event(similarity: Shares, days_apart: Numbers, same_day: Numbers) -> Shares:
    """Return how likely pairs of articles tell of one event, on the scale of their similarity, at most 1.

    `days_apart` are at most 3 or `UNKNOWN`; `same_day` is 1, 0 or `UNKNOWN`.
    """
    dates = np.where(days_apart == UNKNOWN, DATE_UNKNOWN, DAYS_APART[days_apart])
    named = np.select([same_day == 1, same_day == 0], [SAME_DAY, OTHER_DAY], 0.0)
    most = np.where(same_day == 0, OTHER_DAY_MOST, 1.0)
    event: Shares = np.minimum(similarity + dates + named, most)
    return event
