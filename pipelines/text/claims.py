"""Split what is attributed into claims, each of which may be said again by itself.

"had urged Russia to defuse tensions with Ukraine” and “made it clear that the United States would react
decisively if it did not" are two claims: one outlet prints both, another the first alone. Clauses that only
qualify ("if …", "because …") stay with what they qualify.
"""

import re
from itertools import islice

FEWEST_WORDS = 4  # of a claim that is split off
FEWEST_WORDS_ALONE = 2  # "colossal mistake" can be told from others; "yes" means what was asked

_SUBJECT = "I|we|he|she|it|they|there|that|which|who|also|not|never"
_VERB = "will|would|could|can|may|might|shall|should|must|is|are|was|were|has|have|had|did|does|do"
_MARK = "[\"“„‘']?"
BOUNDARY = re.compile(
    rf"(?:(?<=[.!?])[\"”’)]*| …) (?={_MARK}[^\W\d_a-zß-ÿ])"  # a sentence; a piece that begins like one
    r"|; "
    rf"|[\"”] and (?=[\"“])"  # "urged Russia to …” and “made it clear …"
    rf"|,? (?:and|but|while|whereas) (?={_MARK}(?:{_SUBJECT}|{_VERB})\b)"  # a clause of its own
    rf"|,? (?=(?:that|which|who) (?:{_VERB})\b)"  # "a mistake that could lead to a breakdown"
)
WORD = re.compile(r"\w+")
EDGES = ' "“”„,;'


def split_claims(content: str) -> list[str]:
    """Return the claims of a content, in order; none where it has too few words to be compared."""
    text = " ".join(content.split())
    spans: list[tuple[int, int]] = []
    start = 0
    for boundary in BOUNDARY.finditer(text):
        if _has_words(text[start : boundary.start()], FEWEST_WORDS):
            spans.append((start, boundary.start()))
            start = boundary.end()
    if not spans or _has_words(text[start:], FEWEST_WORDS):
        spans.append((start, len(text)))
    else:
        spans[-1] = (spans[-1][0], len(text))
    claims = (text[start:end].strip(EDGES) for start, end in spans)
    return [claim for claim in claims if _has_words(claim, FEWEST_WORDS_ALONE)]


def _has_words(text: str, count: int) -> bool:
    return next(islice(WORD.finditer(text), count - 1, None), None) is not None
