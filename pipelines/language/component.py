"""The spaCy component that reads news: names, attributions with their confidence, and syntax where asked for.

    nlp = spacy.load("…")
    doc = nlp("Taxes will fall, Marin told reporters.")
    doc._.attributions[0].source    →  Marin
    doc.spans["content"], doc.ents, doc[4].dep_

A paragraph is a line, or a span of `doc.spans["passages"]` where a caller has set them before; then only
titles, subheadings and body are read. Sentences that a caller has set stay.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import srsly
from spacy.attrs import DEP, HEAD, POS, TAG
from spacy.language import Language
from spacy.tokens import Doc, Span

from pipelines.language.decoding import (
    ENTITY_TYPES,
    ROLES,
    Links,
    find_attributions,
    find_sentence_starts,
    find_spans,
    find_tree,
)
from pipelines.language.encoder import Encoder, read_heads
from pipelines.language.heads import Floats, Heads
from pipelines.language.windows import lay_out_words
from pipelines.language.wordpieces import WordPieces
from pipelines.text.passages import READ_PASSAGE_TYPES
from pipelines.text.quotations import find_quotations

FACTORY = "news_reader"
KEY = "attributions"  # in doc.user_data
FILES = ("encoder.onnx", "heads.npz", "labels.json", "vocab.txt")


@dataclass(frozen=True, slots=True)
class FoundAttribution:
    """An attribution as spans of the document; a content can be in pieces."""

    contents: tuple[Span, ...]
    cue: Span | None
    source: Span | None
    confidence: float  # calibrated: of those with 0.8, four in five are right


@dataclass(frozen=True, slots=True)
class Loaded:
    """What is made of the weights once, in each process."""

    word_pieces: WordPieces
    encoder: Encoder
    heads: Heads
    labels: dict[str, list[str]]


class Reader:
    """Reads documents with the encoder and the heads of a folder of weights."""

    def __init__(self, name: str, *, syntax: bool = True) -> None:
        self.name = name
        self.syntax = syntax
        self._files: dict[str, bytes] = {}
        self._loaded: Loaded | None = None

    def __call__(self, doc: Doc) -> Doc:
        """Set entities, attributions, and syntax if `syntax`."""
        loaded = self._load()
        places, spans, paragraphs = find_words(doc)
        if not places:
            return doc
        quotations = find_quotations(doc.text, paragraphs)
        words = lay_out_words(spans, doc.text, paragraphs, quotations, loaded.word_pieces)
        states = loaded.encoder.read_words(words)
        _set_entities(doc, places, loaded.heads, states)
        _set_attributions(doc, places, find_attributions(loaded.heads, states, words))
        if self.syntax:
            _set_syntax(doc, places, loaded, states)
        return doc

    def _load(self) -> Loaded:
        if self._loaded is None:
            word_pieces = WordPieces(self._files["vocab.txt"].decode().splitlines())
            self._loaded = Loaded(
                word_pieces,
                Encoder(self._files["encoder.onnx"], word_pieces),
                read_heads(BytesIO(self._files["heads.npz"])),
                json.loads(self._files["labels.json"]),
            )
        return self._loaded

    def read_weights(self, folder: Path) -> None:
        """Take the weights that `pipelines.training.quantize` wrote into a folder."""
        self._files = {name: (folder / name).read_bytes() for name in FILES}
        self._loaded = None

    def __getstate__(self) -> dict[str, object]:
        return {**self.__dict__, "_loaded": None}  # a session does not travel to another process

    def to_disk(self, path: Path, *, exclude: Iterable[str] = ()) -> None:
        """Write the weights and the setting into a folder."""
        path.mkdir(parents=True, exist_ok=True)
        for name, content in self._files.items():
            (path / name).write_bytes(content)

    def from_disk(self, path: Path, *, exclude: Iterable[str] = ()) -> "Reader":
        """Read what `to_disk` wrote."""
        self.read_weights(Path(path))
        return self

    def to_bytes(self, *, exclude: Iterable[str] = ()) -> bytes:
        """Return the weights as bytes."""
        return bytes(srsly.msgpack_dumps(self._files))

    def from_bytes(self, content: bytes, *, exclude: Iterable[str] = ()) -> "Reader":
        """Read what `to_bytes` returned."""
        self._files = dict(srsly.msgpack_loads(content))
        self._loaded = None
        return self


@Language.factory(
    FACTORY,
    default_config={"syntax": True},
    assigns=[
        "doc.ents",
        "doc.spans",
        "doc._.attributions",
        "token.tag",
        "token.pos",
        "token.head",
        "token.dep",
    ],
)
def make_reader(nlp: Language, name: str, syntax: bool) -> Reader:
    """Make the component; its weights come from disk."""
    return Reader(name, syntax=syntax)


def read_attributions(doc: Doc) -> list[FoundAttribution]:
    """Return the attributions that the component found: `doc._.attributions`."""

    def span(places: Sequence[int], label: str) -> Span:
        return Span(doc, places[0], places[1], label=label)

    return [
        FoundAttribution(
            tuple(span(content, "content") for content in contents),
            span(cue, "cue") if cue else None,
            span(source, "source") if source else None,
            confidence,
        )
        for contents, cue, source, confidence in doc.user_data.get(KEY, [])
    ]


if not Doc.has_extension("attributions"):
    Doc.set_extension("attributions", getter=read_attributions)


def find_words(doc: Doc) -> tuple[list[int], list[tuple[int, int]], list[tuple[int, int]]]:
    """Return the places of the tokens to read, and these tokens and the paragraphs in characters."""
    tokens = doc.to_array(["IDX", "LENGTH", "IS_SPACE"]).reshape(-1, 3).astype(np.int64)
    is_read = tokens[:, 2] == 0
    if "passages" in doc.spans:
        passages = [span for span in doc.spans["passages"] if span.label_ in READ_PASSAGE_TYPES]
        in_passage = np.zeros(len(doc), bool)
        for span in passages:
            in_passage[span.start : span.end] = True
        is_read &= in_passage
        paragraphs = [(span.start_char, span.end_char) for span in passages]
    else:
        paragraphs = find_lines(doc.text)
    starts, lengths = tokens[is_read, 0], tokens[is_read, 1]
    spans = list(zip(starts.tolist(), (starts + lengths).tolist(), strict=True))
    return np.flatnonzero(is_read).tolist(), spans, paragraphs


def find_lines(text: str) -> list[tuple[int, int]]:
    """Return the lines of a text that hold anything but white space."""
    found, start = [], 0
    for line in text.splitlines(keepends=True):
        if not line.isspace():
            found.append((start, start + len(line)))
        start += len(line)
    return found


def _span(doc: Doc, places: Sequence[int], start: int, end: int, label: str) -> Span:
    return Span(doc, places[start], places[end - 1] + 1, label=label)


def _set_entities(doc: Doc, places: Sequence[int], heads: Heads, states: Floats) -> None:
    found = find_spans(heads.score_words("entities", states))
    doc.ents = [_span(doc, places, start, end, ENTITY_TYPES[kind]) for kind, start, end in found]


def _set_attributions(doc: Doc, places: Sequence[int], links: Links) -> None:
    for role in ROLES:
        doc.spans[role] = [_span(doc, places, start, end, role) for start, end in links.spans[role]]

    def place(span: tuple[int, int] | None) -> list[int]:
        return [places[span[0]], places[span[1] - 1] + 1] if span else []

    doc.user_data[KEY] = [  # plain lists, so that the document can be written and sent
        [
            [place(content) for content in found.contents],
            place(found.cue),
            place(found.source),
            found.confidence,
        ]
        for found in links.attributions
    ]


def _set_syntax(doc: Doc, places: Sequence[int], loaded: Loaded, states: Floats) -> None:
    """Set tags and trees; white space hangs on the word before it, in that word's sentence."""
    heads, labels, strings = loaded.heads, loaded.labels, doc.vocab.strings
    given = doc.to_array(["SENT_START"])[places] == 1 if doc.has_annotation("SENT_START") else None
    starts = find_sentence_starts(heads, states, None if given is None else given.tolist())
    columns: Any = np.zeros((len(doc), 4), np.uint64)  # tag, part of speech, distance to the head, label
    columns[:, 2:] = _hang_unread(doc, places)
    known = {name: np.array([strings.add(label) for label in labels[name]], np.uint64) for name in labels}
    columns[places, 0] = known["xpos"][heads.score_words("xpos", states).argmax(1)]
    columns[places, 1] = known["upos"][heads.score_words("upos", states).argmax(1)]
    at = np.array(places, np.int64)
    for low, high in pairwise([*starts, len(places)]):
        some = states[low:high]
        tree = np.array(find_tree(heads.score_arcs(some)))
        best = known["labels"][heads.score_labels(some, some[tree]).argmax(1)]
        best[tree == np.arange(high - low)] = strings.add("ROOT")
        columns[at[low:high], 2] = (at[low + tree] - at[low:high]).view(np.uint64)  # as spaCy keeps it
        columns[at[low:high], 3] = best
    doc.from_array([TAG, POS, HEAD, DEP], columns)


def _hang_unread(doc: Doc, places: Sequence[int]) -> Any:
    """Return for every token the distance to its head and its label, as if none of `places` had been read.

    White space hangs on the word before it, and what else is not read on the first token of its stretch.
    """
    is_read = np.zeros(len(doc), bool)
    is_read[places] = True
    is_space = doc.to_array(["IS_SPACE"]).reshape(-1) == 1
    root, loose = doc.vocab.strings.add("ROOT"), doc.vocab.strings.add("dep")
    distances, labels = np.zeros(len(doc), np.int64), np.full(len(doc), root, np.uint64)
    anchor = 0
    for i in np.flatnonzero(~is_read).tolist():
        if i and (is_space[i] or not is_read[i - 1]):
            anchor = i - 1 if is_read[i - 1] else anchor
            distances[i], labels[i] = anchor - i, loose
        else:
            anchor = i
    return np.stack((distances.view(np.uint64), labels), 1)
