"""Tell the language of a news text, or say that it is too short to tell.

"Le président de la République a déclaré jeudi que …" is `fr`; "James Lipman With 275 pound-feet of torque" is
nothing that an article could be refused for: where in doubt, None.
"""

import re
from functools import cache

from py3langid.langid import MODEL_FILE, LanguageIdentifier

SAMPLE_LENGTH = 2000  # characters: enough to tell every article of PolNeAR train
FEWEST_WORDS = 10
FEWEST_LETTERS = 100
WORD = re.compile(r"[^\W\d_]+")
ENGLISH_WORD = re.compile(
    r"\b(?:and|are|be|but|by|for|from|had|has|have|he|his|it|its|not|of"
    r"|said|that|the|their|they|this|to|which|who|will|with|would)\b"
)
ENGLISH_SHARE = (
    0.1  # of all words: articles of PolNeAR train have 0.15, lists of names less, other languages none
)
LOWEST_CONFIDENCE = (
    0.7  # English lists of names reach 0.6 for some small language; Indonesian, like Malay, 0.74
)


def find_language(text: str) -> str | None:
    """Return the ISO 639-1 code of the language of `text`, None where that is unsure."""
    sample = text.strip()[:SAMPLE_LENGTH]
    words = WORD.findall(sample)
    english_count = len(ENGLISH_WORD.findall(sample.lower()))
    if len(words) >= FEWEST_WORDS and english_count >= ENGLISH_SHARE * len(words):
        return "en"
    if sum(map(len, words)) < FEWEST_LETTERS:
        return None
    language, confidence = _load_identifier().classify(sample)
    # Three letters are no ISO 639-1 code: English tables come out as Nigerian Pidgin, or as "no language".
    return language if confidence >= LOWEST_CONFIDENCE and len(language) == 2 else None


@cache
def _load_identifier() -> LanguageIdentifier:
    """An identifier of our own: the module-wide one of py3langid can be set by anyone."""
    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
