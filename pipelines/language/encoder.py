"""Run the encoder: the words of an article in, their states out, one window at a time.

The weights lie in a folder: `encoder.onnx` (int8), `heads.npz`, `labels.json`, `vocab.txt`.
"""

from pathlib import Path
from typing import BinaryIO

import numpy as np
import onnxruntime
from threadpoolctl import threadpool_limits

from pipelines.language.heads import Floats, Heads
from pipelines.language.windows import WINDOW, Input, Words, cut_windows, fill_window
from pipelines.language.wordpieces import WordPieces


def open_session(model: bytes) -> onnxruntime.InferenceSession:
    """Return an onnxruntime session with one thread; parallel runs take one process each."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    # The graph is fused by hand; onnxruntime's own fusions would make it slower.
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_BASIC
    options.execution_mode = onnxruntime.ExecutionMode.ORT_SEQUENTIAL
    # numpy's products are small: four threads wait for each other and take thrice one's CPU time.
    threadpool_limits(1, user_api="blas")
    return onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])


class Encoder:
    """The network up to the states of the words; the heads read these."""

    def __init__(self, model: bytes, word_pieces: WordPieces) -> None:
        self._session = open_session(model)
        self._word_pieces = word_pieces

    def read_words(self, words: Words) -> Floats:
        """Return the states of all words of an article."""
        states = []
        for window in cut_windows(words, WINDOW):
            given = fill_window(words, window, self._word_pieces)
            kept = given.word_places[window.keep_start - window.start : window.keep_end - window.start]
            states.append(self._run(given)[kept])
        return np.concatenate(states) if states else np.zeros((0, 0), np.float32)

    def _run(self, given: Input) -> Floats:
        rows = {"pieces_in": given.pieces, "shapes_in": given.shapes, "quotes_in": given.quotes}
        feed = {name: row[None].astype(np.int64) for name, row in rows.items()}
        states: Floats = self._session.run(["states"], feed)[0][0]
        return states


def read_heads(file: Path | BinaryIO) -> Heads:
    """Read `heads.npz`; the weights are kept in half precision and used in single."""
    with np.load(file) as arrays:
        return Heads({name: arrays[name].astype(np.float32) for name in arrays.files})
