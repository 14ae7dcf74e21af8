"""The spaCy component that reads news: names, attributions with their confidence, and syntax where asked for.

    nlp = spacy.load("…")
    doc = nlp("Taxes will fall, Marin told reporters.")
    doc._.attributions[0].source    →  Marin
    doc.spans["content"], doc.ents, doc[4].dep_

A paragraph is a line, or a span of `doc.spans["passages"]` where a caller has set them before; then only titles,
subheadings and body are read. Sentences that a caller has set stay.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import srsly
from spacy.language import Language
from spacy.tokens import Doc, Span, Token
from spacy.util import ensure_path
from spacy.vocab import Vocab

from pipelines.language.decoding import (
    ENTITY_TYPES,
    ROLES,
    Linked,
    find_attributions,
    find_spans,
    find_tree,
    find_sentence_starts,
)
from pipelines.language.encoder import Encoder, read_heads
from pipelines.language.heads import Floats, Heads
from pipelines.language.windows import Words, lay_out_words
from pipelines.language.wordpieces import WordPieces
from pipelines.schemas import READ_PASSAGE_TYPES
from pipelines.text.quotations import Quotation, find_quotations

FACTORY = "whosaid_reader"
FILES = ("encoder.onnx", "heads.npz", "labels.json", "vocab.txt")

Words_ = list[Token]


@dataclass(frozen=True, slots=True)
class FoundAttribution:
    """An attribution as spans of the document; a content can be in pieces."""

    contents: tuple[Span, ...]
    cue: Span | None
    source: Span | None
    confidence: float  # calibrated: of those with 0.8, four in five are right


class Reader:
    """Reads a document with the encoder and the heads of a folder of weights."""

    def __init__(self, name: str, *, syntax: bool = True) -> None:
        self.name = name
        self.syntax = syntax
        self._files: dict[str, bytes] = {}

    def __call__(self, doc: Doc) -> Doc:
        """Set entities, attributions, and syntax if `syntax`."""
        tokens, paragraphs = _find_tokens(doc)
        quotations = find_quotations(doc.text, paragraphs)
        spans = [(token.idx, token.idx + len(token)) for token in tokens]
        words = lay_out_words(spans, doc.text, paragraphs, quotations, self._word_pieces)
        states = self._encoder.read_words(words)
        if not len(words):
            states = np.zeros((0, self._width), np.float32)
        places = [token.i for token in tokens]
        self._set_entities(doc, states, places)
        self._set_attributions(doc, states, places, words)
        if self.syntax:
            self._set_syntax(doc, states, places)
        return doc
