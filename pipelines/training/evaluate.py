"""Measure a trained network: attributions on PolNeAR, syntax and names on UD.

`python -m pipelines.training.evaluate --prepared FILE --vocabulary vocab.txt --model PATH [--on tuning|dev]`
takes a `checkpoint.pt` or a folder that `quantize` wrote. Choose between candidates on the tuning articles,
and look at dev once per candidate. Needs torch only to read a checkpoint.
"""

import argparse
import json
from collections import Counter
from collections.abc import Callable, Sequence
from functools import partial
from itertools import pairwise
from pathlib import Path

import numpy as np

from pipelines.language.component import FACTORY
from pipelines.language.decoding import (
    ENTITY_TYPES,
    EVIDENCE,
    Linked,
    find_attributions,
    find_spans,
    find_tree,
)
from pipelines.language.encoder import Encoder, read_heads
from pipelines.language.heads import Floats, Heads
from pipelines.language.windows import Words
from pipelines.language.wordpieces import WordPieces
from pipelines.training.corpora import Document, Relation
from pipelines.training.examples import Example, Prepared, read_prepared
from pipelines.training.labels import UNKNOWN
from pipelines.training.scoring import f1, find_interval, score_article, summarize

NOT_CALIBRATED = {  # every attribution is as likely right as wrong, until `calibrate` knows better
    "confidence.weight": np.zeros((1, EVIDENCE), np.float32),
    "confidence.bias": np.zeros(1, np.float32),
}
ReadWords = Callable[[Words], Floats]  # the states of all words of an article


def to_relation(document: Document, linked: Linked) -> Relation:
    """Return an attribution over words as one over characters."""

    def place(spans: Sequence[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
        return tuple((document.words[start][0], document.words[end - 1][1]) for start, end in spans)

    return Relation(
        place([linked.source] if linked.source else []),
        place([linked.cue] if linked.cue else []),
        place(linked.contents),
    )


def measure_attributions(
    examples: Sequence[Example], heads: Heads, states: Sequence[Floats], **settings: float
) -> list[Counter[str]]:
    """Return the counts of each article; of several annotators the first is gold."""
    counts = []
    for example, x in zip(examples, states, strict=True):
        found = find_attributions(heads, x, example.words, **settings).attributions
        predicted = [to_relation(example.document, linked) for linked in found]
        counts.append(score_article(example.document.text, example.document.relations[0], predicted)[0])
    return counts


def measure_syntax(examples: Sequence[Example], heads: Heads, states: Sequence[Floats]) -> dict[str, float]:
    """Return tag accuracies, attachment scores on gold sentences, and F1 of sentence starts and names."""
    count: Counter[str] = Counter()
    for example, x in zip(examples, states, strict=True):
        for tags in ("xpos", "upos"):
            gold = getattr(example, tags)
            count[f"{tags} right"] += int((heads.score_words(tags, x).argmax(1) == gold).sum())
        count["words"] += len(x)
        gold_starts = example.sentence_starts > 0
        starts = heads.score_words("sentence_starts", x).argmax(1) > 0
        count["start right"] += int((starts & gold_starts).sum())
        count["start guesses"] += int(starts.sum())
        count["start gold"] += int(gold_starts.sum())
        edges = [*np.flatnonzero(gold_starts).tolist(), len(x)]
        for low, high in pairwise(edges):
            tree = np.array(find_tree(heads.score_arcs(x[low:high])))
            labels = heads.score_labels(x[low:high], x[low:high][tree]).argmax(1)
            right = tree == example.heads[low:high] - low
            count["uas"] += int(right.sum())
            count["las"] += int((right & (labels == example.labels[low:high])).sum())
        if example.entities[0] != UNKNOWN:
            names = {
                (ENTITY_TYPES[kind], a, b) for kind, a, b in find_spans(heads.score_words("entities", x))
            }
            gold_names = {(kind, a, b) for a, b, kind in example.document.entities or []}
            for kind in ENTITY_TYPES[:3]:
                mine, theirs = ({name for name in some if name[0] == kind} for some in (names, gold_names))
                for which in (kind, "names"):
                    count[f"{which} right"] += len(mine & theirs)
                    count[f"{which} guesses"] += len(mine)
                    count[f"{which} gold"] += len(theirs)
    scores = {name: count[name] / count["words"] for name in ("uas", "las")}
    scores |= {tags: count[f"{tags} right"] / count["words"] for tags in ("xpos", "upos")}
    for name in ("start", "names", *ENTITY_TYPES[:3]):
        if count[f"{name} gold"]:
            scores[name] = f1(count[f"{name} right"], count[f"{name} guesses"], count[f"{name} gold"])
    return scores


def load(path: Path, word_pieces: WordPieces) -> tuple[Heads, ReadWords]:
    """Return the heads and the encoder of a checkpoint, or of a folder that `quantize` wrote."""
    if path.suffix != ".pt":
        encoder = Encoder((path / FACTORY / "encoder.onnx").read_bytes(), word_pieces)
        return read_heads(path / FACTORY / "heads.npz"), encoder.read_words
    import torch  # noqa: PLC0415  # the quantized model is measured without it

    from pipelines.training.network import load_checkpoint, read_states  # noqa: PLC0415

    torch.set_num_threads(1)
    network = load_checkpoint(path)
    weights = NOT_CALIBRATED | {
        name: value.numpy() for name, value in network.state_dict().items() if not name.startswith("encoder.")
    }
    return Heads(weights), partial(read_states, network, word_pieces)


def show(name: str, scores: dict[str, float]) -> None:
    """Print scores in percent."""
    print(f"{name:10s}", "  ".join(f"{key} {100 * value:.1f}" for key, value in scores.items()), flush=True)


def evaluate(
    prepared: Prepared, word_pieces: WordPieces, model: Path, on: str
) -> dict[str, dict[str, float]]:
    """Measure a model on the tuning articles or on all dev sets, and print the scores."""
    heads, read_words = load(model, word_pieces)
    examples = prepared.tuning if on == "tuning" else prepared.dev["polnear"]
    states = [read_words(example.words) for example in examples]
    counts = measure_attributions(examples, heads, states)
    total = sum(counts, Counter())
    result = {"polnear": summarize(total)}
    show("polnear", result["polnear"])
    low, high = find_interval(counts, lambda count: summarize(count)["relation all"])
    print(f"relation all: 95% interval {100 * low:.1f} to {100 * high:.1f}")
    if on == "dev":
        for name in ("ewt", "gum", "pud"):
            states = [read_words(example.words) for example in prepared.dev[name]]
            result[name] = measure_syntax(prepared.dev[name], heads, states)
            show(name, result[name])
    return result


def main() -> None:
    """Run the command."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--prepared", type=Path, required=True)
    parser.add_argument("--vocabulary", type=Path, required=True)
    parser.add_argument("--model", type=Path, required=True)
    parser.add_argument("--on", choices=("tuning", "dev"), default="tuning")
    parser.add_argument("--to", type=Path, help="JSON file for the scores")
    args = parser.parse_args()
    result = evaluate(read_prepared(args.prepared), WordPieces.read(args.vocabulary), args.model, args.on)
    if args.to:
        args.to.write_text(json.dumps(result, indent=1))


if __name__ == "__main__":
    main()
