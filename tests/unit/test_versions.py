"""A step's version changes when its rows may change, and only then."""

import sys

import pytest

from pipelines import versions

HELPER = "def find(text):\n    return text.split()\n"
STEP = '"""Doc."""\nfrom pipelines.{name} import helper\n\ndef run(text):\n    return helper.find(text)\n'


@pytest.fixture
def digest(tmp_path, monkeypatch):
    """Return a function that writes a helper module and its caller, and digests the caller."""
    import pipelines

    monkeypatch.setattr(pipelines, "__path__", [*pipelines.__path__, str(tmp_path)])
    monkeypatch.setattr(versions, "LISTS", tmp_path)

    def digest(helper=HELPER, step=STEP, words="say\n", name="under_test"):
        folder = tmp_path / name
        folder.mkdir(exist_ok=True)
        (tmp_path / "words.csv").write_text(words)
        (folder / "__init__.py").write_text("")
        (folder / "helper.py").write_text(helper)
        (folder / "step.py").write_text(step.format(name=name))
        for module in [m for m in sys.modules if m.startswith(f"pipelines.{name}")]:
            del sys.modules[module]
        return versions.digest_step.__wrapped__(f"pipelines.{name}.step")

    return digest


def test_a_rule_counts_even_in_a_module_that_is_only_imported(digest):
    before = digest()
    assert digest() == before
    assert digest(helper=HELPER.replace("split()", "split(',')")) != before


def test_comments_docstrings_and_layout_do_not_count(digest):
    before = digest()
    assert digest(helper='"""Split."""\n' + HELPER.replace("(text):", "( text ):  # by words")) == before


def test_a_word_list_counts_where_it_is_read(digest):
    reader = "from pipelines.lists import read_list\n\ndef find(text):\n    return read_list('words')\n"
    assert digest(words="say\n") == digest(words="say\ntell\n")
    assert digest(helper=reader, words="say\n") != digest(helper=reader, words="say\ntell\n")


def test_a_library_counts_by_its_version(digest, monkeypatch):
    reader = "import duckdb\n" + HELPER
    before = digest(helper=reader)
    monkeypatch.setattr(versions, "version", lambda name: "99.0")
    assert digest(helper=reader) != before


@pytest.mark.parametrize(
    ("step", "before"),
    [
        ("pipelines.extraction", "pipelines.cleaning"),
        ("pipelines.linking", "pipelines.extraction"),
        ("pipelines.comparison.signatures", "pipelines.extraction"),
        ("pipelines.comparison.reuse", "pipelines.comparison.signatures"),
        ("pipelines.comparison.stories", "pipelines.comparison.signatures"),
        ("pipelines.comparison.statements", "pipelines.comparison.stories"),
        ("pipelines.comparison.figures", "pipelines.extraction"),
    ],
)
def test_a_step_rests_on_the_rows_of_the_one_before_it_not_on_its_code(monkeypatch, step, before):
    read = []
    parse = versions._parse
    monkeypatch.setattr(versions, "_parse", lambda name: read.append(name) or parse(name))
    versions._parts_of(step)
    assert step in read
    assert before not in read
