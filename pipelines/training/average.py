"""Average the weights of runs that started from one another, share by share.

`python -m pipelines.training.average --checkpoints FILE FILE --shares 0.4 0.6 --to FILE` writes a checkpoint
that `quantize` and `evaluate` read; it cannot be trained on.
"""

import argparse
from collections.abc import Sequence
from pathlib import Path

import torch


def average(checkpoints: Sequence[Path], shares: Sequence[float], to: Path) -> None:
    """Write the checkpoint whose weights are the sum of each checkpoint's times its share."""
    saved = [torch.load(path, weights_only=False) for path in checkpoints]
    weights = {
        name: sum(share * one["network"][name] for share, one in zip(shares, saved, strict=True))
        for name in saved[0]["network"]
    }
    torch.save({"network": weights, "sizes": saved[0]["sizes"], "labels": saved[0]["labels"]}, to)


def main() -> None:
    """Run the command."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--checkpoints", type=Path, nargs="+", required=True)
    parser.add_argument("--shares", type=float, nargs="+", required=True)
    parser.add_argument("--to", type=Path, required=True)
    args = parser.parse_args()
    average(args.checkpoints, args.shares, args.to)


if __name__ == "__main__":
    main()
