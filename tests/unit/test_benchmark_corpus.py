"""Articles that nobody wrote: the same for the same seed, and alike to a degree that is told exactly."""

from itertools import combinations
from pathlib import Path

import numpy as np

from pipelines.benchmark_comparison import compare_all, judge_reuse
from pipelines.benchmark_corpus import embed_roughly, find_alike, make_articles
from pipelines.lake import Lake
from pipelines.language.embedding import SCALE, measure_similarity
from pipelines.text.shingles import read_wording

SEEDS = Path(__file__).parents[2] / "seeds" / "articles"
TEXTS = [path.read_text("utf-8") for path in sorted(SEEDS.glob("*.txt"))]


def test_the_same_seed_makes_the_same_articles():
    assert list(make_articles(TEXTS, 9)) == list(make_articles(TEXTS, 12))[:9]
    assert list(make_articles(TEXTS, 9)) != list(make_articles(TEXTS, 9, seed=1))


def test_what_is_alike_is_what_a_look_at_every_pair_finds():
    wordings = [read_wording(a.text, [(0, len(a.text))]) for a in make_articles(TEXTS, 24)]

    def resemblance(one: int, other: int) -> float:
        runs = [set(wordings[place].runs.tolist()) for place in (one, other)]
        return len(runs[0] & runs[1]) / len(runs[0] | runs[1])

    alike = {pair for pair in combinations(range(24), 2) if resemblance(*pair) >= 0.7}
    assert find_alike(wordings, 0.7) == alike
    assert 0 < len(alike) < 60


def test_texts_with_the_same_words_point_the_same_way():
    vectors = embed_roughly(["taxes will fall", "taxes will fall soon", "frost in the valleys", ""])
    assert abs(np.linalg.norm(vectors[0].astype(float)) - SCALE) < 5
    similarity = measure_similarity(vectors, vectors)
    assert similarity[0, 1] > 0.7
    assert similarity[0, 2] < 0.3
    assert not vectors[3].any()


def test_near_duplicates_are_found(tmp_path):
    lake = Lake(tmp_path)
    articles = list(make_articles(TEXTS, 60))
    compare_all(lake, articles[:-1])
    compare_all(lake, articles)
    precision, recall = judge_reuse(lake)
    assert precision == 1.0
    assert recall >= 0.98
