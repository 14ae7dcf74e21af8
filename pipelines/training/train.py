"""Train all heads at once on one encoder.

`python -m pipelines.training.train --prepared FILE --minilm DIR --run DIR` writes `checkpoint.pt` every few
minutes and at the end; started again with the same folder it goes on where it stopped, with the same batches.
DIR of --minilm holds all-MiniLM-L6-v2's `model.safetensors` and `vocab.txt`.
"""

import argparse
import math
import time
from collections import defaultdict
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import torch
from torch import Tensor
from torch.nn import functional

from pipelines.language.wordpieces import WordPieces
from pipelines.training.batches import Batch, LinkTargets, hide_partners, plan_batches, stack
from pipelines.training.examples import Prepared, read_prepared
from pipelines.training.labels import UNKNOWN
from pipelines.training.network import (
    Network,
    Sizes,
    bucket_distances,
    keep_layers,
    load_checkpoint,
    load_minilm,
)

LEARNING_RATE = 3e-4  # of the encoder
HEADS_FASTER = 3.3  # times the encoder's rate
WEIGHT_DECAY = 0.01
WARM_UP = 0.06  # share of the steps
LARGEST_GRADIENT = 1.0
SECONDS_BETWEEN_CHECKPOINTS = 120
STEPS_BETWEEN_LINES = 20
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
    "content_to_source": 0.25,
}
LINKS = {  # head: from which role to which, the head that scores "none", the targets
    "content_to_cue": ("content", "cue", "no_cue", "cue_of_content"),
    "cue_to_source": ("cue", "source", "no_source", "source_of_cue"),
    "content_to_source": ("content", "source", "no_source_of_content", "source_of_content"),
}


def find_losses(network: Network, batch: Batch) -> dict[str, Tensor]:
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
            losses[name] = functional.cross_entropy(logits, batch.targets[name][known])
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
        if targets is None:
            continue
        spans = {"source": targets.sources, "cue": targets.cues, "content": targets.contents}
        ends = {role: torch.cat((x[span[:, 0]], x[span[:, 1] - 1]), -1) for role, span in spans.items()}
        for name, (left, right, none, partners) in LINKS.items():
            scores = getattr(network, name)(
                ends[left], ends[right], bucket_distances(spans[left], spans[right])
            )
            scores = torch.cat((scores, getattr(network, none)(ends[left])), 1)
            losses[name].append(
                functional.cross_entropy(scores, getattr(targets, partners), reduction="none")
            )
    return {name: torch.cat(values).mean() for name, values in losses.items() if any(map(len, values))}


class Run:
    """A network in training, and the folder that its state is kept in."""

    def __init__(self, folder: Path, network: Network, prepared: Prepared, steps: int, rate: float) -> None:
        self.checkpoint = folder / "checkpoint.pt"
        self.network = network
        self.labels = {name: getattr(prepared, name) for name in ("xpos", "upos", "labels")}
        self.optimizer = make_optimizer(network, rate)
        self.schedule = torch.optim.lr_scheduler.LambdaLR(self.optimizer, lambda step: anneal(step, steps))
        self.steps_done = 0
        folder.mkdir(parents=True, exist_ok=True)

    def resume(self) -> None:
        """Go on where the folder's checkpoint stops, if there is one."""
        if self.checkpoint.exists():
            saved = torch.load(self.checkpoint, weights_only=False)
            for name in ("network", "optimizer", "schedule"):
                getattr(self, name).load_state_dict(saved[name])
            self.steps_done = saved["step"]

    def learn(self, batch: Batch) -> dict[str, float]:
        """Take one step on a batch, and return its losses."""
        losses = find_losses(self.network, batch)
        self.optimizer.zero_grad(set_to_none=True)
        torch.stack([WEIGHTS[name] * value for name, value in losses.items()]).sum().backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(self.network.parameters(), LARGEST_GRADIENT)
        self.optimizer.step()
        self.schedule.step()
        self.steps_done += 1
        return {name: value.item() for name, value in losses.items()}

    def save(self) -> None:
        """Write the checkpoint beside the last one, then put it in its place."""
        state: dict[str, Any] = {
            name: getattr(self, name).state_dict() for name in ("network", "optimizer", "schedule")
        }
        state |= {"step": self.steps_done, "sizes": self.network.sizes, "labels": self.labels}
        torch.save(state, self.checkpoint.with_suffix(".new"))
        self.checkpoint.with_suffix(".new").replace(self.checkpoint)


def make_optimizer(network: Network, rate: float) -> torch.optim.AdamW:
    """Decay matrices only; heads start from nothing and learn faster."""
    groups: dict[tuple[bool, bool], list[Tensor]] = defaultdict(list)
    for name, parameter in network.named_parameters():
        if parameter.requires_grad:
            groups[name.startswith("encoder."), parameter.ndim > 1].append(parameter)
    return torch.optim.AdamW(
        [
            {
                "params": parameters,
                "lr": rate if is_encoder else HEADS_FASTER * rate,
                "weight_decay": WEIGHT_DECAY if is_matrix else 0.0,
            }
            for (is_encoder, is_matrix), parameters in groups.items()
        ],
        betas=(0.9, 0.98),
        fused=True,
    )


def freeze_all_but_links(network: Network) -> None:
    """Let the heads that link learn alone, as after an average."""
    heads = {head for link, (_, _, none, _) in LINKS.items() for head in (link, none)}
    for name, parameter in network.named_parameters():
        parameter.requires_grad_(name.partition(".")[0] in heads)


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
    word_pieces = WordPieces.read(args.minilm / "vocab.txt")
    plans = [
        plan_batches(prepared.train, args.batch, args.seed + epoch, args.others)
        for epoch in range(args.epochs)
    ]
    batches = [windows for plan in plans for windows in plan]
    if args.start_from:
        network = keep_layers(load_checkpoint(args.start_from), args.keep_layers)
    else:
        sizes = Sizes(len(prepared.xpos), len(prepared.upos), len(prepared.labels), args.layers)
        network = Network(len(word_pieces.pieces), sizes)
        load_minilm(network, args.minilm / "model.safetensors")
    if args.links_only:
        freeze_all_but_links(network)
    run = Run(args.run, network.to(args.device).train(), prepared, len(batches), args.rate)
    run.resume()
    means: dict[str, float] = {}
    saved_at = started = time.monotonic()
    pieces = 0
    for windows in batches[run.steps_done :]:
        batch = mask_pieces(stack(windows, word_pieces), word_pieces, args.masking)
        links = [targets and hide_partners(targets, args.hiding) for targets in batch.links]
        batch = replace(batch, links=links)
        for name, loss in run.learn(move(batch, args.device)).items():
            means[name] = 0.98 * means.get(name, loss) + 0.02 * loss
        pieces += int(batch.mask.sum())
        if run.steps_done % STEPS_BETWEEN_LINES == 0:
            pace = pieces / (time.monotonic() - started)
            shown = " ".join(f"{name} {value:.3f}" for name, value in means.items())
            print(f"{run.steps_done}/{len(batches)} {pace:.0f} pieces/s {shown}", flush=True)
        if time.monotonic() - saved_at > SECONDS_BETWEEN_CHECKPOINTS:
            run.save()
            saved_at = time.monotonic()
    run.save()


def mask_pieces(batch: Batch, word_pieces: WordPieces, share: float) -> Batch:
    """Hide a share of the pieces, so that the network learns less by heart; special ones stay."""
    is_hidden = (torch.rand(batch.pieces.shape) < share) & (batch.pieces > word_pieces.ids["[MASK]"])
    return replace(batch, pieces=batch.pieces.masked_fill(is_hidden, word_pieces.ids["[MASK]"]))


def move(batch: Batch, device: str) -> Batch:
    """Return the batch on a device."""
    if device == "cpu":
        return batch
    tensors = {
        name: getattr(batch, name).to(device)
        for name in ("pieces", "shapes", "quotes", "mask", "word_places", "sentences")
    }
    targets = {name: target.to(device) for name, target in batch.targets.items()}
    links = [given and _move_links(given, device) for given in batch.links]
    return Batch(**tensors, targets=targets, links=links)


def _move_links(links: LinkTargets, device: str) -> LinkTargets:
    return LinkTargets(**{f.name: getattr(links, f.name).to(device) for f in fields(links)})


def main() -> None:
    """Run the command."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--prepared", type=Path, required=True)
    parser.add_argument("--minilm", type=Path, required=True)
    parser.add_argument("--run", type=Path, required=True)
    parser.add_argument("--epochs", type=int, default=5)
    parser.add_argument("--batch", type=int, default=2048, help="pieces, padding included")
    parser.add_argument("--layers", type=int, default=6)
    parser.add_argument("--masking", type=float, default=0.0, help="share of pieces to hide")
    parser.add_argument("--hiding", type=float, default=0.3, help="share of cues and sources to hide")
    parser.add_argument("--others", type=float, default=1.0, help="share of the texts without attributions")
    parser.add_argument("--rate", type=float, default=LEARNING_RATE)
    parser.add_argument("--start-from", type=Path, help="a checkpoint to start from instead of MiniLM")
    parser.add_argument("--keep-layers", type=int, nargs="*", help="of the checkpoint, for a faster student")
    parser.add_argument("--links-only", action="store_true", help="teach the heads that link, nothing else")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=3)
    parser.add_argument("--device", default="cpu")
    train(parser.parse_args())


if __name__ == "__main__":
    main()
