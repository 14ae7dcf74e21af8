"""What numpy and onnxruntime compute is what the network in torch computes."""

import numpy as np
import pytest

pytest.importorskip("torch")
pytest.importorskip("onnx")

import torch

from pipelines.language.encoder import Encoder
from pipelines.language.heads import Heads, bucket_distances
from pipelines.language.windows import lay_out_words
from pipelines.language.wordpieces import WordPieces
from pipelines.training import network as net
from pipelines.training.quantize import build_encoder

PIECES = WordPieces(["[PAD]", "[UNK]", "[CLS]", "[SEP]", "he", "said", "no", "."])
TEXT = "He said no.\nNo said he."
WORDS = lay_out_words(
    [(0, 2), (3, 7), (8, 10), (10, 11), (12, 14), (15, 19), (20, 22), (22, 23)],
    TEXT,
    [(0, 11), (12, 23)],
    [],
    PIECES,
)


@pytest.fixture(scope="module")
def network() -> net.Network:
    torch.manual_seed(0)
    return net.Network(len(PIECES.pieces), net.Sizes(xpos=5, upos=4, labels=3, layers=2)).eval()


@pytest.fixture(scope="module")
def heads(network: net.Network) -> Heads:
    return Heads({k: v.numpy() for k, v in network.state_dict().items() if not k.startswith("encoder.")})


def test_the_quantized_encoder_stays_near_the_network(network: net.Network) -> None:
    ours = Encoder(build_encoder(network.state_dict(), network.sizes).SerializeToString(), PIECES).read_words(
        WORDS
    )
    theirs = net.read_states(network, PIECES, WORDS)
    cosine = (ours * theirs).sum(1) / np.linalg.norm(ours, axis=1) / np.linalg.norm(theirs, axis=1)
    assert cosine.min() > 0.999


def test_padding_changes_nothing(network: net.Network) -> None:
    pieces = torch.tensor([[2, 4, 5, 3, 0, 0]])
    mask = pieces != 0
    zeros = torch.zeros_like(pieces)
    with torch.inference_mode():
        padded = network.encoder(pieces, zeros, zeros, mask)[:, :4]
        alone = network.encoder(pieces[:, :4], zeros[:, :4], zeros[:, :4], mask[:, :4])
    assert torch.allclose(padded, alone, atol=1e-5)


def test_heads_in_numpy_equal_those_in_torch(network: net.Network, heads: Heads) -> None:
    states = torch.randn(6, net.WIDTH)
    left, right = torch.tensor([[0, 2], [4, 5]]), torch.tensor([[2, 4], [5, 6]])
    ends = [torch.cat((states[span[:, 0]], states[span[:, 1] - 1]), -1) for span in (left, right)]
    with torch.inference_mode():
        arcs = network.arcs(states[None])[0].numpy()
        labels = network.labels(states[:3], states[3:]).numpy()
        links = network.cue_to_source(*ends, net.bucket_distances(left, right)).numpy()
        no_cues = network.no_cue(ends[0]).numpy()
    x = states.numpy()
    assert np.allclose(heads.score_arcs(x), arcs, atol=1e-4)
    assert np.allclose(heads.score_none("no_cue", x, left.numpy()), no_cues, atol=1e-4)
    assert np.allclose(heads.score_labels(x[:3], x[3:]), labels, atol=1e-4)
    assert np.allclose(heads.score_links("cue_to_source", x, left.numpy(), right.numpy()), links, atol=1e-4)


def test_distances_fall_into_the_same_buckets() -> None:
    chance = np.random.default_rng(0)
    starts = chance.integers(0, 200, (2, 50))
    left, right = (
        np.stack((start, start + chance.integers(1, 9, 50)), 1).astype(np.int32) for start in starts
    )
    ours = bucket_distances(left, right)
    assert np.array_equal(ours, net.bucket_distances(torch.from_numpy(left), torch.from_numpy(right)).numpy())
