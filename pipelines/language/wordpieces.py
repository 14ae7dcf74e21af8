"""Cut words into the word pieces that the encoder knows, as BERT's uncased vocabulary does.

"Zelenskyy" is ["ze", "##len", "##sky", "##y"]. Words repeat, so every word is cut once and remembered.
"""

import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path

LONGEST_WORD = 100  # characters of one run; a longer one is unknown, as in BERT
MOST_PIECES = 12  # of one word; an address has no more to say
MOST_REMEMBERED = 200_000  # words; then the memory starts afresh
CJK = ((0x4E00, 0x9FFF), (0x3400, 0x4DBF), (0x20000, 0x2CEAF), (0xF900, 0xFAFF), (0x2F800, 0x2FA1F))


class WordPieces:
    """The vocabulary, and the pieces of every word cut so far."""

    def __init__(self, vocabulary: Iterable[str]) -> None:
        self.pieces = tuple(vocabulary)
        self.ids = {piece: i for i, piece in enumerate(self.pieces)}
        self.padding = self.ids["[PAD]"]
        self.unknown = self.ids["[UNK]"]
        self.first = self.ids["[CLS]"]
        self.separator = self.ids["[SEP]"]
        self._remembered: dict[str, tuple[int, ...]] = {}

    @classmethod
    def read(cls, path: Path) -> "WordPieces":
        """Read a vocabulary file: one piece a line."""
        return cls(path.read_text("utf-8").splitlines())

    def cut(self, word: str) -> tuple[int, ...]:
        """Return the ids of the pieces of a word; at least one."""
        found = self._remembered.get(word)
        if found is None:
            if len(self._remembered) >= MOST_REMEMBERED:
                self._remembered.clear()
            found = tuple(self._cut(word))[:MOST_PIECES] or (self.unknown,)
            self._remembered[word] = found
        return found

    def _cut(self, word: str) -> Iterator[int]:
        # A run takes at least one character, so this much of the word is more than MOST_PIECES pieces' worth.
        for run in _split_runs(word[: LONGEST_WORD * (MOST_PIECES + 1)]):
            yield from self._cut_run(run)

    def _cut_run(self, run: str) -> list[int]:
        """Return the longest pieces from left to right; the unknown piece where one has no match."""
        if len(run) > LONGEST_WORD:
            return [self.unknown]
        ids: list[int] = []
        start = 0
        while start < len(run):
            prefix = "##" if start else ""
            for end in range(len(run), start, -1):
                piece = self.ids.get(prefix + run[start:end])
                if piece is not None:
                    ids.append(piece)
                    start = end
                    break
            else:
                return [self.unknown]
        return ids


def _split_runs(word: str) -> Iterator[str]:
    """Yield the runs of letters and digits, lower case and without accents; each other character alone."""
    run = ""
    for character in unicodedata.normalize("NFD", word.lower()):
        category = unicodedata.category(character)
        if category == "Mn" or category.startswith("C"):
            continue
        is_space = character.isspace()
        if is_space or _stands_alone(character, category):
            if run:
                yield run
                run = ""
            if not is_space:
                yield character
        else:
            run += character
    if run:
        yield run


def _stands_alone(character: str, category: str) -> bool:
    if character.isascii():
        return not character.isalnum()
    return category.startswith("P") or any(low <= ord(character) <= high for low, high in CJK)
