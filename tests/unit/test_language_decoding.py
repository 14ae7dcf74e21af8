"""Spans, attributions and trees follow from scores made by hand."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.language.decoding import (
    EVIDENCE,
    find_attributions,
    find_sentence_starts,
    find_spans,
    find_tree,
)
from pipelines.language.heads import Heads, bucket_distances, log_softmax
from pipelines.language.windows import Words

TAGS = ["O", "B-0", "I-0", "B-1", "I-1"]


def score(*tags: str) -> np.ndarray:
    """Return scores that favour these tags."""
    return np.array([[3.0 if tag == best else 0.0 for tag in TAGS] for best in tags], np.float32)


@pytest.mark.parametrize(
    ("tags", "spans"),
    [
        (["O", "B-0", "I-0", "O"], [(0, 1, 3)]),
        (["B-0", "B-0"], [(0, 0, 1), (0, 1, 2)]),
        (["B-0", "I-0", "B-1", "I-1"], [(0, 0, 2), (1, 2, 4)]),
        (["O"], []),
        ([], []),
    ],
)
def test_spans_follow_the_best_tags(tags: list[str], spans: list[tuple[int, int, int]]) -> None:
    assert find_spans(score(*tags).reshape(-1, 5)) == spans


def test_no_span_begins_inside() -> None:
    scores = np.array([[0, -5, 0, -5, 0], [0, -5, 4, -5, 0]], np.float32)
    assert find_spans(scores) == []  # neither word may open a span, so no I may follow
    scores[0, 1] = -1
    assert find_spans(scores) == [(0, 0, 2)]


def _is_valid(tags: tuple[int, ...]) -> bool:
    return all(tag == 0 or tag % 2 or (i and tags[i - 1] in (tag, tag - 1)) for i, tag in enumerate(tags))


@given(st.lists(st.lists(st.integers(-9, 9), min_size=5, max_size=5), min_size=1, max_size=4))
def test_no_valid_tagging_scores_higher(rows: list[list[int]]) -> None:
    scores = np.array(rows, np.float32)
    tags = [0] * len(rows)
    for kind, start, end in find_spans(scores):
        tags[start:end] = [2 * kind + 1] + [2 * kind + 2] * (end - start - 1)
    best = max(
        sum(row[tag] for row, tag in zip(rows, some, strict=True))
        for some in product(range(5), repeat=len(rows))
        if _is_valid(some)
    )
    assert sum(row[tag] for row, tag in zip(rows, tags, strict=True)) == best


def _weigh_tree(scores: np.ndarray, heads: list[int]) -> float:
    return float(sum(scores[i, head] for i, head in enumerate(heads)))


def _is_tree(heads: tuple[int, ...]) -> bool:
    if sum(head == i for i, head in enumerate(heads)) != 1:
        return False
    for start in range(len(heads)):
        word, steps = start, 0
        while heads[word] != word and steps <= len(heads):
            word, steps = heads[word], steps + 1
        if steps > len(heads):
            return False
    return True


@given(
    st.integers(1, 4).flatmap(
        lambda n: st.lists(st.lists(st.integers(-9, 9), min_size=n, max_size=n), min_size=n, max_size=n)
    )
)
def test_a_tree_has_one_root_and_no_cycle_and_is_the_best_of_its_root(rows: list[list[int]]) -> None:
    scores = np.array(rows, np.float32)
    heads = find_tree(scores)
    assert _is_tree(tuple(heads))
    root = next(i for i, head in enumerate(heads) if head == i)
    same_root = [
        some for some in product(range(len(rows)), repeat=len(rows)) if _is_tree(some) and some[root] == root
    ]
    assert _weigh_tree(scores, heads) == max(_weigh_tree(scores, list(some)) for some in same_root)


def test_two_words_that_head_each_other_hang_on_the_root() -> None:
    scores = np.array([[5, 0, 0], [1, -9, 9], [0, 9, -9]], np.float32)
    assert find_tree(scores) == [0, 0, 1]


NONE_HEADS = ("no_cue", "no_source", "no_source_of_content")
NONE = -8.5  # a partner 35 words away is better than none, one 36 words away is not


def _make_heads() -> Heads:
    """Return heads over states of seven numbers, which are the scores of the role tags themselves."""
    width, link = 7, 14
    zeros = {
        f"{name}.{part}": np.zeros(shape, np.float32)
        for name, rows in (("content_to_cue", 4), ("cue_to_source", 4), ("content_to_source", 4))
        for part, shape in (
            ("left.weight", (rows, link)),
            ("left.bias", (rows,)),
            ("right.weight", (rows, link)),
            ("right.bias", (rows,)),
            ("weight", (rows, rows)),
            ("right_bias.weight", (1, rows)),
            ("right_bias.bias", (1,)),
        )
    }
    near = -np.abs(np.arange(23, dtype=np.float32) - 11)[:, None]  # the nearest partner is the best
    return Heads(
        zeros
        | {
            "roles.weight": np.eye(width, dtype=np.float32),
            "roles.bias": np.zeros(width, np.float32),
            "content_to_cue.distance.weight": near,
            "cue_to_source.distance.weight": near,
            "content_to_source.distance.weight": near,
            **{f"{head}.weight": np.zeros((1, link), np.float32) for head in NONE_HEADS},
            **{f"{head}.bias": np.array([NONE], np.float32) for head in NONE_HEADS},
            "sentence_starts.weight": np.zeros((2, width), np.float32),
            "sentence_starts.bias": np.zeros(2, np.float32),
            "confidence.weight": np.zeros((1, EVIDENCE), np.float32),
            "confidence.bias": np.zeros(1, np.float32),
        }
    )


def _lay_out(tags: str) -> Words:
    """Return words of one piece each, in paragraphs of a hundred; Q and q stand in quotation marks."""
    numbers = np.arange(len(tags) + 1, dtype=np.int32)
    blank = np.zeros(len(tags), np.int32)
    quotes = np.array([tag in "Qq" for tag in tags], np.int32)
    return Words(numbers[:-1], numbers[1:], blank, numbers, blank, quotes, numbers[:-1] // 100)


ROLE_TAGS = {"o": 0, "S": 1, "s": 2, "C": 3, "c": 4, "T": 5, "t": 6, "Q": 5, "q": 6}


def read(tags: str) -> list[tuple[list[tuple[int, int]], tuple[int, int] | None, tuple[int, int] | None]]:
    """Find attributions in words tagged S(ource), C(ue) and conten(T), small letters inside a span."""
    states = np.array([[9.0 * (ROLE_TAGS[tag] == i) for i in range(7)] for tag in tags], np.float32).reshape(
        -1, 7
    )
    links = find_attributions(_make_heads(), states, _lay_out(tags))
    return [(list(found.contents), found.cue, found.source) for found in links.attributions]


def test_a_content_takes_its_cue_and_the_cue_its_source() -> None:
    assert read("TttoSsCo") == [([(0, 3)], (6, 7), (4, 6))]


def test_pieces_of_a_content_that_share_a_cue_are_one_attribution() -> None:
    assert read("TtoSCoTt") == [([(0, 2), (6, 8)], (4, 5), (3, 4))]


def test_two_cues_can_share_a_source() -> None:
    assert read("SCTtoCTt") == [([(2, 4)], (1, 2), (0, 1)), ([(6, 8)], (5, 6), (0, 1))]


def test_a_content_without_a_cue_stands_alone_and_a_cue_without_a_source_has_none() -> None:
    assert read("oTto") == [([(1, 3)], None, None)]
    assert read("CTt") == [([(1, 3)], (0, 1), None)]


def test_a_cue_in_another_window_is_no_partner() -> None:
    assert read("C" + "o" * 300 + "T") == [([(301, 302)], None, None)]


def test_only_a_quotation_has_its_cue_in_another_paragraph() -> None:
    text = "o" * 98 + "CoooT"
    assert read(text) == [([(102, 103)], None, None)]
    assert read(text.replace("T", "Q")) == [([(102, 103)], (98, 99), None)]


def test_a_content_whose_cue_was_missed_takes_its_source_itself_and_no_other_cue() -> None:
    assert read("SCTt" + "o" * 35 + "STt") == [([(2, 4)], (1, 2), (0, 1)), ([(40, 42)], None, (39, 40))]


@given(st.text("oSsCcTtQq", max_size=40))
def test_parts_lie_in_the_text_and_hold_no_word_twice(tags: str) -> None:
    for contents, cue, source in read(tags):
        spans = sorted([*contents, *([cue] if cue else []), *([source] if source else [])])
        edges = [edge for span in spans for edge in span]
        assert edges == sorted(edges)
        assert all(0 <= start < end <= len(tags) for start, end in spans)


def test_every_content_of_a_long_article_is_linked() -> None:
    assert len(read("SCTo" * 5_000)) == 5_000


def test_a_sentence_without_end_is_cut() -> None:
    starts = find_sentence_starts(_make_heads(), np.zeros((450, 7), np.float32))
    assert starts == [0, 200, 400]
    assert find_sentence_starts(_make_heads(), np.zeros((3, 7), np.float32), [False, False, True]) == [0, 2]


def test_distances_are_signed_and_grow_in_steps() -> None:
    left = np.array([[10, 12]], np.int32)
    right = np.array([[12, 13], [13, 14], [8, 10], [0, 2], [100, 101], [11, 12]], np.int32)
    assert bucket_distances(left, right).tolist() == [[12, 13, 10, 5, 21, 11]]


def test_log_probabilities_sum_to_one() -> None:
    assert np.exp(log_softmax(np.array([[1.0, 2.0, 900.0]], np.float32))).sum() == pytest.approx(1)
