"""Say what each stretch of a news text is: title, dateline, body, caption, footer …"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of the text, end exclusive."""

    start: int
    end: int
    passage_type: str
