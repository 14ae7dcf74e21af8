"""Fit the confidence of attributions on the tuning articles: a logistic regression.

What it weighs is how sure the model was of each span and each link.

`python -m pipelines.training.calibrate --prepared FILE --model DIR` rewrites `heads.npz` in the folder that
`quantize` wrote, and prints the calibration error (found by leaving articles out) and the precision of the
surer half.
"""

import argparse
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from pipelines.language.component import FACTORY
from pipelines.language.decoding import find_attributions
from pipelines.language.heads import Heads
from pipelines.language.wordpieces import WordPieces
from pipelines.training.evaluate import ReadWords, load, to_relation
from pipelines.training.examples import Example, read_prepared
from pipelines.training.scoring import score_article

Numbers = NDArray[np.float64]
FOLDS = 5
RIDGE = 1.0  # keeps weights small where the evidence says the same twice
STEPS = 30  # of Newton's method; it stands still after ten


def collect(
    examples: Sequence[Example], heads: Heads, read_words: ReadWords
) -> tuple[Numbers, Numbers, list[int]]:
    """Return for each attribution found its evidence, whether it is right, and the number of its article."""
    evidence, is_right, articles = [], [], []
    for number, example in enumerate(examples):
        found = find_attributions(
            heads, read_words(example.words), example.words, least_confidence=0
        ).attributions
        predicted = [to_relation(example.document, linked) for linked in found]
        right = score_article(example.document.text, example.document.relations[0], predicted)[1]
        evidence += [linked.evidence for linked in found]
        is_right += right
        articles += [number] * len(found)
    return np.array(evidence), np.array(is_right, float), articles


def fit(evidence: Numbers, is_right: Numbers) -> Numbers:
    """Return the weights of the evidence, and the bias last."""
    x = np.column_stack((evidence, np.ones(len(evidence))))
    ridge = RIDGE * np.eye(x.shape[1])
    ridge[-1, -1] = 0
    weights = np.zeros(x.shape[1])
    for _ in range(STEPS):
        chance = 1 / (1 + np.exp(-x @ weights))
        slope = x.T @ (is_right - chance) - ridge @ weights
        weights += np.linalg.solve((x * (chance * (1 - chance))[:, None]).T @ x + ridge, slope)
    return weights


def rate(evidence: Numbers, weights: Numbers) -> Numbers:
    """Return the confidence of each attribution."""
    chance: Numbers = 1 / (1 + np.exp(-(evidence @ weights[:-1] + weights[-1])))
    return chance


def find_calibration_error(confidence: Numbers, is_right: Numbers, bins: int = 10) -> float:
    """Return the mean distance of confidence and precision, over bins of equal size."""
    order = np.argsort(confidence)
    parts = [part for part in np.array_split(order, bins) if len(part)]
    return float(sum(len(p) * abs(confidence[p].mean() - is_right[p].mean()) for p in parts) / len(order))


def find_surer_half(confidence: Numbers, is_right: Numbers) -> float:
    """Return the precision of the more confident half."""
    order = np.argsort(-confidence)
    return float(is_right[order[: len(order) // 2]].mean())


def calibrate(examples: Sequence[Example], folder: Path) -> None:
    """Fit the confidence on these articles and keep it in the folder."""
    heads, read_words = load(folder, WordPieces.read(folder / FACTORY / "vocab.txt"))
    evidence, is_right, articles = collect(examples, heads, read_words)
    folds = np.array(articles) % FOLDS
    left_out = np.zeros(len(is_right))
    for fold in range(FOLDS):
        here = folds == fold
        left_out[here] = rate(evidence[here], fit(evidence[~here], is_right[~here]))
    print(f"calibration error {find_calibration_error(left_out, is_right):.3f}, articles left out")
    print(
        f"precision of all {is_right.mean():.3f}, of the surer half {find_surer_half(left_out, is_right):.3f}"
    )
    weights = fit(evidence, is_right)
    file = folder / FACTORY / "heads.npz"
    with np.load(file) as kept:
        arrays = {name: kept[name] for name in kept.files}
    arrays |= {"confidence.weight": weights[None, :-1], "confidence.bias": weights[-1:]}
    np.savez_compressed(file, **arrays)


def main() -> None:
    """Run the command."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--prepared", type=Path, required=True)
    parser.add_argument("--model", type=Path, required=True)
    args = parser.parse_args()
    calibrate(read_prepared(args.prepared).tuning, args.model)


if __name__ == "__main__":
    main()
