"""Names may come from another spaCy pipeline."""

import pytest
import spacy

from pipelines.language import other
from pipelines.language.other import VARIABLE, load_other, other_version, read_names
from pipelines.schemas import ENTITY_TYPES
from pipelines.text.names import Name
from pipelines.text.passages import Passage

TEXT = "Ada Holm of the Northern Council’s staff spoke on Monday.\nPhoto: Ada Holm\n"
PASSAGES = [Passage(0, 58, "body"), Passage(58, 74, "caption")]


def forget() -> None:
    load_other.cache_clear()
    other_version.cache_clear()


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A pipeline on disk, named by the environment."""
    nlp = spacy.blank("en")
    nlp.add_pipe("entity_ruler").add_patterns(
        [
            {"label": "PERSON", "pattern": "Ada Holm"},
            {"label": "ORG", "pattern": "the Northern Council’s"},
            {"label": "DATE", "pattern": "Monday"},
        ]
    )
    nlp.to_disk(tmp_path / "pipeline")
    monkeypatch.setenv(VARIABLE, str(tmp_path / "pipeline"))
    forget()
    yield tmp_path / "pipeline"
    forget()


def test_names_are_those_of_the_pipeline_without_article_and_possessive(folder):
    names = read_names(load_other(), TEXT, PASSAGES)
    assert names == [Name(0, 8, "person"), Name(16, 32, "organization")]
    assert [TEXT[name.start : name.end] for name in names] == ["Ada Holm", "Northern Council"]


def test_another_pipeline_in_the_same_folder_is_another_version(folder):
    version = other_version()
    assert version.startswith("en_pipeline-0.0.0-")
    spacy.blank("en").to_disk(folder)
    forget()
    assert other_version() != version


def test_without_a_name_there_is_none(monkeypatch):
    monkeypatch.delenv(VARIABLE, raising=False)
    forget()
    assert load_other() is None
    assert other_version() == ""


def test_a_pipeline_that_is_not_there_is_named_in_the_message(monkeypatch):
    monkeypatch.setenv(VARIABLE, "en_core_web_nowhere")
    forget()
    with pytest.raises(ValueError, match='WHOSAID_SPACY is "en_core_web_nowhere", which spaCy cannot load'):
        load_other()
    forget()


@pytest.mark.parametrize("label", other.TYPES)
def test_every_label_becomes_a_type_of_the_contract(label):
    assert other.TYPES[label] in ENTITY_TYPES
