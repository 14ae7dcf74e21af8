"""Who states a figure: the innermost attribution whose content holds it."""

from hypothesis import given
from hypothesis import strategies as st

from pipelines.extraction import find_holders
from pipelines.text.attributions import Attribution
from pipelines.text.figures import Figure


def figure(start: int, end: int) -> Figure:
    return Figure(start, end, 1.0, 1.0, None, None, "count", None, 0.9)


def attribution(*content: tuple[int, int]) -> Attribution:
    return Attribution(content, None, None, None, None, "indirect", (), None, "statement", False, 0.9)


def test_the_inner_speaker_has_the_figure():
    outer, inner = attribution((0, 100)), attribution((20, 60))
    assert find_holders([figure(5, 7), figure(30, 32), figure(70, 72)], [outer, inner]) == [0, 1, 0]


def test_a_figure_outside_every_content_is_the_article_s_own():
    assert find_holders([figure(30, 40)], [attribution((0, 35)), attribution((41, 50))]) == [None]


def test_a_content_in_pieces_holds_what_lies_in_a_piece():
    assert find_holders([figure(3, 5), figure(12, 14), figure(22, 24)], [attribution((0, 10), (20, 30))]) == [
        0, None, 0,
    ]  # fmt: skip


@given(
    st.lists(st.tuples(st.integers(0, 60), st.integers(1, 30)), max_size=12),
    st.lists(st.integers(0, 90), unique=True, max_size=12).map(sorted),
)
def test_it_is_the_shortest_content_around_the_figure(contents, starts):
    attributions = [attribution((start, start + length)) for start, length in contents]
    figures = [figure(start, start + 1) for start in starts]
    for found, holder in zip(figures, find_holders(figures, attributions), strict=True):
        lengths = [n for start, n in contents if start <= found.start and found.end <= start + n]
        assert (holder is None) == (not lengths)
        if holder is not None:
            assert contents[holder][1] == min(lengths)
