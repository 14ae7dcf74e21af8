"""Write a trained network as a spaCy pipeline: int8 encoder, half-precision heads.

`python -m pipelines.training.quantize --checkpoint FILE --vocabulary vocab.txt --to DIR` writes a folder for
`spacy.load`, in it `encoder.onnx` (word embeddings int8 with one scale a row, matrices int8 with one scale a
column, activations quantized as they come), `heads.npz`, `labels.json` and `vocab.txt`.

The graph is written node by node: it is
small, has no mask (one window at a time, no padding), and uses onnxruntime's fused attention and layer norm.
"""

import argparse
import json
import shutil
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import spacy
import torch
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

from pipelines.language.component import FACTORY
from pipelines.training.evaluate import NOT_CALIBRATED
from pipelines.training.network import ATTENTION_HEADS, Sizes

EPSILON = 1e-12  # of the layer norms
SMALLEST_SCALE = 1e-9  # so that a row of zeros divides
OPSET = 17
META = {
    "name": "news",
    "version": "0.1.0",
    "description": "Who said what in English news: linked attributions, names, syntax.",
    "license": "Apache-2.0",
}
MICROSOFT = "com.microsoft"  # onnxruntime's own operators

Array = NDArray[np.generic]
State = dict[str, torch.Tensor]


@dataclass(slots=True)
class Graph:
    """The nodes and weights of a graph under construction; a method adds nodes and names its output."""

    nodes: list[onnx.NodeProto] = field(default_factory=list)
    weights: list[onnx.TensorProto] = field(default_factory=list)

    def weight(self, name: str, value: Array) -> str:
        self.weights.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def node(
        self, operator: str, inputs: list[str], domain: str = "", outputs: int = 1, **settings: Any
    ) -> str:
        name = f"{operator}_{len(self.nodes)}"
        names = [name, *(f"{name}_{i}" for i in range(1, outputs))]
        self.nodes.append(helper.make_node(operator, inputs, names, name=name, domain=domain, **settings))
        return name

    def linear(self, x: str, state: State, name: str) -> str:
        """Add a product with an int8 matrix, one scale a column; `x` is quantized to uint8 as it comes."""
        weight = state[f"{name}.weight"].numpy().T
        scales = np.abs(weight).max(0) / 127 + SMALLEST_SCALE
        inputs = [
            x,
            self.weight(f"{name}.weight", np.round(weight / scales).astype(np.int8)),
            self.weight(f"{name}.scales", scales.astype(np.float32)),
            self.weight(f"{name}.zeros", np.zeros(len(scales), np.int8)),
            self.weight(f"{name}.bias", state[f"{name}.bias"].numpy()),
        ]
        return self.node("DynamicQuantizeMatMul", inputs, MICROSOFT)

    def norm(self, x: str, state: State, name: str) -> str:
        weights = [
            self.weight(f"{name}.{kind}", state[f"{name}.{kind}"].numpy()) for kind in ("weight", "bias")
        ]
        return self.node("LayerNormalization", [x, *weights], axis=-1, epsilon=EPSILON)

    def add_and_norm(self, x: str, y: str, state: State, name: str) -> str:
        # Not SkipLayerNormalization: on the CPU it took a quarter of the encoder's time.
        return self.norm(self.node("Add", [x, y]), state, name)


def build_encoder(
    state: State, sizes: Sizes, given: Sequence[str] = ("pieces", "shapes", "quotes")
) -> onnx.ModelProto:
    """Return the encoder as a graph: `given`, pieces first (each batch × length) in, states out."""
    graph = Graph()
    encoder = {
        name.removeprefix("encoder."): value for name, value in state.items() if name.startswith("encoder.")
    }
    rows = encoder["pieces.weight"].numpy()
    scales = np.abs(rows).max(1, keepdims=True) / 127 + SMALLEST_SCALE
    rounded = graph.weight("pieces", np.round(rows / scales).astype(np.int8))
    words = graph.node("Cast", [graph.node("Gather", [rounded, "pieces_in"])], to=TensorProto.FLOAT)
    its_scales = graph.node("Gather", [graph.weight("piece_scales", scales.astype(np.float32)), "pieces_in"])
    x = graph.node("Mul", [words, its_scales])
    length = graph.node("Shape", ["pieces_in"], start=1, end=2)
    table = graph.weight("positions", encoder["positions.weight"].numpy())
    zero = graph.weight("zero", np.array([0]))
    positions = graph.node("Slice", [table, zero, length, zero])
    for name in given[1:]:
        table = graph.weight(name, encoder[f"{name}.weight"].numpy())
        x = graph.node("Add", [x, graph.node("Gather", [table, f"{name}_in"])])
    x = graph.node("Add", [x, positions])
    x = graph.norm(x, encoder, "norm")
    for i in range(sizes.layers):
        x = _add_layer(graph, x, encoder, f"layers.{i}")
    graph.node("Identity", [x])
    graph.nodes[-1].output[0] = "states"
    axes = ["batch", "length"]
    inputs = [helper.make_tensor_value_info(f"{name}_in", TensorProto.INT64, axes) for name in given]
    output = helper.make_tensor_value_info(
        "states", TensorProto.FLOAT, [*axes, encoder["positions.weight"].shape[1]]
    )
    return helper.make_model(
        helper.make_graph(graph.nodes, "encoder", inputs, [output], graph.weights),
        opset_imports=[helper.make_opsetid("", OPSET), helper.make_opsetid(MICROSOFT, 1)],
        ir_version=9,
    )


def _add_layer(graph: Graph, x: str, state: State, name: str) -> str:
    together = graph.linear(x, state, f"{name}.query_key_value")
    graph.node("Split", [together], outputs=3, axis=-1)
    parts = list(graph.nodes[-1].output)
    mixed = graph.node("MultiHeadAttention", parts, MICROSOFT, num_heads=ATTENTION_HEADS)
    x = graph.add_and_norm(x, graph.linear(mixed, state, f"{name}.output"), state, f"{name}.attention_norm")
    wide = graph.node("Gelu", [graph.linear(x, state, f"{name}.widen")], MICROSOFT)
    return graph.add_and_norm(x, graph.linear(wide, state, f"{name}.narrow"), state, f"{name}.norm")


def quantize(checkpoint: Path, vocabulary: Path, folder: Path) -> None:
    """Write the pipeline of a checkpoint."""
    saved = torch.load(checkpoint, weights_only=False)
    nlp = spacy.blank("en")
    nlp.add_pipe(FACTORY)
    nlp.meta |= META
    nlp.to_disk(folder)
    folder /= FACTORY
    onnx.save(build_encoder(saved["network"], saved["sizes"]), folder / "encoder.onnx")
    heads = {
        name: value.numpy().astype(np.float16)
        for name, value in saved["network"].items()
        if not name.startswith("encoder.")
    }
    np.savez_compressed(folder / "heads.npz", **(NOT_CALIBRATED | heads))
    (folder / "labels.json").write_text(json.dumps(saved["labels"], indent=1) + "\n")
    shutil.copyfile(vocabulary, folder / "vocab.txt")


def main() -> None:
    """Run the command."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--checkpoint", type=Path, required=True)
    parser.add_argument("--vocabulary", type=Path, required=True)
    parser.add_argument("--to", type=Path, required=True)
    args = parser.parse_args()
    quantize(args.checkpoint, args.vocabulary, args.to)
    for path in sorted((args.to / FACTORY).iterdir()):
        print(f"{path.name:14s} {path.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
