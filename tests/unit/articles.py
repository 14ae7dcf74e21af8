"""Read a made-up article for a test: one line a passage, sentences found as in the pipeline, no weights."""

from functools import cache

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from pipelines.language import read_article
from pipelines.lists import read_list
from pipelines.text.passages import Passage
from pipelines.text.sentences import SentenceLexicon, build_sentence_lexicon, find_sentences


def read(text: str, first_type: str = "body") -> Doc:
    """Return `text` as a document; each line is a passage of the body, the first one of `first_type`."""
    passages = []
    start = 0
    for line in text.splitlines(keepends=True):
        passages.append(Passage(start, start + len(line), "body" if passages else first_type))
        start += len(line)
    return read_article(_language(), text, passages, find_sentences(text, passages, _sentences()))


@cache
def _language() -> Language:
    return spacy.blank("en")  # its tokenizer is the language model's; unit tests load no weights


@cache
def _sentences() -> SentenceLexicon:
    return build_sentence_lexicon(read_list("abbreviations"), read_list("sentence_openers"))
