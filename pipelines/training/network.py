"""The network: a small BERT that also reads word shapes and quotation marks, and light heads on its words.

It is all-MiniLM-L6-v2 (six layers of 384) with two input embeddings more, which start at zero, so that the
first step is MiniLM's own. Word embeddings stay frozen: a news corpus of 800 articles knows few words.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional

from pipelines.language.heads import Floats
from pipelines.language.windows import QUOTES, SHAPES, Words, cut_windows, fill_window
from pipelines.language.wordpieces import WordPieces
from pipelines.training.labels import ENTITY_TAGS, ROLE_TAGS

WIDTH, LAYERS, ATTENTION_HEADS, INNER, POSITIONS = 384, 6, 12, 1536, 512
ARC_WIDTH, LABEL_WIDTH, LINK_WIDTH = 128, 64, 128
DISTANCES = 23  # buckets of word distance between two spans, 11 on each side of zero
BUCKET_EDGES = (1, 2, 3, 4, 6, 9, 14, 22, 36, 61)  # words; each bucket starts at one of these
DROPOUT = 0.1


@dataclass(frozen=True, slots=True)
class Sizes:
    """How many labels the heads tell apart where the data says how many, and how deep the encoder is."""

    xpos: int
    upos: int
    labels: int
    layers: int = LAYERS


class Dropout(nn.Module):
    """Drop features, the same ones at every place of a window: fewer random numbers, which cost a tenth."""

    def forward(self, x: Tensor) -> Tensor:
        if not self.training:
            return x
        kept = torch.rand(x.shape[0], 1, x.shape[-1], device=x.device) >= DROPOUT
        return x * (kept / (1 - DROPOUT)).to(x.dtype)


class Layer(nn.Module):
    """One transformer layer, normalised after each half as in BERT."""

    def __init__(self) -> None:
        super().__init__()
        self.query_key_value = nn.Linear(WIDTH, 3 * WIDTH)
        self.output = nn.Linear(WIDTH, WIDTH)
        self.attention_norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.widen = nn.Linear(WIDTH, INNER)
        self.narrow = nn.Linear(INNER, WIDTH)
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.dropout = Dropout()

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        batch, length, _ = x.shape
        parts = self.query_key_value(x).view(batch, length, 3, ATTENTION_HEADS, -1).permute(2, 0, 3, 1, 4)
        # Written out: on the CPU this is four times as fast as torch's fused attention at these sizes.
        scores = parts[0] @ parts[1].transpose(-1, -2) * (WIDTH / ATTENTION_HEADS) ** -0.5 + mask
        mixed = scores.softmax(-1).to(parts.dtype) @ parts[2]
        mixed = mixed.transpose(1, 2).reshape(batch, length, WIDTH)
        x = self.attention_norm(x + self.dropout(self.output(mixed)))
        out: Tensor = self.norm(x + self.dropout(self.narrow(functional.gelu(self.widen(x)))))
        return out


class Encoder(nn.Module):
    """Pieces, shapes and quotation marks in, a state for each piece out."""

    def __init__(self, vocabulary: int, layers: int) -> None:
        super().__init__()
        self.pieces = nn.Embedding(vocabulary, WIDTH)
        self.positions = nn.Embedding(POSITIONS, WIDTH)
        self.shapes = nn.Embedding(SHAPES, WIDTH)
        self.quotes = nn.Embedding(QUOTES, WIDTH)
        nn.init.zeros_(self.shapes.weight)
        nn.init.zeros_(self.quotes.weight)
        self.pieces.weight.requires_grad_(False)
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.dropout = Dropout()
        self.layers = nn.ModuleList(Layer() for _ in range(layers))

    def forward(self, pieces: Tensor, shapes: Tensor, quotes: Tensor, mask: Tensor) -> Tensor:
        places = torch.arange(pieces.shape[1], device=pieces.device)
        x = self.pieces(pieces) + self.positions(places) + self.shapes(shapes) + self.quotes(quotes)
        x = self.dropout(self.norm(x))
        bias = torch.zeros(mask.shape, dtype=x.dtype, device=x.device).masked_fill(~mask, -1e4)[
            :, None, None, :
        ]
        if torch.is_autocast_enabled(x.device.type):
            bias = bias.to(torch.get_autocast_dtype(x.device.type))
        for layer in self.layers:
            x = layer(x, bias)
        return x  # type: ignore[no-any-return]


class Network(nn.Module):
    """The encoder and its heads, which read the state of the first piece of each word."""

    def __init__(self, vocabulary: int, sizes: Sizes) -> None:
        super().__init__()
        self.sizes = sizes
        self.encoder = Encoder(vocabulary, sizes.layers)
        self.dropout = Dropout()
        self.roles = nn.Linear(WIDTH, len(ROLE_TAGS))
        self.entities = nn.Linear(WIDTH, len(ENTITY_TAGS))
        self.xpos = nn.Linear(WIDTH, sizes.xpos)
        self.upos = nn.Linear(WIDTH, sizes.upos)
        self.sentence_starts = nn.Linear(WIDTH, 2)
        self.arcs = Arcs()
        self.labels = Labels(sizes.labels)
        self.content_to_cue, self.no_cue = Link(), nn.Linear(2 * WIDTH, 1)
        self.cue_to_source, self.no_source = Link(), nn.Linear(2 * WIDTH, 1)
        self.content_to_source, self.no_source_of_content = Link(), nn.Linear(2 * WIDTH, 1)


class Arcs(nn.Module):
    """Score every word as the head of every word; a word that heads itself is a root."""

    def __init__(self) -> None:
        super().__init__()
        self.dependent = nn.Linear(WIDTH, ARC_WIDTH)
        self.head = nn.Linear(WIDTH, ARC_WIDTH)
        self.weight = nn.Parameter(torch.eye(ARC_WIDTH) / ARC_WIDTH**0.5)
        self.head_bias = nn.Linear(ARC_WIDTH, 1)
        self.root = nn.Linear(WIDTH, 1)

    def forward(self, x: Tensor) -> Tensor:
        dependent, head = functional.relu(self.dependent(x)), functional.relu(self.head(x))
        scores = dependent @ self.weight @ head.transpose(-1, -2) + self.head_bias(head).transpose(-1, -2)
        diagonal = torch.eye(scores.shape[-1], dtype=torch.bool, device=x.device)
        return torch.where(diagonal, self.root(x), scores)


class Labels(nn.Module):
    """Score the labels of an arc from its dependent and its head."""

    def __init__(self, count: int) -> None:
        super().__init__()
        self.dependent = nn.Linear(WIDTH, LABEL_WIDTH)
        self.head = nn.Linear(WIDTH, LABEL_WIDTH)
        self.weight = nn.Parameter(torch.randn(count, LABEL_WIDTH, LABEL_WIDTH) * 0.02)
        self.linear = nn.Linear(2 * LABEL_WIDTH, count)

    def forward(self, dependents: Tensor, heads: Tensor) -> Tensor:
        """Score the labels of arcs, one a row."""
        dependent, head = functional.relu(self.dependent(dependents)), functional.relu(self.head(heads))
        scores: Tensor = self.linear(torch.cat((dependent, head), -1))
        return scores + torch.einsum("ni,lij,nj->nl", dependent, self.weight, head)


class Link(nn.Module):
    """Score each span of one role as the partner of each span of another; distance counts."""

    def __init__(self) -> None:
        super().__init__()
        self.left = nn.Linear(2 * WIDTH, LINK_WIDTH)
        self.right = nn.Linear(2 * WIDTH, LINK_WIDTH)
        self.weight = nn.Parameter(torch.eye(LINK_WIDTH) / LINK_WIDTH**0.5)
        self.right_bias = nn.Linear(LINK_WIDTH, 1)
        self.distance = nn.Embedding(DISTANCES, 1)
        nn.init.zeros_(self.distance.weight)

    def forward(self, left: Tensor, right: Tensor, buckets: Tensor) -> Tensor:
        """Score pairs of spans; each span is its first and last word states, one after the other."""
        a, b = functional.relu(self.left(left)), functional.relu(self.right(right))
        scores: Tensor = a @ self.weight @ b.T + self.right_bias(b).T + self.distance(buckets)[..., 0]
        return scores


def bucket_distances(left: Tensor, right: Tensor) -> Tensor:
    """Return the bucket of the words between spans (first word, word after the last): 0 touches or overlaps.

    Positive where the right one comes later.
    """
    gap_after = right[None, :, 0] - left[:, None, 1] + 1
    gap_before = left[:, None, 0] - right[None, :, 1] + 1
    edges = torch.tensor(BUCKET_EDGES, device=left.device)
    after = torch.bucketize(gap_after.clamp(min=0), edges, right=True)
    before = torch.bucketize(gap_before.clamp(min=0), edges, right=True)
    return DISTANCES // 2 + torch.where(gap_after > 0, after, torch.where(gap_before > 0, -before, 0))


def load_minilm(network: Network, weights: Path) -> None:
    """Start the encoder from MiniLM's weights."""
    given = load_file(weights)
    encoder = network.encoder
    with torch.no_grad():
        encoder.pieces.weight.copy_(given["embeddings.word_embeddings.weight"])
        encoder.positions.weight.copy_(
            given["embeddings.position_embeddings.weight"]
            + given["embeddings.token_type_embeddings.weight"][0]
        )
        _copy(encoder.norm, given, "embeddings.LayerNorm")
        for i, layer in enumerate(encoder.layers):
            assert isinstance(layer, Layer)
            prefix = f"encoder.layer.{i}"
            names = [f"{prefix}.attention.self.{name}" for name in ("query", "key", "value")]
            for kind in ("weight", "bias"):
                getattr(layer.query_key_value, kind).copy_(
                    torch.cat([given[f"{name}.{kind}"] for name in names])
                )
            _copy(layer.output, given, f"{prefix}.attention.output.dense")
            _copy(layer.attention_norm, given, f"{prefix}.attention.output.LayerNorm")
            _copy(layer.widen, given, f"{prefix}.intermediate.dense")
            _copy(layer.narrow, given, f"{prefix}.output.dense")
            _copy(layer.norm, given, f"{prefix}.output.LayerNorm")


def _copy(module: nn.Linear | nn.LayerNorm, given: dict[str, Tensor], name: str) -> None:
    module.weight.copy_(given[f"{name}.weight"])
    module.bias.copy_(given[f"{name}.bias"])


def load_checkpoint(path: Path) -> Network:
    """Return the network of a checkpoint, ready to read."""
    saved = torch.load(path, weights_only=False)
    network = Network(saved["network"]["encoder.pieces.weight"].shape[0], saved["sizes"])
    network.load_state_dict(saved["network"])
    return network.eval()


def keep_layers(network: Network, kept: Sequence[int] | None) -> Network:
    """Return a network with these layers of the encoder alone, or with all where none are named."""
    if kept:
        network.encoder.layers = nn.ModuleList(network.encoder.layers[i] for i in kept)
        network.sizes = replace(network.sizes, layers=len(kept))
    return network


def read_states(network: Network, word_pieces: WordPieces, words: Words) -> Floats:
    """Return the states of all words of an article, one window at a time."""
    states = []
    for window in cut_windows(words):
        given = fill_window(words, window, word_pieces)
        rows = [
            torch.from_numpy(row.astype("int64"))[None] for row in (given.pieces, given.shapes, given.quotes)
        ]
        with torch.inference_mode():
            encoded = network.encoder(*rows, torch.ones_like(rows[0], dtype=torch.bool))[0].numpy()
        states.append(
            encoded[given.word_places[window.keep_start - window.start : window.keep_end - window.start]]
        )
    return np.concatenate(states)
