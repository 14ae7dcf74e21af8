"""Prepare the corpora for training: read them once, cut words into pieces, number the labels.

`python -m pipelines.training.prepare --corpora DIR --vocabulary vocab.txt --to FILE` reads

    DIR/polnear/{train,dev}/{text,attributions}, DIR/polnear/silver/{train,dev}.jsonl
    DIR/ud/ewt/{train,dev,test}.conllu, DIR/ud/uner_ewt/{dev,test}.iob2, DIR/ud/gum/{train,dev}.conllu,
    DIR/ud/pud/test.{conllu,iob2}
    DIR/ner/{re3d-train,wikigold}.conll

and writes one file that `train` and `evaluate` read.
"""

import argparse
import pickle
from pathlib import Path

from pipelines.language.wordpieces import WordPieces
from pipelines.training.examples import prepare


def main() -> None:
    """Run the command."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--corpora", type=Path, required=True)
    parser.add_argument("--vocabulary", type=Path, required=True)
    parser.add_argument("--to", type=Path, required=True)
    args = parser.parse_args()
    prepared = prepare(args.corpora, WordPieces.read(args.vocabulary))
    with args.to.open("wb") as file:
        pickle.dump(prepared, file, protocol=pickle.HIGHEST_PROTOCOL)
    for name, examples in {"train": prepared.train, "tuning": prepared.tuning, **prepared.dev}.items():
        words = sum(len(example.words) for example in examples)
        pieces = sum(len(example.words.pieces) for example in examples)
        print(f"{name:8s} {len(examples):5d} documents {words:8d} words {pieces:8d} pieces")
    print(f"{len(prepared.xpos)} XPOS, {len(prepared.upos)} UPOS, {len(prepared.labels)} labels")


if __name__ == "__main__":
    main()
