"""Text in, tokens and sentences out, at their places in the text."""

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st

from pipelines.language import make_doc, read_article
from pipelines.text.passages import Passage
from pipelines.text.sentences import Sentence

NLP = spacy.blank("en")  # its tokenizer is the language model's; unit tests load no weights


@given(st.text(alphabet="ab“”.,'  \n\u00e9😀", max_size=200).flatmap(lambda t: st.just(t * 20)))
def test_a_doc_is_its_text(text):
    assert make_doc(NLP, text).text == text


@pytest.mark.parametrize("unit", ["“", "a", "'", "a.", "😀", "«a»,", "http://a/"])
def test_a_long_run_without_spaces_is_cut_before_it_is_tokenized(unit, monkeypatch):
    text = "He said: " + unit * (5_000 // len(unit)) + " yes."
    pieces = []
    whole = NLP.make_doc
    monkeypatch.setattr(NLP, "make_doc", lambda piece: pieces.append(piece) or whole(piece))
    assert make_doc(NLP, text).text == text
    assert max(map(len, pieces)) < 400


def test_sentences_and_passages_are_where_they_were_found():
    text = "Taxes fall\n\nThe mayor said so. Nobody asked.\n\nLeave a Reply"
    passages = [Passage(0, 12, "title"), Passage(12, 46, "body"), Passage(46, 59, "footer")]
    sentences = [Sentence(0, 10, 0), Sentence(12, 30, 1), Sentence(31, 44, 1)]
    doc = read_article(NLP, text, passages, sentences)
    found = [sentence.text.strip() for sentence in doc.sents if not sentence.text.isspace()]
    assert found == ["Taxes fall", "The mayor said so.", "Nobody asked.", "Leave a Reply"]
    assert [(span.label_, span.text.strip()) for span in doc.spans["passages"]] == [
        ("title", "Taxes fall"),
        ("body", "The mayor said so. Nobody asked."),
        ("footer", "Leave a Reply"),
    ]
