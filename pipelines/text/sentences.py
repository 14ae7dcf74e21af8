"""Find the sentences of news text."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence, without the white space around it."""

    start: int
    end: int
    passage_number: int
