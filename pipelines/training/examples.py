"""Turn corpora into examples: words laid out for the encoder, labels numbered, attributions linked."""

import pickle
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from pipelines.language.windows import Integers, Words, lay_out_words
from pipelines.language.wordpieces import WordPieces
from pipelines.text.quotations import find_quotations
from pipelines.training.corpora import (
    RE3D_TYPES,
    WIKIGOLD_TYPES,
    Document,
    Relation,
    add_names,
    is_for_tuning,
    place_span,
    read_conllu,
    read_names,
    read_polnear,
)
from pipelines.training.labels import ENTITY_TAGS, ROLE_TAGS, ROLES, UNKNOWN

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Links:
    """The attributions of one annotator, in words: tags, and per cue its source and its contents."""

    tags: Integers
    spans: dict[str, list[Span]]  # of each role, in order
    sources: list[int]  # of each cue: which source; -1 for none
    cues: list[int]  # of each content: which cue


@dataclass(frozen=True, slots=True)
class Example:
    """A document with numbered labels; arrays hold UNKNOWN where the corpus says nothing."""

    document: Document
    words: Words
    links: list[Links]  # one an annotator; none where the corpus has no attributions
    entities: Integers
    xpos: Integers
    upos: Integers
    heads: Integers
    labels: Integers
    sentence_starts: Integers


@dataclass(frozen=True, slots=True)
class Prepared:
    """All examples by their use, and the label sets that the training data gave."""

    train: list[Example]
    tuning: list[Example]
    dev: dict[str, list[Example]]
    xpos: list[str]
    upos: list[str]
    labels: list[str]


def prepare(corpora: Path, word_pieces: WordPieces) -> Prepared:
    """Read all corpora under a folder."""
    polnear = list(read_polnear(corpora / "polnear/train", corpora / "polnear/silver/train.jsonl"))
    kept = is_for_tuning([document.name for document in polnear])
    ewt, gum = corpora / "ud/ewt", corpora / "ud/gum"
    train = [document for document in polnear if document.name not in kept]
    train += [*read_conllu(ewt / "train.conllu"), *read_conllu(gum / "train.conllu", is_gum=True)]
    train += add_names(list(read_conllu(ewt / "test.conllu")), corpora / "ud/uner_ewt/test.iob2")
    train += read_names(corpora / "ner/re3d-train.conll", RE3D_TYPES)
    train += read_names(corpora / "ner/wikigold.conll", WIKIGOLD_TYPES)
    sets = {
        name: sorted({value for document in train for value in getattr(document, name) or []})
        for name in ("xpos", "upos", "labels")
    }

    pud = add_names(list(read_conllu(corpora / "ud/pud/test.conllu")), corpora / "ud/pud/test.iob2")

    def build(documents: Iterable[Document]) -> list[Example]:
        return [build_example(document, word_pieces, sets) for document in documents]

    return Prepared(
        build(train),
        build(document for document in polnear if document.name in kept),
        {
            "polnear": build(read_polnear(corpora / "polnear/dev", corpora / "polnear/silver/dev.jsonl")),
            "ewt": build(add_names(list(read_conllu(ewt / "dev.conllu")), corpora / "ud/uner_ewt/dev.iob2")),
            "gum": build(read_conllu(gum / "dev.conllu", is_gum=True)),
            "pud": build(document for document in pud if document.name.startswith("n")),  # its news
        },
        **sets,
    )


def build_example(document: Document, word_pieces: WordPieces, sets: dict[str, list[str]]) -> Example:
    """Lay out a document's words and number its labels."""
    quotations = find_quotations(document.text, document.paragraphs)
    words = lay_out_words(document.words, document.text, document.paragraphs, quotations, word_pieces)
    count = len(words)
    unknown = np.full(count, UNKNOWN, np.int32)

    def number(values: list[str] | None, known: list[str]) -> Integers:
        places = {value: i for i, value in enumerate(known)}
        return unknown if values is None else np.array([places.get(v, UNKNOWN) for v in values], np.int32)

    entities = unknown
    if document.entities is not None:
        entities = tag_spans(
            count, [(kind, (start, end)) for start, end, kind in document.entities], ENTITY_TAGS
        )
    starts = document.sentence_starts
    return Example(
        document,
        words,
        [link_words(document.words, relations) for relations in document.relations],
        entities,
        number(document.xpos, sets["xpos"]),
        number(document.upos, sets["upos"]),
        unknown if document.heads is None else np.array(document.heads, np.int32),
        number(document.labels, sets["labels"]),
        unknown if starts is None else np.array(starts, np.int32),
    )


def link_words(words: list[Span], relations: list[Relation]) -> Links:
    """Turn relations over characters into tags and links over words.

    A span that another one already covers in part is left out: few are (25 in PolNeAR train), all slips.
    """
    spans: dict[str, set[Span]] = {role: set() for role in ROLES}
    linked: list[tuple[Span, list[Span], list[Span]]] = []
    taken: dict[int, tuple[str, Span]] = {}
    for relation in relations:
        parts: dict[str, list[Span]] = {}
        for role in ROLES:
            parts[role] = []
            for span in _join(getattr(relation, role), words):
                owners = {taken.get(i) for i in range(*span)} - {(role, span)}
                if span[0] < span[1] and owners <= {None}:
                    taken.update(dict.fromkeys(range(*span), (role, span)))
                    spans[role].add(span)
                    parts[role].append(span)
        if parts["cue"]:
            linked.append((parts["cue"][0], parts["source"], parts["content"]))
    ordered = {role: sorted(spans[role]) for role in ROLES}
    places = {role: {span: i for i, span in enumerate(ordered[role])} for role in ROLES}
    sources = [-1] * len(ordered["cue"])
    cues = [-1] * len(ordered["content"])
    for cue, its_sources, contents in linked:
        if its_sources:
            sources[places["cue"][cue]] = places["source"][max(its_sources, key=lambda s: s[1] - s[0])]
        for content in contents:
            cues[places["content"][content]] = places["cue"][cue]
    tagged = [(role, span) for role in ROLES for span in ordered[role]]
    return Links(tag_spans(len(words), tagged, ROLE_TAGS), ordered, sources, cues)


def _join(spans: Iterable[Span], words: list[Span]) -> list[Span]:
    """Return the spans in words; pieces that touch are one span."""
    joined: list[Span] = []
    for start, end in sorted(place_span(words, span) for span in spans):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def tag_spans(count: int, spans: Iterable[tuple[str, Span]], tags: tuple[str, ...]) -> Integers:
    """Return the number of the B, I or O tag of each word; of spans that overlap the first wins."""
    found = np.zeros(count, np.int32)
    for kind, (start, end) in spans:
        if not found[start:end].any():
            found[start:end] = tags.index(f"I-{kind}")
            found[start : start + 1] = tags.index(f"B-{kind}")
    return found


def read_prepared(path: Path) -> Prepared:
    """Read what `prepare` wrote."""
    with path.open("rb") as file:
        prepared: Prepared = pickle.load(file)
    return prepared
