"""The language model: text in, a spaCy `Doc` out, its tokens at their places in the untouched text.

For now it is spaCy's English tokenizer; what stands in `text/` finds the rest by rule.
"""

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import numpy as np
import spacy
from spacy.about import __version__ as spacy_version
from spacy.language import Language
from spacy.tokens import Doc, Span

from pipelines.text.passages import Passage
from pipelines.text.sentences import Sentence

UNSPACED = re.compile(r"\S{300}")
MODEL_VERSION = "blank-en-" + spacy_version


def load_language() -> Language:
    """Load the spaCy pipeline that reads articles."""
    return spacy.blank("en")


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
    return doc
