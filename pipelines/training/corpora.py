"""Read the corpora into one form: words at their places in a text, and what is known of each.

PolNeAR gives attributions (and silver names), Universal Dependencies syntax, GUM, re3d and WikiGold names.
What a corpus does not say stays unknown, and no head learns from it.
"""

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import accumulate, pairwise
from pathlib import Path

import spacy
from spacy.language import Language

from pipelines.training.labels import ENTITY_TYPES, ROLES

Span = tuple[int, int]
Sentence = tuple[bool, list[list[str]]]  # whether a paragraph starts, and the rows of its words
TUNING_ARTICLES = 64  # of PolNeAR train, kept from training to choose between candidates and to calibrate

SILVER_TYPES = {"PERSON": "person", "ORGANIZATION": "organization", "LOCATION": "place", "MISC": "other"}
RE3D_TYPES = {
    "Person": "person",
    "Organisation": "organization",
    "Location": "place",
    "Nationality": "other",
    "MilitaryPlatform": "other",
}  # the rest (Money, Quantity, Temporal, Weapon, DocumentReference) are no names
WIKIGOLD_TYPES = {"PER": "person", "ORG": "organization", "LOC": "place", "MISC": "other"}
UNER_TYPES = {"PER": "person", "ORG": "organization", "LOC": "place"}
GUM_COREFERENCE = {"coref", "sgl", "ana", "cata", "appos", "pred", "disc"}
TITLES = frozenset(  # no part of a name in CoNLL's and UNER's convention
    (
        *("President", "Vice", "Ambassador", "Minister", "Prime", "Chancellor", "King", "Queen", "Prince"),
        *("Princess", "Sir", "Lord", "Lady", "Dr", "Mr", "Mrs", "Ms", "Professor", "Prof", "Senator", "Sen"),
        *("Representative", "Rep", "Governor", "Gov", "Congressman", "Congresswoman", "Mayor", "Judge"),
        *("Justice", "General", "Gen", "Colonel", "Captain", "Sergeant", "Secretary", "Director", "Chairman"),
        *("Pope", "Father", "Sister", "Saint", "The"),
    )
)
LINE_BREAKS = re.compile(r"[^\S\n]*\n\s*")


@dataclass(frozen=True, slots=True)
class Relation:
    """One attribution as annotated: character spans of its parts."""

    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]


@dataclass(slots=True)
class Document:
    """A text, its words, and what its corpus says of them; None or nothing where it says nothing."""

    name: str
    text: str
    words: list[Span]
    paragraphs: list[Span]
    relations: list[list[Relation]] = field(default_factory=list)  # one list an annotator
    entities: list[tuple[int, int, str]] | None = None  # first word, word after the last, type
    xpos: list[str] | None = None
    upos: list[str] | None = None
    heads: list[int] | None = None  # word of the document; itself for a root
    labels: list[str] | None = None
    sentence_starts: list[bool] | None = None


def find_paragraphs(text: str) -> list[Span]:
    """Return the lines of a text that hold anything, without the white space around them."""
    found, start = [], 0
    for match in [*LINE_BREAKS.finditer(text), None]:
        end = match.start() if match else len(text)
        if text[start:end].strip():
            found.append((start, end))
        start = match.end() if match else end
    return found


# --- PolNeAR


def read_polnear(folder: Path, silver: Path | None) -> Iterator[Document]:
    """Yield the articles of a PolNeAR part (`text/`, `attributions/`), with CoreNLP's names from a file."""
    nlp = spacy.blank("en")
    names = _read_silver(silver) if silver else {}
    for path in sorted((folder / "text").glob("*.txt")):
        with path.open(encoding="utf-8", newline="") as file:
            text = file.read()
        document = Document(path.stem, text, split_words(nlp, text), find_paragraphs(text))
        document.relations = [
            read_relations(annotation.read_text("utf-8"))
            for annotation in sorted((folder / "attributions").glob("*.ann"))
            if annotation.stem.rsplit("_", 1)[0] == path.stem
        ]
        if path.stem in names:
            document.entities = [
                (*place_span(document.words, (start, end)), SILVER_TYPES[label])
                for start, end, label in names[path.stem]
            ]
        yield document


def split_words(nlp: Language, text: str) -> list[Span]:
    """Return the places of spaCy's tokens, white space left out."""
    return [(token.idx, token.idx + len(token)) for token in nlp.make_doc(text) if not token.is_space]


def is_for_tuning(names: Sequence[str]) -> set[str]:
    """Return the names of the articles kept for tuning: those with the smallest digests of their names."""
    return set(sorted(names, key=lambda name: hashlib.sha256(name.encode()).hexdigest())[:TUNING_ARTICLES])


def _read_silver(path: Path) -> dict[str, list[tuple[int, int, str]]]:
    with path.open(encoding="utf-8") as file:
        rows = [json.loads(line) for line in file]
    return {row["name"]: [tuple(entity) for entity in row["entities"]] for row in rows}


def read_relations(annotation: str) -> list[Relation]:
    """Return the relations of a brat file that have a content."""
    spans: dict[str, tuple[Span, ...]] = {}
    found = []
    for line in annotation.splitlines():
        fields = line.split("\t")
        if len(fields) < 2:
            continue
        if line.startswith("T"):
            offsets = fields[1].split(" ", 1)[1]
            spans[fields[0]] = tuple(
                (int(a), int(b)) for a, b in (part.split() for part in offsets.split(";"))
            )
        elif line.startswith("E"):
            parts: dict[str, tuple[Span, ...]] = dict.fromkeys(ROLES, ())
            for part in fields[1].split():
                role, _, name = part.partition(":")
                role = role.lower().rstrip("0123456789")
                if role in parts:
                    parts[role] += spans.get(name, ())
            if parts["content"]:
                found.append(Relation(**parts))
    return found


def place_span(words: Sequence[Span], span: Span) -> Span:
    """Return the words that a character span touches: the first, and the one after the last."""
    low, high = 0, len(words)
    while low < high:
        middle = (low + high) // 2
        low, high = (middle + 1, high) if words[middle][1] <= span[0] else (low, middle)
    end = low
    while end < len(words) and words[end][0] < span[1]:
        end += 1
    return low, end


# --- Universal Dependencies


def read_conllu(path: Path, is_gum: bool = False) -> Iterator[Document]:
    """Yield the documents of a CoNLL-U file, with names where it is GUM."""
    name = ""
    sentences: list[Sentence] = []
    for block in path.read_text("utf-8").split("\n\n"):
        lines = block.split("\n")
        rows = [line.split("\t") for line in lines if line[:1].isdigit()]
        new = _find_comment(block, "newdoc id")
        if new and sentences:
            yield _build_document(name, sentences, is_gum)
            sentences = []
        name = new or name
        if rows:
            sentences.append(("# newpar" in block, _drop_ranges(rows)))
    if sentences:
        yield _build_document(name, sentences, is_gum)


def _find_comment(block: str, name: str) -> str:
    """Return the value of "# name = value" among the lines of a sentence, or nothing."""
    match = re.search(rf"^# {name} = (.*)$", block, re.MULTILINE)
    return match[1] if match else ""


def _drop_ranges(rows: list[list[str]]) -> list[list[str]]:
    """Keep the words of a sentence; empty nodes go, a contraction's last word takes the space after it."""
    kept: list[list[str]] = []
    closing: dict[str, str] = {}
    glued: set[str] = set()
    for row in rows:
        number = row[0]
        if "-" in number:
            first, last = number.split("-")
            closing[last] = row[9]
            glued |= {str(i) for i in range(int(first), int(last))}
        elif "." not in number:
            misc = "SpaceAfter=No" if number in glued else closing.get(number, "")
            space = "SpaceAfter=No" in (misc or row[9])
            kept.append([*row[:10], "no" if space else "yes"])
    return kept


def _build_document(name: str, sentences: Sequence[Sentence], is_gum: bool) -> Document:
    pieces: list[str] = []
    document = Document(name, "", [], [], xpos=[], upos=[], heads=[], labels=[], sentence_starts=[])
    assert document.xpos is not None and document.upos is not None and document.heads is not None
    assert document.labels is not None and document.sentence_starts is not None
    length, start = 0, 0
    entity_fields: list[str] = []
    for is_new, rows in sentences:
        if is_new and pieces:
            document.paragraphs.append((start, length))
            pieces.append("\n")
            length += 1
            start = length
        base = len(document.words)
        for i, row in enumerate(rows):
            document.words.append((length, length + len(row[1])))
            pieces.append(row[1] + (" " if row[10] == "yes" else ""))
            length += len(pieces[-1])
            document.upos.append(row[3])
            document.xpos.append(row[4])
            document.heads.append(base + int(row[6]) - 1 if row[6] != "0" else base + i)
            document.labels.append(row[7])
            document.sentence_starts.append(i == 0)
            entity_fields.append(next((m[7:] for m in row[9].split("|") if m.startswith("Entity=")), ""))
    document.paragraphs.append((start, length))
    document.text = "".join(pieces)
    if is_gum:
        document.entities = _read_gum_names(document, entity_fields)
    return document


BRACKET = re.compile(r"\(([^()]+)(\))?|([^()]+)\)")


def _read_gum_names(document: Document, fields: Sequence[str]) -> list[tuple[int, int, str]]:
    """Return the names among GUM's mentions: those linked to Wikipedia, cut to their capitalised core.

    Of names that overlap the longest stays: "University of Portsmouth", not its "Portsmouth".
    """
    names = []
    for start, end, kind in _read_gum_mentions(fields):
        core = _find_core(document, start, end)
        if core:
            is_people = (
                kind == "person" and document.xpos is not None and document.xpos[core[1] - 1] == "NNPS"
            )
            names.append((*core, kind if kind in ENTITY_TYPES and not is_people else "other"))
    taken: set[int] = set()
    kept = []
    for start, end, kind in sorted(names, key=lambda name: (name[0] - name[1], name)):
        if taken.isdisjoint(range(start, end)):
            taken.update(range(start, end))
            kept.append((start, end, kind))
    return sorted(kept)


def _read_gum_mentions(fields: Sequence[str]) -> Iterator[tuple[int, int, str]]:
    """Yield the mentions that carry a link: "(8-organization-new-…-sgl-University_of_Portsmouth … 8)"."""
    opened: dict[str, list[tuple[int, str]]] = {}
    for i, value in enumerate(fields):
        for match in BRACKET.finditer(value):
            if match[1]:
                number, *rest = match[1].split("-")
                is_named = len(rest) == 7 or (len(rest) == 6 and rest[5] not in GUM_COREFERENCE)
                kind = rest[0] if rest and is_named else ""
                if not match[2]:
                    opened.setdefault(number, []).append((i, kind))
                elif kind:
                    yield i, i + 1, kind
            elif opened.get(match[3]):
                start, kind = opened[match[3]].pop()
                if kind:
                    yield start, i + 1, kind


def _find_core(document: Document, start: int, end: int) -> Span | None:
    """Return the run of proper nouns at the head of a mention: no title before it, "of the" within it."""
    upos, heads = document.upos, document.heads
    assert upos is not None and heads is not None
    words = [document.text[slice(*document.words[i])] for i in range(start, end)]
    head = next((i for i in range(start, end) if not start <= heads[i] < end or heads[i] == i), start)
    if upos[head] not in ("PROPN", "ADJ") or not words[head - start][:1].isupper():
        return None
    is_core = [
        upos[start + i] == "PROPN" or word[:1].isupper() or word in ("-", "&") for i, word in enumerate(words)
    ]
    low, high = head - start, head - start + 1
    while low > 0 and is_core[low - 1]:
        low -= 1
    while high < len(words):
        link = high
        while link < len(words) and not is_core[link] and upos[start + link] in ("ADP", "DET", "CCONJ"):
            link += 1
        if link == len(words) or not is_core[link]:
            break
        high = link + 1
    while low < high - 1 and (
        words[low].rstrip(".") in TITLES or upos[start + low] in ("DET", "PUNCT", "ADP")
    ):
        low += 1
    return (start + low, start + high) if words[low].rstrip(".") not in TITLES else None


# --- names in CoNLL columns


def read_names(path: Path, types: dict[str, str], sentences_each: int = 4) -> Iterator[Document]:
    """Yield stretches of a few sentences of a file with a token and its tag a line."""
    sentences: list[list[tuple[str, str]]] = [[]]
    for line in path.read_text("utf-8").splitlines():
        fields = line.split()
        if len(fields) < 2 or fields[0] == "-DOCSTART-":
            if sentences[-1]:
                sentences.append([])
        else:
            sentences[-1].append((fields[0], fields[-1]))
    for number in range(0, len(sentences), sentences_each):
        tokens = [token for sentence in sentences[number : number + sentences_each] for token in sentence]
        if tokens:
            yield _build_names(f"{path.stem}-{number}", tokens, types)


def _build_names(name: str, tokens: Sequence[tuple[str, str]], types: dict[str, str]) -> Document:
    words: list[Span] = []
    length = 0
    for word, _ in tokens:
        words.append((length, length + len(word)))
        length += len(word) + 1
    text = " ".join(word for word, _ in tokens)
    document = Document(name, text, words, [(0, len(text))])
    document.entities = list(read_tags([tag for _, tag in tokens], types))
    return document


def add_names(documents: list[Document], path: Path) -> list[Document]:
    """Give documents the names of UNER's file over the same sentences, whose words may be cut elsewhere."""
    blocks = path.read_text("utf-8").strip().split("\n\n")
    rows = {
        _find_comment(block, "sent_id"): [x.split("\t") for x in block.split("\n") if x[:1].isdigit()]
        for block in blocks
    }
    for document in documents:
        assert document.sentence_starts is not None
        document.entities = []
        bounds = [i for i, is_start in enumerate(document.sentence_starts) if is_start]
        for number, (low, high) in enumerate(pairwise([*bounds, len(document.words)]), 1):
            tokens = rows[f"{document.name}-{number:04d}"]
            ends = [0, *accumulate(len(token[1]) for token in tokens)]  # without the space between words
            widths = [0, *accumulate(end - start for start, end in document.words[low:high])]
            for first, last, kind in read_tags((token[2] for token in tokens), UNER_TYPES):
                start, end = place_span(list(pairwise(widths)), (ends[first], ends[last]))
                document.entities.append((low + start, low + end, kind))
    return documents


def read_tags(tags: Iterable[str], types: dict[str, str]) -> Iterator[tuple[int, int, str]]:
    """Yield the spans of IOB tags, first word and word after the last, whose type `types` knows."""
    start, kind = 0, ""
    for i, tag in enumerate([*tags, "O"]):
        prefix, _, here = tag.partition("-")
        if kind and (prefix != "I" or here != kind):
            if kind in types:
                yield start, i, types[kind]
            kind = ""
        if prefix in ("B", "I") and not kind:
            start, kind = i, here
