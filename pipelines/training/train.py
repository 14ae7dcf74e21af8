"""Train all heads at once on one encoder.

`python -m pipelines.training.train --prepared FILE --minilm DIR --run DIR` writes `checkpoint.pt` every few
minutes and at the end; started again with the same folder it goes on where it stopped, with the same batches.
DIR of --minilm holds all-MiniLM-L6-v2's `model.safetensors` and `vocab.txt`.
"""

import argparse
import json
import math
import time
from collections import defaultdict
from pathlib import Path
from typing import Any

import torch
from torch import Tensor
from torch.nn import functional

from pipelines.language.wordpieces import WordPieces
from pipelines.training.batches import Batch, LinkTargets, plan_batches, stack
from pipelines.training.labels import UNKNOWN
from pipelines.training.network import Network, Sizes, bucket_distances, load_minilm
from pipelines.training.examples import read_prepared

LEARNING_RATE = 3e-4
HEAD_LEARNING_RATE = 1e-3
WEIGHT_DECAY = 0.01
WARM_UP = 0.06  # share of the steps
SECONDS_BETWEEN_CHECKPOINTS = 120
WEIGHTS = {  # of the losses; attribution is what the encoder is for
    "roles": 1.0,
    "entities": 0.5,
    "xpos": 0.5,
    "upos": 0.25,
    "sentence_starts": 0.25,
    "arcs": 0.5,
    "labels": 0.5,
    "content_to_cue": 0.5,
    "cue_to_source": 0.5,
}


def find_losses(network: Network, batch: Batch, smoothing: float = 0.0) -> dict[str, Tensor]:
    """Return the loss of each head that has labels in the batch."""
    device = batch.pieces.device.type
    with torch.autocast(device, dtype=torch.bfloat16):
        encoded = network.encoder(batch.pieces, batch.shapes, batch.quotes, batch.mask)
    x = encoded.float()
    states = torch.gather(x, 1, batch.word_places[..., None].expand(-1, -1, x.shape[-1]))
    states = network.dropout(states)
    losses = {}
    for name in ("roles", "entities", "xpos", "upos", "sentence_starts"):
        known = batch.targets[name] != UNKNOWN
        if known.any():
            logits = getattr(network, name)(states[known])
            losses[name] = functional.cross_entropy(
                logits, batch.targets[name][known], label_smoothing=smoothing if name == "roles" else 0.0
            )
    losses |= _find_syntax_losses(network, batch, states)
    losses |= _find_link_losses(network, batch.links, states)
    return losses


def _find_syntax_losses(network: Network, batch: Batch, states: Tensor) -> dict[str, Tensor]:
    rows = (batch.targets["heads"] != UNKNOWN).any(1)
    if not rows.any():
        return {}
    states, heads = states[rows], batch.targets["heads"][rows]
    labels, sentences = batch.targets["labels"][rows], batch.sentences[rows]
    known = heads != UNKNOWN
    scores = network.arcs(states)
    same_sentence = sentences[:, :, None] == sentences[:, None, :]
    scores = scores.masked_fill(~same_sentence, -1e4)
    arcs = functional.cross_entropy(scores[known], heads[known])
    known = known & (labels != UNKNOWN)
    chosen = torch.gather(states, 1, heads.clamp(min=0)[..., None].expand(-1, -1, states.shape[-1]))
    return {
        "arcs": arcs,
        "labels": functional.cross_entropy(network.labels(states[known], chosen[known]), labels[known]),
    }


def _find_link_losses(network: Network, links: list[LinkTargets | None], states: Tensor) -> dict[str, Tensor]:
    losses = defaultdict(list)
    for x, targets in zip(states, links, strict=True):
        if targets is None or not len(targets.cues):
            continue
        spans = {"source": targets.sources, "cue": targets.cues, "content": targets.contents}
        ends = {role: torch.cat((x[span[:, 0]], x[span[:, 1] - 1]), -1) for role, span in spans.items()}
        known = targets.cue_of_content != UNKNOWN
        if known.any():
            scores = network.content_to_cue(
                ends["content"], ends["cue"], bucket_distances(spans["content"], spans["cue"])
            )
            losses["content_to_cue"].append(
                functional.cross_entropy(scores[known], targets.cue_of_content[known], reduction="none")
            )
        known = targets.source_of_cue != UNKNOWN
        if known.any():
            scores = network.cue_to_source(
                ends["cue"], ends["source"], bucket_distances(spans["cue"], spans["source"])
            )
            scores = torch.cat((scores, network.no_source(ends["cue"])), 1)
            losses["cue_to_source"].append(
                functional.cross_entropy(scores[known], targets.source_of_cue[known], reduction="none")
            )
    return {name: torch.cat(values).mean() for name, values in losses.items()}


def make_optimizer(network: Network) -> torch.optim.AdamW:
    """Decay matrices only; heads start from nothing and learn faster."""
    groups: dict[tuple[bool, bool], list[Tensor]] = defaultdict(list)
    for name, parameter in network.named_parameters():
        if parameter.requires_grad:
            groups[name.startswith("encoder."), parameter.ndim > 1].append(parameter)
    return torch.optim.AdamW(
        [
            {
                "params": parameters,
                "lr": LEARNING_RATE if is_encoder else HEAD_LEARNING_RATE,
                "weight_decay": WEIGHT_DECAY if is_matrix else 0.0,
            }
            for (is_encoder, is_matrix), parameters in groups.items()
        ],
        betas=(0.9, 0.98),
        fused=True,
    )


def anneal(step: int, steps: int) -> float:
    """Return the share of the learning rate at a step: a linear rise, then half a cosine down to nothing."""
    warm = max(1, int(WARM_UP * steps))
    if step < warm:
        return (step + 1) / warm
    return 0.5 * (1 + math.cos(math.pi * (step - warm) / max(1, steps - warm)))


def train(args: argparse.Namespace) -> None:
    """Train, or go on training, the network of a run folder."""
    torch.manual_seed(args.seed)
    torch.set_num_threads(args.threads)
    prepared = read_prepared(args.prepared)
    examples = prepared.train + (prepared.tuning if args.with_tuning else [])
    word_pieces = WordPieces.read(args.minilm / "vocab.txt")
    sizes = Sizes(len(prepared.xpos), len(prepared.upos), len(prepared.labels), args.layers)
    network = Network(len(word_pieces.pieces), sizes)
    load_minilm(network, args.minilm / "model.safetensors")
    optimizer = make_optimizer(network)
    lengths = [len(plan_batches(examples, args.batch, args.seed + epoch)) for epoch in range(args.epochs)]
    steps = sum(lengths)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: anneal(step, steps))
    args.run.mkdir(parents=True, exist_ok=True)
    checkpoint = args.run / "checkpoint.pt"
    done = 0
    if checkpoint.exists():
        saved = torch.load(checkpoint, weights_only=False)
        network.load_state_dict(saved["network"])
        optimizer.load_state_dict(saved["optimizer"])
        schedule.load_state_dict(saved["schedule"])
        done = saved["step"]
    network.to(args.device).train()

    def save(step: int) -> None:
        state: dict[str, Any] = {
            "network": network.state_dict(),
            "optimizer": optimizer.state_dict(),
            "schedule": schedule.state_dict(),
            "step": step,
            "sizes": sizes,
            "labels": {"xpos": prepared.xpos, "upos": prepared.upos, "labels": prepared.labels},
        }
        torch.save(state, checkpoint.with_suffix(".new"))
        checkpoint.with_suffix(".new").replace(checkpoint)

    (args.run / "settings.json").write_text(json.dumps({k: str(v) for k, v in vars(args).items()}, indent=1))
    step, saved_at, started, pieces = 0, time.monotonic(), time.monotonic(), 0
    means: dict[str, float] = {}
    for epoch in range(args.epochs):
        if step + lengths[epoch] <= done:
            step += lengths[epoch]
            continue
        for windows in plan_batches(examples, args.batch, args.seed + epoch):
            step += 1
            if step <= done:
                continue
            batch = stack(windows, word_pieces)
            losses = find_losses(network, move(batch, args.device), args.smoothing)
            loss = sum((WEIGHTS[name] * value for name, value in losses.items()), torch.zeros(()))
            optimizer.zero_grad(set_to_none=True)
            loss.backward()  # type: ignore[no-untyped-call]
            torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            pieces += int(batch.mask.sum())
            for name, value in losses.items():
                means[name] = 0.98 * means.get(name, value.item()) + 0.02 * value.item()
            if step % 20 == 0:
                pace = pieces / (time.monotonic() - started)
                shown = " ".join(f"{name} {value:.3f}" for name, value in means.items())
                print(f"{step}/{steps} epoch {epoch + 1} {pace:.0f} pieces/s {shown}", flush=True)
            if time.monotonic() - saved_at > SECONDS_BETWEEN_CHECKPOINTS:
                save(step)
                saved_at = time.monotonic()
    save(steps)
    print("done", flush=True)


def move(batch: Batch, device: str) -> Batch:
    """Return the batch on a device."""
    if device == "cpu":
        return batch
    links = [
        links and LinkTargets(*(getattr(links, name).to(device) for name in LinkTargets.__slots__))
        for links in batch.links
    ]
    tensors = (batch.pieces, batch.shapes, batch.quotes, batch.mask, batch.word_places, batch.sentences)
    return Batch(
        *(tensor.to(device) for tensor in tensors),
        {name: target.to(device) for name, target in batch.targets.items()},
        links,
    )


def main() -> None:
    """Run the command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--prepared", type=Path, required=True)
    parser.add_argument("--minilm", type=Path, required=True)
    parser.add_argument("--run", type=Path, required=True)
    parser.add_argument("--epochs", type=int, default=5)
    parser.add_argument("--batch", type=int, default=2048, help="pieces, padding included")
    parser.add_argument("--layers", type=int, default=6)
    parser.add_argument("--smoothing", type=float, default=0.0)
    parser.add_argument("--with-tuning", action="store_true", help="train on the tuning articles too")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=3)
    parser.add_argument("--device", default="cpu")
    train(parser.parse_args())


if __name__ == "__main__":
    main()
