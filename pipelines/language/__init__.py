"""The language model: text in, a spaCy `Doc` out, its tokens at their places in the untouched text.

`model/` is a spaCy pipeline of its own, with names, attributions and syntax; its card is the README beside
it.
"""

import json
import re
from collections.abc import Sequence
from functools import cache
from hashlib import sha256
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import spacy
from spacy.language import Language
from spacy.tokens import Doc, Span

from pipelines.language.component import FACTORY, FILES, FoundAttribution
from pipelines.text.merging import Learned
from pipelines.text.passages import Passage
from pipelines.text.sentences import Sentence

MODEL = Path(__file__).parent / "model"
UNSPACED = re.compile(r"\S{300}")


@cache
def find_model_version() -> str:
    """Return name, version and digest of the weights: "en_news-0.1.0-5f2c81d0"."""
    digest = sha256(b"".join((MODEL / FACTORY / name).read_bytes() for name in FILES)).hexdigest()
    meta = json.loads((MODEL / "meta.json").read_text("utf-8"))
    return f"{meta['lang']}_{meta['name']}-{meta['version']}-{digest[:8]}"


def load_language(*, syntax: bool = False) -> Language:
    """Load the spaCy pipeline that reads articles; with trees and tags if `syntax`."""
    return spacy.load(MODEL, config={"components": {FACTORY: {"syntax": syntax}}})


def make_doc(nlp: Language, text: str) -> Doc:
    """Return the tokens of `text`, a run without spaces that is longer than any word or address cut.

    spaCy's tokenizer takes the square of the length of such a run: 43 s for 20,000 quotation marks.
    """
    cuts = [0, *(match.end() for match in UNSPACED.finditer(text)), len(text)]
    if len(cuts) == 2:
        return nlp.make_doc(text)
    pieces = [nlp.make_doc(text[start:end]) for start, end in pairwise(cuts)]
    return Doc.from_docs(pieces, ensure_whitespace=False)


def read_article(nlp: Language, text: str, passages: Sequence[Passage], sentences: Sequence[Sentence]) -> Doc:
    """Return `text` as a `Doc` with these sentences, and with these passages as `doc.spans["passages"]`.

    A passage's type is its span's label. Only sentences of passages that are read (title, subheading, body)
    are in `sentences`; the text between them forms sentences of its own, so that none crosses a passage.
    """
    doc = make_doc(nlp, text)
    starts = {s.start for s in sentences} | {s.end for s in sentences} | {p.start for p in passages}
    opens_sentence: Any = np.full((len(doc), 1), -1)
    previous_end = 0
    for token in doc:
        # A sentence starts at the first token that begins at or after one of the starts.
        if token.i == 0 or any(position in starts for position in range(previous_end, token.idx + 1)):
            opens_sentence[token.i, 0] = 1
        previous_end = token.idx + 1
    # All at once: each assignment to `token.is_sent_start` would look through the whole document.
    doc.from_array(["SENT_START"], opens_sentence.astype(np.uint64))
    doc.spans["passages"] = [
        Span(doc, span.start, span.end, label=passage.passage_type)
        for passage in passages
        if (span := doc.char_span(passage.start, passage.end, alignment_mode="expand")) is not None
    ]
    return nlp(doc)


def read_learned(doc: Doc) -> list[Learned]:
    """Return the attributions that the language model found, in characters."""
    return [_to_characters(found) for found in doc._.attributions]


def _to_characters(found: FoundAttribution) -> Learned:
    def place(span: Span) -> tuple[int, int]:
        return span.start_char, span.end_char

    return Learned(
        tuple(place(content) for content in found.contents),
        place(found.cue) if found.cue else None,
        place(found.source) if found.source else None,
        found.confidence,
    )
