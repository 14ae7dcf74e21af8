"""Find what stands in quotation marks in news text, whatever the marks look like.

“We are close,” Marin said. “Very close.” holds two quotations. Marks may be curly, straight, low („), angular («),
typewritten (`` '') or single, glued to the next word, written the wrong way round, or missing on one side.
All offsets are character offsets into the text given, end exclusive.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Quotation:
    """A stretch in quotation marks; its inner part stands between the marks."""

    start: int
    end: int
    inner_start: int
    inner_end: int
    is_opened: bool  # false: a closing mark without an opening one; it starts where its paragraph starts
    is_closed: bool  # false: an opening mark without a closing one; it ends where its paragraph ends
