"""The heads of the language model in numpy: states of words in, scores of tags, arcs and links out.

They are small beside the encoder, so they run outside of it, each only where its answer is asked for.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pipelines.language.windows import Integers

Floats = NDArray[np.float32]
BUCKET_EDGES = np.array((1, 2, 3, 4, 6, 9, 14, 22, 36, 61))  # words; each bucket starts at one of these
ZERO_DISTANCE = 11  # the bucket of spans that overlap


@dataclass(frozen=True, slots=True)
class Heads:
    """The weights of all heads by their names in the trained network."""

    weights: Mapping[str, Any]  # arrays of 32-bit numbers

    def score_words(self, head: str, states: Floats) -> Floats:
        """Return the scores of a head that tags words: roles, entities, xpos, upos or sentence_starts."""
        return self._linear(head, states)

    def score_arcs(self, states: Floats) -> Floats:
        """Return for each word (row) of a sentence the score of each as its head; of itself as a root."""
        dependent = _relu(self._linear("arcs.dependent", states))
        head = _relu(self._linear("arcs.head", states))
        scores: Floats = dependent @ self.weights["arcs.weight"] @ head.T
        scores += self._linear("arcs.head_bias", head).T
        np.fill_diagonal(scores, self._linear("arcs.root", states)[:, 0])
        return scores

    def score_labels(self, dependents: Floats, heads: Floats) -> Floats:
        """Return the scores of the labels of arcs, one a row."""
        dependent = _relu(self._linear("labels.dependent", dependents))
        head = _relu(self._linear("labels.head", heads))
        weight = self.weights["labels.weight"]  # label, dependent, head
        count, width, _ = weight.shape
        mixed = (dependent @ weight.transpose(1, 0, 2).reshape(width, -1)).reshape(-1, count, width)
        scores: Floats = np.matmul(mixed, head[:, :, None])[:, :, 0]
        return scores + self._linear("labels.linear", np.concatenate((dependent, head), 1))

    def score_links(self, link: str, states: Floats, left: Integers, right: Integers) -> Floats:
        """Return the score of each right span as the partner of each left one."""
        a = _relu(self._linear(f"{link}.left", join_ends(states, left)))
        b = _relu(self._linear(f"{link}.right", join_ends(states, right)))
        distance = self.weights[f"{link}.distance.weight"][bucket_distances(left, right), 0]
        scores: Floats = a @ self.weights[f"{link}.weight"] @ b.T
        scores += self._linear(f"{link}.right_bias", b).T + distance
        return scores

    def score_none(self, head: str, states: Floats, spans: Integers) -> Floats:
        """Return for each span the score of its having no partner."""
        return self._linear(head, join_ends(states, spans))

    def rate(self, evidence: Sequence[float]) -> float:
        """Return the chance that an attribution is right, from what its decisions were sure of."""
        return float(1 / (1 + np.exp(-self._linear("confidence", np.array(evidence, np.float32))[0])))

    def _linear(self, name: str, x: Floats) -> Floats:
        product: Floats = x @ self.weights[f"{name}.weight"].T + self.weights[f"{name}.bias"]
        return product


def join_ends(states: Floats, spans: Integers) -> Floats:
    """Return the states of the first and of the last word of each span, side by side."""
    return np.concatenate((states[spans[:, 0]], states[spans[:, 1] - 1]), 1, dtype=np.float32)


def bucket_distances(left: Integers, right: Integers) -> Integers:
    """Return the bucket of the words between spans (first word, word after the last), signed by order."""
    gap_after = right[None, :, 0] - left[:, None, 1] + 1
    gap_before = left[:, None, 0] - right[None, :, 1] + 1
    after = np.searchsorted(BUCKET_EDGES, np.maximum(gap_after, 0), "right")
    before = np.searchsorted(BUCKET_EDGES, np.maximum(gap_before, 0), "right")
    return (ZERO_DISTANCE + np.where(gap_after > 0, after, np.where(gap_before > 0, -before, 0))).astype(
        np.int32
    )


def log_softmax(scores: Floats) -> Floats:
    """Return log probabilities along the last axis."""
    shifted = scores - scores.max(-1, keepdims=True)
    normalized: Floats = shifted - np.log(np.exp(shifted).sum(-1, keepdims=True))
    return normalized


def _relu(x: Floats) -> Floats:
    return np.maximum(x, 0)
