"""Find who is said to have said what: source, cue and content of each attribution in news text.

"Taxes will fall, Marin told reporters." is one attribution: source "Marin", cue "told", addressee "reporters",
content "Taxes will fall". All offsets are character offsets into the text, end exclusive.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Attribution:
    """One attribution relation; its parts are spans of the same text."""

    content: tuple[tuple[int, int], ...]
    cue: tuple[int, int] | None
    source: tuple[int, int] | None
    addressee: tuple[int, int] | None
    parent: (
        int | None
    )  # place, in the list of the article's attributions, of the one whose content holds this one
    attribution_type: str  # direct, mixed, indirect
    quoted: tuple[tuple[int, int], ...]  # words of the content inside quotation marks, marks excluded
    cue_lemma: str | None
    act: str  # statement, denial, refusal, demand, warning, promise, belief, question, agreement
    is_negated: bool
    confidence: float
