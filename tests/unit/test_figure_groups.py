"""Which figures measure the same thing."""

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from pipelines.lists import read_list
from pipelines.text.figure_groups import Measured, group_measured

CLASSES = {row["kind"]: row["class"] for row in read_list("measured_kinds")}


def figure(
    name: str,
    phrase: str,
    value: float,
    dimension: str = "count",
    *,
    story: str = "s",
    high: float | None = None,
) -> Measured:
    return Measured(name.encode(), story.encode(), name.encode(), dimension, phrase, value, high or value)


def group(*figures: Measured) -> list[str]:
    return [" ".join(f.figure_id.decode() for f in found) for found in group_measured(figures, CLASSES)]


def test_phrases_with_a_word_in_common_join_across_stories_whatever_their_value() -> None:
    a = figure("a", "russian troop near ukraine", 70_000)
    b = figure("b", "russian troop near ukraine", 100_000, story="t")
    c = figure("c", "troop near ukraine", 94_000)
    assert group(a, b, c) == ["a b c"]


def test_another_nation_or_place_keeps_them_apart() -> None:
    a = figure("a", "russian troop near ukraine", 9000)
    b = figure("b", "american troop near ukraine", 9000)
    c = figure("c", "russian troop near barrack", 9000)
    assert group(a, b, c) == []


def test_events_join_whatever_they_are_called_and_units_must_fit() -> None:
    a, b = figure("a", "talk", 7200, "time"), figure("b", "talk", 3000, "time", story="t")
    assert group(a, b, figure("c", "talk", 2)) == ["a b"]


def test_a_bare_noun_needs_one_value_in_one_story() -> None:
    a, b = figure("a", "path", 2), figure("b", "path for putin", 2)
    assert group(a, b) == ["a b"]
    assert group(a, figure("c", "path", 3)) == []
    assert group(a, figure("c", "path", 2, story="t")) == []
    assert group(figure("a", "voter", 163), figure("b", "voter", 100, high=1000)) == []


def test_one_word_joins_values_that_are_near_each_other_in_one_story() -> None:
    a = figure("a", "pledged delegate", 400)
    assert group(a, figure("b", "pledged delegate", 390)) == ["a b"]
    assert group(a, figure("b", "pledged delegate", 20)) == []
    assert group(a, figure("b", "pledged delegate", 390, story="t")) == []


def test_a_share_needs_its_value_for_it_could_be_of_anything() -> None:
    a, b = (
        figure("a", "share of rural voter", 0.6, "share"),
        figure("b", "share of rural voter", 0.4, "share"),
    )
    assert group(a, b) == []
    assert group(a, figure("c", "share of voter", 0.6, "share")) == ["a c"]


def test_victims_are_those_of_one_story() -> None:
    a, b = figure("a", "dead person", 12), figure("b", "dead person in lima", 14)
    assert group(a, b) == ["a b"]
    assert group(a, figure("c", "dead person", 90, story="t")) == []


PHRASES = st.sampled_from(
    [
        "troop",
        "russian troop",
        "troop near ukraine",
        "american troop",
        "talk",
        "phone talk",
        "dead person",
        "path",
    ]
)
FIGURES = st.lists(
    st.tuples(PHRASES, st.integers(0, 4), st.sampled_from("st"), st.sampled_from(["count", "time"])),
    max_size=12,
)


@given(FIGURES, st.randoms())
def test_groups_do_not_depend_on_the_order(rows: Sequence[tuple[str, int, str, str]], random) -> None:
    figures = [
        figure(f"{i:02}", phrase, value, dimension, story=story)
        for i, (phrase, value, story, dimension) in enumerate(rows)
    ]
    groups = group(*figures)
    random.shuffle(figures)
    assert group(*figures) == groups
    names = " ".join(groups).split()
    assert len(names) == len(set(names))  # a figure is in one group
