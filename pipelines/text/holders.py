"""Tell whose figure it is: that of the innermost speaker whose words hold it, or the article's own.

"Ruiz said the call, which lasted 50 minutes, was fruitful": the 50 minutes are the reporter's. So is the
length in "Ruiz described the two-hour call". Inside quotation marks, and where the speaker is named last ("…,
Ruiz said"), the speaker answers for every word.
"""

import re
from collections.abc import Sequence

from pipelines.text.attributions import Attribution, find_contents_around
from pipelines.text.figures import Figure

Span = tuple[int, int]

_ASIDE = re.compile(r",\s(?:which|who|whose|where)\s[^,;“”\"]*\Z")
_COORDINATED = re.compile(r"\band that\s[^.;]*\Z")
_DEFINITE = re.compile(
    r"(?:\b(?:the|this|that|these|those|his|her|its|their|our)|['’]s)\s(?:\w+\s){0,2}\Z", re.IGNORECASE
)
_LONGEST = 300  # characters looked back; an aside is short


def find_holders(
    text: str, figures: Sequence[Figure], attributions: Sequence[Attribution]
) -> list[int | None]:
    """Return for each figure, in the order of the text, the place of the attribution whose speaker states it.

    The innermost is the one with the shortest content, and of equal ones the last: an inner one comes later.
    """
    lengths = [sum(end - start for start, end in attribution.content) for attribution in attributions]
    around = find_contents_around([(figure.start, figure.end) for figure in figures], attributions)
    holders: list[int | None] = []
    for figure, contents in zip(figures, around, strict=True):
        inward = sorted((-lengths[place], place, start) for start, _, place in contents)
        places = [(place, start) for _, place, start in inward]
        while len(places) > 1 and _is_outer(text, figure, places[-1][1], attributions[places[-1][0]]):
            places.pop()
        is_own = not places or _is_reporters(text, figure, places[-1][1], attributions[places[-1][0]])
        holders.append(None if is_own else places[-1][0])
    return holders


def _is_outer(text: str, figure: Figure, start: int, attribution: Attribution) -> bool:
    """Whether an infinitive has ended before the figure: "he agreed to wait | and that 300 would leave"."""
    is_infinitive = re.search(r"\bto\s*\Z", text[max(0, start - 5) : start]) or text.startswith("to ", start)
    before = text[max(start, figure.start - _LONGEST) : figure.start]
    return bool(is_infinitive and _COORDINATED.search(before))


def _is_reporters(text: str, figure: Figure, start: int, attribution: Attribution) -> bool:
    """Whether a figure in someone's words is told by the reporter, in an aside or as known already."""
    is_quoted = any(low <= figure.start < high for low, high in attribution.quoted)
    if is_quoted or attribution.cue is None or attribution.cue[0] > start:
        return False
    before = text[max(start, figure.start - _LONGEST) : figure.start]
    is_attribute = "-" in text[figure.start : figure.end] and figure.figure_type in ("duration", "distance")
    is_known = is_attribute or figure.figure_type == "ordinal"  # "the second call this month"
    return bool(_ASIDE.search(before) or (is_known and _DEFINITE.search(before[-40:])))
