"""What is kept of an article to compare it with others."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from pipelines.comparison.signatures import find_opening, sign_article
from pipelines.language.embedding import WIDTH, Vectors
from pipelines.text.shingles import find_bands, read_wording

TEXT = "Taxes fall\nShare this\nAda Holm said on Monday taxes would fall. “Yes,” said Per Lind.\n"
RUNNING = [(0, 11), (22, 87)]
ARTICLE = {"article_id": bytes(16), "text": TEXT, "title": "Taxes fall", "published_on": None}
PARTS: dict[str, list[dict[str, Any]]] = {
    "passages": [
        {"passage_start": 22, "passage_end": 87, "passage_type": "body"},
        {"passage_start": 0, "passage_end": 11, "passage_type": "title"},
        {"passage_start": 11, "passage_end": 22, "passage_type": "other"},
    ],
    "sentences": [
        {"sentence_start": 0, "sentence_end": 10},
        {"sentence_start": 22, "sentence_end": 64},
        {"sentence_start": 65, "sentence_end": 86},
    ],
    "found_mentions": [
        {"name": "Per Lind", "mention_start": 77},
        {"name": "Ada Holm", "mention_start": 22},
        {"name": "Ada Holm", "mention_start": 4},
    ],
}


def embed(texts: Sequence[str]) -> Vectors:
    """Return vectors that tell the place and the length of each text."""
    vectors = np.zeros((len(texts), WIDTH), np.int8)
    vectors[:, :2] = [(place, len(text)) for place, text in enumerate(texts)]
    return vectors


def sign(**parts: list[dict[str, Any]]) -> dict[str, Any]:
    return sign_article(ARTICLE, PARTS | parts, embed)


def test_what_is_no_running_text_does_not_count():
    signature = sign()
    assert signature["word_count"] == 14
    assert signature["bands"] == find_bands(read_wording(TEXT, RUNNING))


def test_names_stand_in_the_order_of_their_first_mention():
    assert sign()["names"] == ["Ada Holm", "Per Lind"]


def test_the_opening_ends_with_the_sentence_that_fills_it():
    sentences = [(0, 400), (400, 800), (800, 1200)]
    text = "word " * 240
    assert find_opening(text, None, sentences) == (f"{text[:400]} {text[400:800]}", 800)
    assert find_opening("Taxes fall.", "Taxes fall", [(0, 11)]) == ("Taxes fall.", 11)
    assert find_opening("They do.", "Taxes fall", [(0, 8)]) == ("Taxes fall. They do.", 8)
    assert find_opening("", None, []) == ("", 0)


def test_the_days_and_names_of_the_opening_are_told():
    assert (sign()["days"], sign()["opening_name_count"]) == (["Monday"], 2)
    first = sign(sentences=PARTS["sentences"][:2])
    assert (first["days"], first["opening_name_count"]) == (["Monday"], 1)


def test_the_vector_is_that_of_the_opening():
    opening, _ = find_opening(TEXT, "Taxes fall", [(0, 10), (22, 64), (65, 86)])
    assert sign()["vector"] == embed([opening])[0].tobytes()


def test_an_empty_article_has_a_signature():
    empty = {table: [] for table in PARTS}
    signature = sign_article(ARTICLE | {"text": "", "title": None}, empty, embed)
    assert (signature["word_count"], signature["bands"], signature["names"]) == (0, [], [])
