"""Take names from another spaCy pipeline, where the environment's `WHOSAID_SPACY` names one.

`WHOSAID_SPACY=en_core_web_lg` (a package, or a folder that `spacy.load` opens) replaces the rules for names;
the attributions stay those of the project's own language model. Extraction reads no syntax, so none is taken.
"""

import os
import re
from collections.abc import Sequence
from functools import cache
from hashlib import sha256

import spacy
from spacy.language import Language

from pipelines.text.names import Name
from pipelines.text.passages import READ_PASSAGE_TYPES, Passage

VARIABLE = "WHOSAID_SPACY"
TYPES = {  # labels of OntoNotes, CoNLL and the project's own; dates, amounts and works are no names here
    "PERSON": "person", "PER": "person",
    "ORG": "organization", "ORGANIZATION": "organization",
    "GPE": "place", "LOC": "place", "FAC": "place", "PLACE": "place", "LOCATION": "place",
    "NORP": "group", "GROUP": "group",
    "EVENT": "event", "PRODUCT": "product",
}  # fmt: skip
EDGES = re.compile(r"(?:the\s+)?(?P<name>.*?)(?:['’]s?|\s)*", re.IGNORECASE | re.DOTALL)


@cache
def load_other() -> Language | None:
    """Load the pipeline that the environment names; None where it names none."""
    wanted = os.environ.get(VARIABLE)
    if not wanted:
        return None
    try:
        return spacy.load(wanted)
    except OSError as error:
        raise ValueError(
            f'{VARIABLE} is "{wanted}", which spaCy cannot load: install it in .venv or unset the variable'
        ) from error


@cache
def other_version() -> str:
    """Return name, version and digest of the other pipeline, "" without one."""
    other = load_other()
    if other is None or other.path is None:
        return ""
    digest = sha256()
    for file in sorted(path for path in other.path.rglob("*") if path.is_file()):
        digest.update(file.relative_to(other.path).as_posix().encode() + file.read_bytes())
    meta = other.meta
    return f"{meta['lang']}_{meta['name']}-{meta['version']}-{digest.hexdigest()[:8]}"


def read_names(other: Language, text: str, passages: Sequence[Passage]) -> list[Name]:
    """Return the names that another pipeline finds in the passages that are read, in order."""
    read = [passage for passage in passages if passage.passage_type in READ_PASSAGE_TYPES]
    docs = other.pipe(text[passage.start : passage.end] for passage in read)
    names = []
    for passage, doc in zip(read, docs, strict=True):
        for entity in doc.ents:
            found = EDGES.fullmatch(entity.text)
            if found and found["name"] and (entity_type := TYPES.get(entity.label_.upper())):
                start = passage.start + entity.start_char + found.start("name")
                names.append(Name(start, start + len(found["name"]), entity_type))
    return names
