"""Write MiniLM, untouched, as the network that compares meanings: int8, as `quantize.py` writes the encoder.

`python -m pipelines.training.embedder --minilm $MINILM --to pipelines/language/minilm` writes `encoder.onnx`
and `vocab.txt`; with `--texts FILE` (one text a line) it also says what int8 costs against float.
"""

import argparse
import shutil
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from torch import nn

from pipelines.language.embedding import MOST_PIECES, Embedder, measure_similarity
from pipelines.training.network import Network, Sizes, load_minilm
from pipelines.training.quantize import build_encoder


def load_network(minilm: Path) -> Network:
    """Return MiniLM with heads that nobody uses, and with the positions that are."""
    vocabulary = len((minilm / "vocab.txt").read_text("utf-8").splitlines())
    network = Network(vocabulary, Sizes(xpos=1, upos=1, labels=1))
    load_minilm(network, minilm / "model.safetensors")
    network.encoder.positions = nn.Embedding.from_pretrained(network.encoder.positions.weight[:MOST_PIECES])
    return network.eval()


def embed_in_float(network: Network, embedder: Embedder, texts: Sequence[str]) -> NDArray[np.float32]:
    """Return the unit vectors that the float network gives."""
    vectors = []
    for text in texts:
        pieces = torch.from_numpy(embedder.cut(text))[None]
        nothing = torch.zeros_like(pieces)
        with torch.inference_mode():
            states = network.encoder(pieces, nothing, nothing, torch.ones_like(pieces, dtype=torch.bool))
        vectors.append(nn.functional.normalize(states[0].mean(0), dim=0).numpy())
    return np.stack(vectors)


def compare(network: Network, embedder: Embedder, texts: Sequence[str]) -> str:
    """Say how far similarities in int8 lie from those in float, over all pairs of `texts`."""
    exact = embed_in_float(network, embedder, texts)
    rounded = embedder.embed(texts)
    pairs = np.triu_indices(len(texts), 1)
    wanted, found = (exact @ exact.T)[pairs], measure_similarity(rounded, rounded)[pairs]
    error = np.abs(wanted - found)
    high = wanted >= 0.6  # where decisions are made
    return (
        f"{len(texts)} texts: similarity in int8 is off by {error.mean():.4f} on average, at most "
        f"{np.quantile(error, 0.99):.4f} in 99%; where it is 0.6 or more by {error[high].mean():.4f}; "
        f"correlation {np.corrcoef(wanted, found)[0, 1]:.5f}"
    )


def main() -> None:
    """Run the command."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--minilm", type=Path, required=True)
    parser.add_argument("--to", type=Path, required=True)
    parser.add_argument("--texts", type=Path)
    args = parser.parse_args()
    torch.set_num_threads(1)  # texts are short: more threads wait for each other
    network = load_network(args.minilm)
    args.to.mkdir(parents=True, exist_ok=True)
    model = build_encoder(network.state_dict(), network.sizes, ["pieces"])
    onnx.save(model, args.to / "encoder.onnx")
    shutil.copyfile(args.minilm / "vocab.txt", args.to / "vocab.txt")
    print(f"encoder.onnx {(args.to / 'encoder.onnx').stat().st_size / 1e6:.1f} MB")
    if args.texts:
        print(compare(network, Embedder(args.to), args.texts.read_text("utf-8").splitlines()))


if __name__ == "__main__":
    main()
