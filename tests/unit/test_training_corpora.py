"""Corpora in their own formats become words, paragraphs and labels."""

from pathlib import Path

from pipelines.training.corpora import (
    RE3D_TYPES,
    Relation,
    find_paragraphs,
    is_for_tuning,
    place_span,
    read_conllu,
    read_names,
    read_polnear,
    read_relations,
)

ARTICLE = "Taxes will fall, Marin told reporters.\n\n“We know,” she added."
ANNOTATION = """T1\tContent 0 15\tTaxes will fall
T2\tSource 17 22\tMarin
T3\tCue 23 27\ttold
T4\tAttribution 23 27\ttold
E1\tAttribution:T4 Content:T1 Cue:T3 Source:T2
T5\tContent 40 49;50 51\t“We know, ”
T6\tCue 55 60\tadded
E2\tAttribution-no-source:T6 Content:T5 Cue:T6
T7\tDiscard 0 5\tTaxes

#1\tAnnotatorNotes T7
"""


def test_paragraphs_are_lines_that_hold_something() -> None:
    assert find_paragraphs("One. \n \nTwo.\nThree.\n") == [(0, 4), (8, 12), (13, 19)]
    assert find_paragraphs(" \n") == []


def test_relations_are_read_from_brat() -> None:
    assert read_relations(ANNOTATION) == [
        Relation(((17, 22),), ((23, 27),), ((0, 15),)),
        Relation((), ((55, 60),), ((40, 49), (50, 51))),
    ]


def test_an_article_comes_with_all_its_annotators(tmp_path: Path) -> None:
    for folder in ("text", "attributions"):
        (tmp_path / folder).mkdir()
    (tmp_path / "text/paper_1.txt").write_text(ARTICLE, "utf-8")
    for annotator in "ab":
        (tmp_path / f"attributions/paper_1_{annotator}.ann").write_text(ANNOTATION, "utf-8")
    (tmp_path / "silver.jsonl").write_text('{"name": "paper_1", "entities": [[17, 22, "PERSON"]]}\n', "utf-8")
    (document,) = read_polnear(tmp_path, tmp_path / "silver.jsonl")
    assert [len(relations) for relations in document.relations] == [2, 2]
    assert [document.text[start:end] for start, end in document.words[:5]] == [
        "Taxes",
        "will",
        "fall",
        ",",
        "Marin",
    ]
    assert document.entities == [(4, 5, "person")]


def test_a_character_span_takes_the_words_that_it_touches() -> None:
    words = [(0, 5), (6, 10), (10, 11)]
    assert place_span(words, (6, 10)) == (1, 2)
    assert place_span(words, (3, 7)) == (0, 2)
    assert place_span(words, (5, 6)) == (1, 1)


CONLLU = """# newdoc id = one
# newpar
# text = Ada Lovelace didn't.
1\tAda\t_\tPROPN\tNNP\t_\t3\tnsubj\t_\tEntity=(1-person-new-nnnnn-cf1-1-sgl-Ada_Lovelace
2\tLovelace\t_\tPROPN\tNNP\t_\t1\tflat\t_\tEntity=1)
3-4\tdidn't\t_\t_\t_\t_\t_\t_\t_\tSpaceAfter=No
3\tdid\t_\tAUX\tVBD\t_\t0\troot\t_\t_
4\tn't\t_\tPART\tRB\t_\t3\tadvmod\t_\t_
5\t.\t_\tPUNCT\t.\t_\t3\tpunct\t_\t_

# text = She wrote.
1\tShe\t_\tPRON\tPRP\t_\t2\tnsubj\t_\tEntity=(1-person-giv:act-nnnnn-cf1-1-ana-Ada_Lovelace)
2\twrote\t_\tVERB\tVBD\t_\t0\troot\t_\tSpaceAfter=No
3\t.\t_\tPUNCT\t.\t_\t2\tpunct\t_\t_
"""


def test_treebanks_give_words_heads_and_names(tmp_path: Path) -> None:
    path = tmp_path / "train.conllu"
    path.write_text(CONLLU, "utf-8")
    (document,) = read_conllu(path, is_gum=True)
    assert document.text == "Ada Lovelace didn't. She wrote. "
    assert document.heads == [2, 0, 2, 2, 2, 6, 6, 6]
    assert document.sentence_starts == [True, False, False, False, False, True, False, False]
    assert document.entities == [(0, 2, "person")]  # "She" is a mention, but no name


def test_names_are_read_from_columns(tmp_path: Path) -> None:
    path = tmp_path / "names.conll"
    path.write_text(
        "Ada B-Person\nsees O\nRome B-Location\nCity I-Location\n5 B-Quantity\n\nShe O\n", "utf-8"
    )
    (document,) = read_names(path, RE3D_TYPES)
    assert document.entities == [(0, 1, "person"), (2, 4, "place")]
    assert document.text == "Ada sees Rome City 5 She"


def test_the_articles_for_tuning_stay_the_same_whatever_the_order() -> None:
    names = [f"article-{i}" for i in range(100)]
    assert is_for_tuning(names) == is_for_tuning(names[::-1])
    assert len(is_for_tuning(names)) == 64
