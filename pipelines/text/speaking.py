"""Tell nouns that can speak from nouns that cannot: "officials" and "a poll" can, "the primary" cannot.

Lists decide first (`roles`, `speaking_nouns`, the nouns that end names of organizations), then the endings of
those who do something: "bed-wetters", "novelists". All offsets are character offsets, end exclusive.
"""

import re

from pipelines.text.cast import WORD, singular
from pipelines.text.names import NameLexicon

AGENTS = re.compile(
    r"\w{3,}(?:ers|ors|ists?|ians?|sters|(?:wo)?m[ae]n|people|ees|crats?|goers?|writers?)"
)  # not "-er": what ends so is as often a thing
TAIL = re.compile(
    r"\w+(?:ed|ing)|such|last|this|prior|next|alike|here|there|today|present|recently|newly|previously|overall|elsewhere|everywhere|nationwide|worldwide|abroad"
    r"|available|out|taken|given|made|held|done|privy|aware|he|she|they|we|it|I"
)  # words after the head of a phrase: "a poll taken last week", "the report she gave"


def speaking_kind(noun: str, lexicon: NameLexicon) -> str | None:
    """Return what kind of speaker a noun stands for; None for what can say nothing."""
    noun = noun.lower().removesuffix("'s").removesuffix("'")
    if noun.endswith("%"):
        return "share"
    with_y = noun[:-3] + "y" if noun.endswith("ies") else noun
    for form in (noun, singular(noun), noun.removesuffix("s"), noun.removesuffix("es"), with_y):
        if form in lexicon.speaking_nouns:
            return lexicon.speaking_nouns[form] or None
        if form in lexicon.roles:
            return lexicon.roles[form][1]
    if lexicon.name_words.get(noun.capitalize(), ("", False))[0] == "organization":
        return "body"
    last = noun.rsplit("-", 1)[-1]
    if last != noun:
        return speaking_kind(last, lexicon)
    return "people" if AGENTS.fullmatch(noun) else None


def cut_tail(text: str, start: int, end: int, lexicon: NameLexicon) -> int:
    """Return where the last noun that can speak ends: after "poll" in "a poll released last week"."""
    words = list(WORD.finditer(text, start, end))
    for before, word in zip(reversed(words[:-1]), reversed(words[1:]), strict=True):
        if speaking_kind(word[0], lexicon):
            break
        if TAIL.fullmatch(word[0]) and speaking_kind(before[0], lexicon):
            return before.end()
    return end
