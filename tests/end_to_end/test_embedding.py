"""The network that compares meanings, with its real weights."""

import numpy as np
import pytest

from pipelines.language.embedding import MOST_PIECES, load_embedder, measure_similarity

pytestmark = pytest.mark.end_to_end

PARAPHRASES = (
    ("that taxes would rise next year", "an increase of taxes in the coming year"),
    ("The strike will end on Monday", "that workers return on Monday, when the walkout is over"),
    ("the bridge is safe for traffic", "that there is no danger in crossing the bridge"),
)


def test_what_says_alike_is_nearer_than_what_is_about_the_same() -> None:
    some, others = (load_embedder().embed(side) for side in zip(*PARAPHRASES, strict=True))
    alike = measure_similarity(some, others)
    assert alike.diagonal().min() > 0.55
    assert (alike.argmax(1) == np.arange(len(PARAPHRASES))).all()
    same_subject = load_embedder().embed(["ministers blamed each other for the taxes of the past"])
    assert measure_similarity(some[:1], same_subject)[0, 0] < alike[0, 0]


def test_a_vector_depends_on_its_text_alone() -> None:
    texts = ["the harvest failed", "", "💥" * 50, "x" * 1_000_000, "a b " * MOST_PIECES]
    together = load_embedder().embed(texts)
    assert (together == load_embedder().embed(texts[::-1])[::-1]).all()
    assert together.dtype == np.int8
    assert np.linalg.norm(together.astype(float), axis=1) == pytest.approx(127, abs=2)


def test_no_text_gives_no_vector() -> None:
    assert load_embedder().embed([]).shape == (0, 384)
