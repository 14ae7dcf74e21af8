"""The component sets what a spaCy user looks for, and travels to disk, bytes and other processes."""

import json
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Span

pytest.importorskip("torch")
pytest.importorskip("onnx")

from pipelines.language.component import FACTORY
from pipelines.training import network as net
from pipelines.training.evaluate import NOT_CALIBRATED
from pipelines.training.quantize import build_encoder

TEXT = "Taxes will fall, Marin said.\n\n“Soon,” she added."


@pytest.fixture(scope="module")
def weights(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with an untrained network: what it finds is noise, but it finds something."""
    import torch

    torch.manual_seed(3)
    folder = tmp_path_factory.mktemp("weights")
    network = net.Network(6, net.Sizes(xpos=2, upos=2, labels=2, layers=1))
    (folder / "encoder.onnx").write_bytes(
        build_encoder(network.state_dict(), network.sizes).SerializeToString()
    )
    state = {k: v.numpy() for k, v in network.state_dict().items() if not k.startswith("encoder.")}
    file = BytesIO()
    np.savez(file, **(NOT_CALIBRATED | state))
    (folder / "heads.npz").write_bytes(file.getvalue())
    (folder / "labels.json").write_text(
        json.dumps({"xpos": ["NN", "."], "upos": ["NOUN", "X"], "labels": ["a", "b"]})
    )
    (folder / "vocab.txt").write_text("[PAD]\n[UNK]\n[CLS]\n[SEP]\nsaid\nthe\n")
    return folder


@pytest.fixture(scope="module")
def nlp(weights: Path) -> Language:
    nlp = spacy.blank("en")
    nlp.add_pipe(FACTORY).read_weights(weights)  # type: ignore[attr-defined]
    return nlp


def test_every_token_has_a_tag_and_a_head_in_its_sentence(nlp: Language) -> None:
    doc = nlp(TEXT)
    assert {token.tag_ for token in doc if not token.is_space} <= {"NN", "."}
    assert all(token.head.sent == token.sent for token in doc)
    assert all(sum(token.head == token for token in sent) == 1 for sent in doc.sents)


def test_attributions_are_spans_of_the_document(nlp: Language) -> None:
    doc = nlp(TEXT * 5)
    contents = [content for found in doc._.attributions for content in found.contents]
    assert contents
    assert sorted(contents) == sorted(doc.spans["content"])
    assert all(0 <= found.confidence <= 1 for found in doc._.attributions)


def test_sentences_that_are_given_stay(nlp: Language) -> None:
    doc = nlp.make_doc(TEXT)
    for token in doc:
        token.is_sent_start = token.i in (0, 8)
    assert [sent.start for sent in nlp(doc).sents] == [0, 8]


def test_only_passages_that_are_read_have_attributions(nlp: Language) -> None:
    doc = nlp.make_doc(TEXT)
    doc.spans["passages"] = [Span(doc, 0, 8, "body"), Span(doc, 8, len(doc), "footer")]
    assert all(span.end <= 8 for role in ("source", "cue", "content") for span in nlp(doc).spans[role])


@pytest.mark.parametrize("text", ["", " \n ", "\x00", "😀" * 50, "“" * 300, "a" * 30_000])
def test_no_text_stops_it(nlp: Language, text: str) -> None:
    nlp(text)


def _list(nlp: Language) -> list[str]:
    return [str(found) for found in nlp(TEXT)._.attributions]


def test_it_goes_to_disk_and_bytes_and_back(nlp: Language, tmp_path: Path) -> None:
    nlp.to_disk(tmp_path / "model")
    assert _list(spacy.load(tmp_path / "model")) == _list(nlp)
    other = spacy.blank("en")
    other.add_pipe(FACTORY)
    assert _list(other.from_bytes(nlp.to_bytes())) == _list(nlp)


def test_other_processes_find_the_same(nlp: Language) -> None:
    docs = list(nlp.pipe([TEXT] * 3, n_process=2))
    assert [[str(found) for found in doc._.attributions] for doc in docs] == [_list(nlp)] * 3
