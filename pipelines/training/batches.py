"""Cut prepared documents into windows and stack them into batches, anew for every epoch."""

import random
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from pipelines.language.windows import WINDOW, Input, Window, cut_windows, fill_window
from pipelines.language.wordpieces import WordPieces
from pipelines.training.examples import Example, Links
from pipelines.training.labels import ROLES, UNKNOWN

Span = tuple[int, int]
Stretch = tuple[Example, Window, Links | None]
STEP = (
    32  # pieces; lengths are padded to its multiples, for each shape costs the matrix library memory and time
)
POOL = 256  # windows that are sorted by length together
WORD_LABELS = ("roles", "entities", "xpos", "upos", "labels", "sentence_starts", "heads")


@dataclass(frozen=True, slots=True)
class LinkTargets:
    """The spans of one window, in its words, and what each links to.

    The number of cues stands for "no cue", that of sources for "no source": there is none, or none in sight.
    """

    sources: Tensor
    cues: Tensor
    contents: Tensor
    cue_of_content: Tensor
    source_of_cue: Tensor
    source_of_content: Tensor


@dataclass(frozen=True, slots=True)
class Batch:
    """Windows stacked: what the encoder reads, and the labels of words and links."""

    pieces: Tensor
    shapes: Tensor
    quotes: Tensor
    mask: Tensor
    word_places: Tensor
    sentences: Tensor  # number of the sentence of each word; -1 for padding
    targets: dict[str, Tensor]
    links: list[LinkTargets | None]


def plan_batches(
    examples: Sequence[Example], size: int, seed: int, others: float = 1.0
) -> list[list[Stretch]]:
    """Return the batches of an epoch: every document cut anew, at most `size` pieces a batch.

    `others` is the share of the documents without attributions (syntax, names) that the epoch reads.
    Windows of about one length share a batch, so that little of it is padding.
    """
    chance = random.Random(seed)
    windows: list[Stretch] = []
    for example in examples:
        if not example.links and chance.random() >= others:
            continue
        links = chance.choice(example.links) if example.links else None
        for window in cut_windows(example.words, WINDOW, chance.randint(WINDOW // 4, WINDOW)):
            windows.append((example, window, links))
    chance.shuffle(windows)
    batches: list[list[Stretch]] = []
    for i in range(0, len(windows), POOL):
        batch: list[Stretch] = []
        for stretch in sorted(windows[i : i + POOL], key=_measure):
            if not batch or (len(batch) + 1) * _measure(stretch) > size:
                batch = []
                batches.append(batch)
            batch.append(stretch)
    chance.shuffle(batches)
    return batches


def _measure(stretch: Stretch) -> int:
    example, window, _ = stretch
    pieces = int(example.words.piece_starts[window.end] - example.words.piece_starts[window.start])
    return -(-(pieces + 2) // STEP) * STEP


def stack(windows: Sequence[Stretch], word_pieces: WordPieces) -> Batch:
    """Stack windows into one batch."""
    inputs = [fill_window(example.words, window, word_pieces) for example, window, _ in windows]
    pieces, shapes, quotes, mask = stack_inputs(inputs, word_pieces.padding)
    targets: dict[str, list[np.ndarray]] = {name: [] for name in WORD_LABELS}
    sentences = []
    links = []
    for example, window, annotation in windows:
        cut = slice(window.start, window.end)
        targets["roles"].append(
            annotation.tags[cut] if annotation else np.full(window.end - window.start, UNKNOWN)
        )
        for name in WORD_LABELS[1:-1]:
            targets[name].append(getattr(example, name)[cut])
        heads = example.heads[cut] - window.start
        targets["heads"].append(np.where((heads >= 0) & (heads < len(heads)), heads, UNKNOWN))
        sentences.append(np.cumsum(example.sentence_starts[cut] > 0))
        links.append(cut_links(annotation, window) if annotation else None)
    return Batch(
        torch.from_numpy(pieces),
        torch.from_numpy(shapes),
        torch.from_numpy(quotes),
        torch.from_numpy(mask),
        _pad([given.word_places for given in inputs], 0),
        _pad(sentences, -1),
        {name: _pad(rows, UNKNOWN) for name, rows in targets.items()},
        links,
    )


def stack_inputs(
    inputs: Sequence[Input], padding: int
) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Stack what the encoder reads of several windows; the mask is false at padding."""
    length = -(-max(len(given.pieces) for given in inputs) // STEP) * STEP
    pieces = np.full((len(inputs), length), padding, np.int64)
    shapes = np.zeros((len(inputs), length), np.int64)
    quotes = np.zeros((len(inputs), length), np.int64)
    mask = np.zeros((len(inputs), length), bool)
    for i, given in enumerate(inputs):
        n = len(given.pieces)
        pieces[i, :n], shapes[i, :n], quotes[i, :n], mask[i, :n] = (
            given.pieces,
            given.shapes,
            given.quotes,
            True,
        )
    return pieces, shapes, quotes, mask


def _pad(rows: Sequence[np.ndarray], value: int) -> Tensor:
    padded = np.full((len(rows), max(len(row) for row in rows)), value, np.int64)
    for i, row in enumerate(rows):
        padded[i, : len(row)] = row
    return torch.from_numpy(padded)


def cut_links(links: Links, window: Window) -> LinkTargets:
    """Return the links among the spans that lie in a window."""
    kept: dict[str, dict[int, int]] = {}
    spans: dict[str, list[Span]] = {}
    for role, every in links.spans.items():
        inside = [i for i, (start, end) in enumerate(every) if window.start <= start and end <= window.end]
        kept[role] = {i: place for place, i in enumerate(inside)}
        spans[role] = [(every[i][0] - window.start, every[i][1] - window.start) for i in inside]
    numbers = {role: torch.tensor(spans[role], dtype=torch.long).reshape(-1, 2) for role in ROLES}

    def link(role: str, partners: Sequence[int]) -> Tensor:
        return torch.tensor([kept[role].get(i, len(kept[role])) for i in partners], dtype=torch.long)

    cues = [links.cues[i] for i in kept["content"]]
    return LinkTargets(
        numbers["source"],
        numbers["cue"],
        numbers["content"],
        link("cue", cues),
        link("source", [links.sources[i] for i in kept["cue"]]),
        link("source", [links.sources[cue] if cue != -1 else -1 for cue in cues]),
    )


def hide_partners(links: LinkTargets, share: float) -> LinkTargets:
    """Leave out about a share of the cues and sources; what was linked to one has none.

    When the model reads, it misses some. A content whose cue is missed must not fall to the next best one.
    """
    chance = 2 * share * torch.rand(())
    has_source, has_cue = (torch.rand(len(spans)) >= chance for spans in (links.sources, links.cues))
    return LinkTargets(
        links.sources[has_source],
        links.cues[has_cue],
        links.contents,
        _renumber(links.cue_of_content, has_cue),
        _renumber(links.source_of_cue[has_cue], has_source),
        _renumber(links.source_of_content, has_source),
    )


def _renumber(targets: Tensor, is_kept: Tensor) -> Tensor:
    none = int(is_kept.sum())
    places = torch.where(is_kept, is_kept.cumsum(0) - 1, none)
    return torch.cat((places, torch.tensor([none])))[targets]
