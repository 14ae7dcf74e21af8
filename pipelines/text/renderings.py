"""Group the claims of one story that render the same statement.

"would be a colossal mistake", "new sanctions would be a mistake" and "a mistake our ancestors would consider
a big mistake" are one statement by Putin, whom an aide relays here and a headline there. What every claim of
the story is about ("sanctions", "Ukraine") tells nothing: claims are alike by how they differ in meaning from
the average of their story, by the words that few others in it have, and by who speaks.

Nothing but the claims given counts, and their order does not.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass
from math import log, sqrt

import numpy as np
from numpy.typing import NDArray

from pipelines.text.clusters import find_groups
from pipelines.text.stems import Word, WordLexicon, find_content_stems, find_meanings, read_words

WIDTH = 384  # of a vector
LENGTH = 127 * 127  # of a vector, squared
LEAST_ALIKE = 0.5  # cosine of two claims that are looked at; of the renderings found by hand none had less
MOST_ALIKE = 100  # claims that one is compared with, the likeliest; a statement has no more wordings
BLOCK = 512  # claims compared at once with all others

MEANING_SHARE, WORDS_SHARE = 0.6, 0.4
SAME_SPEAKER, SAME_KIND, UNKNOWN_SPEAKER, OTHER_KIND, OTHER_SPEAKER = 0.1, 0.05, -0.05, -0.1, -0.15
ONE_WORD = -0.1  # for a claim that has one word beside names: "the nomination"; with none it is a mere name
SAME_STATEMENT = 0.58
"""Weights and threshold of what makes two claims one statement.

Chosen by reading 80 pairs from articles by two outlets of one day, such as an earlier choice had joined and
with no six words in common: 26 of the 41 renderings pass, and 8 of the 39 look-alikes.
"""
ASSUMED_CLAIMS = 10  # without meaning that the average counts: two claims alone are not opposites
IDF_SCALE = 1000  # the rarity of words in whole thousandths: no order of adding gives another sum


@dataclass(frozen=True, slots=True, order=True)
class Voice:
    """Someone who speaks or relays."""

    entity_id: bytes
    entity_type: str


@dataclass(frozen=True, slots=True)
class Claim:
    """What one attribution says in one clause."""

    article_id: bytes
    attribution_id: bytes
    parent_attribution_id: bytes | None
    text: str
    vector: bytes
    voices: tuple[Voice, ...]  # the speaker, then the one who relays his words; none if nobody is named


@dataclass(frozen=True, slots=True)
class Wording:
    """A claim in the same words by the same speakers, however many print it."""

    text: str
    vector: bytes
    voices: tuple[Voice, ...]
    places: tuple[tuple[bytes, bytes], ...]  # article and attribution, in order


def find_statements(claims: Iterable[Claim], lexicon: WordLexicon) -> list[list[Wording]]:
    """Return the statements that more than one article renders: the wordings of each, in order."""
    wordings = find_wordings(drop_doubles(claims))
    groups = find_groups(find_pairs(wordings, lexicon), SAME_STATEMENT)
    alone = set(range(len(wordings))).difference(*groups)
    statements = ([wordings[i] for i in group] for group in [*groups, *([i] for i in sorted(alone))])
    return [its for its in statements if len({article for w in its for article, _ in w.places}) > 1]


def drop_doubles(claims: Iterable[Claim]) -> list[Claim]:
    """Return the claims without those that an article attributes twice, at two levels.

    "Biden “urged Russia to defuse tensions", which a spokeswoman said, holds "to defuse tensions", which is
    what Biden said and she relays: the inner claim stays. Else it goes: where it is a small part of the outer
    one, or nobody's words but the speaker's own ("it wants a pledge", Moscow made clear).
    """
    claims = list(claims)
    said: dict[bytes, list[Claim]] = {}
    for claim in claims:
        said.setdefault(claim.attribution_id, []).append(claim)
    dropped = set()
    for inner in claims:
        for outer in said.get(inner.parent_attribution_id or b"", []):
            if inner.text.rstrip(".") in outer.text:
                is_relayed = len(inner.voices) > 1 and 2 * len(inner.text) >= len(outer.text)
                dropped.add(outer if is_relayed else inner)
    return [claim for claim in claims if claim not in dropped]


def find_wordings(claims: Iterable[Claim]) -> list[Wording]:
    """Return the distinct wordings of claims, in an order that depends on them alone."""
    places: dict[tuple[str, tuple[Voice, ...]], set[tuple[bytes, bytes]]] = {}
    vectors: dict[str, bytes] = {}
    for claim in claims:
        vectors[claim.text] = claim.vector
        places.setdefault((claim.text, claim.voices), set()).add((claim.article_id, claim.attribution_id))
    return [
        Wording(text, vectors[text], voices, tuple(sorted(its)))
        for (text, voices), its in sorted(places.items(), key=lambda item: (sorted(item[1]), item[0]))
    ]


def find_pairs(wordings: Sequence[Wording], lexicon: WordLexicon) -> Iterator[tuple[int, int, float]]:
    """Yield the pairs of wordings that may be one statement, by number, with how likely that is."""
    words = [read_words(wording.text, lexicon) for wording in wordings]
    meanings = [find_meanings(its, lexicon) for its in words]
    plain = [len(find_content_stems(filter(is_plain, its), lexicon)) for its in words]
    rarity = weigh_words(meanings)
    lengths = [sum(rarity[word] for word in its) for its in meanings]
    attributions = [frozenset(attribution for _, attribution in wording.places) for wording in wordings]
    for one, other, meaning in find_alike(stack_vectors(wordings)):
        fewest = min(plain[one], plain[other])
        if not fewest or attributions[one] & attributions[other]:
            continue  # who makes two claims at once does not say one thing twice
        shared = sum(rarity[word] for word in meanings[one] & meanings[other])
        weight = MEANING_SHARE * meaning
        weight += WORDS_SHARE * shared / sqrt(lengths[one] * lengths[other])
        weight += compare_voices(wordings[one].voices, wordings[other].voices)
        weight += ONE_WORD * (fewest == 1)
        yield one, other, min(1.0, weight)


def is_plain(word: Word) -> bool:
    """Tell whether a word is written small: names are not, nor is what begins a sentence."""
    return not word.printed[0].isupper()


def stack_vectors(wordings: Sequence[Wording]) -> NDArray[np.float32]:
    """Return the vectors of wordings as rows of whole numbers."""
    numbers = np.frombuffer(b"".join(wording.vector for wording in wordings), np.int8)
    return numbers.reshape(len(wordings), WIDTH).astype(np.float32)


def find_alike(vectors: NDArray[np.float32]) -> Iterator[tuple[int, int, float]]:
    """Yield the pairs of rows that are alike, with the cosine of what sets them off from the average row."""
    # All sums are of whole numbers and exact, in any order and on any machine.
    count = len(vectors) + ASSUMED_CLAIMS
    total = vectors.sum(0, dtype=np.float64)
    to_mean = (vectors @ total) / count
    off_mean = (total @ total) / count**2
    lengths = np.sqrt(np.square(vectors, dtype=np.float64).sum(1) - 2 * to_mean + off_mean)
    for first in range(0, len(vectors), BLOCK):
        dots = vectors[first : first + BLOCK] @ vectors.T
        for one, row in enumerate(dots, first):
            row[one] = 0
            others = np.flatnonzero(row >= LEAST_ALIKE * LENGTH)
            if len(others) > MOST_ALIKE:
                others = others[np.argsort(-row[others], kind="stable")[:MOST_ALIKE]]
            others = others[others > one]
            offset = row[others] - to_mean[one] - to_mean[others] + off_mean
            cosines = offset / (lengths[one] * lengths[others])
            yield from (
                (one, other, cosine) for other, cosine in zip(others.tolist(), cosines.tolist(), strict=True)
            )


def weigh_words(texts: Iterable[Set[str]]) -> dict[str, int]:
    """Return how rare each word is among these texts."""
    texts = list(texts)
    counts = Counter(word for words in texts for word in words)
    return {word: max(1, round(IDF_SCALE * log((len(texts) + 1) / count))) for word, count in counts.items()}


def compare_voices(some: Sequence[Voice], others: Sequence[Voice]) -> float:
    """Return how far those who speak or relay make one statement of two claims more or less likely.

    An official and his minister, a city and its mayor may give one statement, two persons hardly do.
    """
    if not some or not others:
        return UNKNOWN_SPEAKER
    if set(some) & set(others):
        return SAME_SPEAKER
    if all(any(voice.entity_type == "unnamed" for voice in voices) for voices in (some, others)):
        return SAME_KIND  # officials here, a source who relays the president there
    return OTHER_KIND if some[0].entity_type != others[0].entity_type else OTHER_SPEAKER


def measure_similarities(wordings: Sequence[Wording]) -> NDArray[np.float64]:
    """Return how alike each two wordings are in meaning, 0 to 1."""
    vectors = stack_vectors(wordings)
    similarities: NDArray[np.float64] = (vectors @ vectors.T).astype(np.float64) / LENGTH
    return np.round(similarities.clip(0, 1), 4)
