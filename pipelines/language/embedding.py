"""Turn a text into the direction of its meaning: 384 small numbers, alike for texts that say alike.

"a complete breakdown of relations" and "a rupture of all ties" point nearly the same way. The network is
all-MiniLM-L6-v2 as it was published, in int8; `minilm/README.md` is its card. Each text is read alone, so
that its vector depends on nothing else.
"""

from collections.abc import Callable, Sequence
from functools import cache
from hashlib import sha256
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from pipelines.language.encoder import open_session
from pipelines.language.wordpieces import WordPieces

MINILM = Path(__file__).parent / "minilm"
FILES = ("encoder.onnx", "vocab.txt")
WIDTH = 384
MOST_PIECES = 256  # that the network was made to read; what stands after them is left out
MOST_CHARACTERS = 20 * MOST_PIECES  # of a text that are looked at: so long is no piece on average
SCALE = 127

Vectors = NDArray[np.int8]
Embed = Callable[[Sequence[str]], Vectors]


class Embedder:
    """The network and its vocabulary."""

    def __init__(self, folder: Path = MINILM) -> None:
        self._session = open_session((folder / "encoder.onnx").read_bytes())
        self._word_pieces = WordPieces.read(folder / "vocab.txt")

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Return a row for each text: the mean of its pieces' states, of length 127, rounded."""
        vectors = np.zeros((len(texts), WIDTH), np.int8)
        for row, text in zip(vectors, texts, strict=True):
            row[:] = self._embed(text)
        return vectors

    def _embed(self, text: str) -> Vectors:
        states = self._session.run(["states"], {"pieces_in": self.cut(text)[None]})[0][0]
        mean: NDArray[np.float32] = states.mean(0)
        return np.rint(mean * (SCALE / np.linalg.norm(mean))).astype(np.int8)

    def cut(self, text: str) -> NDArray[np.int64]:
        """Return the word pieces that the network reads of a text."""
        words = text[:MOST_CHARACTERS].split()
        pieces = [piece for word in words for piece in self._word_pieces.cut(word)]
        return np.array(
            [self._word_pieces.first, *pieces[: MOST_PIECES - 2], self._word_pieces.separator], np.int64
        )


@cache
def load_embedder() -> Embedder:
    """Load the network, once in each process."""
    return Embedder()


def embed_texts(texts: Sequence[str]) -> Vectors:
    """Return a row for each text, by the network of this process."""
    return load_embedder().embed(texts)


@cache
def embedder_version() -> str:
    """Return a digest of the weights and the vocabulary, for the version of whatever rests on them."""
    return sha256(b"".join((MINILM / name).read_bytes() for name in FILES)).hexdigest()[:12]


def measure_similarity(some: Vectors, others: Vectors) -> NDArray[np.float32]:
    """Return how alike each of `some` is to each of `others`, -1 to 1.

    The sums are whole numbers below 2**24, exact in single precision: the same on every machine.
    """
    dots: NDArray[np.float32] = some.astype(np.float32) @ others.astype(np.float32).T
    return dots / np.float32(SCALE**2)
