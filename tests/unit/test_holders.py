"""Who states a figure: the innermost attribution whose content holds it, or the article itself."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from pipelines.text.attributions import Attribution
from pipelines.text.figures import Figure
from pipelines.text.holders import find_holders

TEXT = "w" * 200  # no words that tell of an aside


def figure(start: int, end: int) -> Figure:
    return Figure(start, end, 1.0, 1.0, None, None, None, "count", None, None, None, None, 0.9)


def attribution(*content: tuple[int, int]) -> Attribution:
    return Attribution(content, None, None, None, None, "indirect", (), None, "statement", False, 0.9)


def test_the_inner_speaker_has_the_figure():
    outer, inner = attribution((0, 100)), attribution((20, 60))
    assert find_holders(TEXT, [figure(5, 7), figure(30, 32), figure(70, 72)], [outer, inner]) == [0, 1, 0]


def test_a_figure_outside_every_content_is_the_article_s_own():
    assert find_holders(TEXT, [figure(30, 40)], [attribution((0, 35)), attribution((41, 50))]) == [None]


def test_a_content_in_pieces_holds_what_lies_in_a_piece():
    figures = [figure(3, 5), figure(12, 14), figure(22, 24)]
    assert find_holders(TEXT, figures, [attribution((0, 10), (20, 30))]) == [0, None, 0]


def hold(
    text: str, number: str, content: str, cue: str = "said", *, quoted: str = "", kind: str = "duration"
) -> bool:
    """Whether `number` is the speaker's, `content` being attributed to him by `cue`."""

    def place(part: str) -> tuple[int, int]:
        return text.index(part), text.index(part) + len(part)

    found = attribution(place(content))
    found = replace(found, cue=place(cue), quoted=(place(quoted),) if quoted else ())
    figures = [replace(figure(*place(number)), figure_type=kind)]
    return find_holders(text, figures, [found]) == [0]


def test_an_aside_is_the_reporter_s():
    content = "the call, which lasted 50 minutes, was fruitful and that 9 more were due"
    assert not hold(f"Ruiz said {content}.", "50", content)
    assert hold(f"Ruiz said {content}.", "9", content)


def test_what_is_known_already_is_the_reporter_s():
    text = "Ruiz described Monday’s two-hour call after a three-hour flight."
    assert not hold(text, "two-hour", "Monday’s two-hour call", "described")
    text = "Ruiz asked for the call, the second this month."
    assert not hold(text, "second", "the call, the second this month", "asked for", kind="ordinal")
    assert hold("Ruiz described a two-hour call.", "two-hour", "a two-hour call", "described")


def test_a_speaker_answers_for_what_is_quoted_and_for_a_whole_sentence():
    quoted = "the call, which lasted 50 minutes, was fruitful"
    assert hold(f"Ruiz said “{quoted}”.", "50", quoted, quoted=quoted)
    assert hold("The 50-minute call was fruitful, Ruiz said.", "50-minute", "The 50-minute call was fruitful")


def test_an_infinitive_ends_before_and_that():
    text = "Ruiz said he agreed to wait and that 300 would leave."
    outer = attribution((text.index("he agreed"), len(text) - 1))
    inner = attribution((text.index("wait"), len(text) - 1))
    at = text.index("300")
    assert find_holders(text, [figure(at, at + 3)], [outer, inner]) == [0]


@given(
    st.lists(st.tuples(st.integers(0, 60), st.integers(1, 30)), max_size=12),
    st.lists(st.integers(0, 90), unique=True, max_size=12).map(sorted),
)
def test_it_is_the_shortest_content_around_the_figure(contents, starts):
    attributions = [attribution((start, start + length)) for start, length in contents]
    figures = [figure(start, start + 1) for start in starts]
    for found, holder in zip(figures, find_holders(TEXT, figures, attributions), strict=True):
        lengths = [n for start, n in contents if start <= found.start and found.end <= start + n]
        assert (holder is None) == (not lengths)
        if holder is not None:
            assert contents[holder][1] == min(lengths)
