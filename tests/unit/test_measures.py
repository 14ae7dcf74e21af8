"""What figures measure, in words that can be compared."""

import pytest

from pipelines.lists import read_list
from pipelines.text.figure_lexicon import build_figure_lexicon
from pipelines.text.figures import find_figures
from pipelines.text.measures import Measure, parse_measure
from pipelines.text.sentences import Sentence

LEXICON = build_figure_lexicon(read_list)


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("A two-hour phone conversation followed.", "talk"),
        ("The call lasted 50 minutes.", "talk"),
        ("After two hours of talks on the harvest, both left.", "talk"),
        ("They met for three hours.", "meeting"),
        ("The U.S. sent 3,000 troops to Poland.", "american troop near poland"),
        ("The army withdrew 900 soldiers to their usual barracks.", "troop near barrack"),
        ("A group of 12 Peruvian engineers came.", "peruvian engineer"),
        ("Hail killed 40 sheep and 12 people died.", "dead sheep"),
        ("The death toll rose to 45.", "dead person"),
        ("Some 300 pupils of the school stayed.", "pupil of school"),
        ("The jobless rate was 5.2% year on year.", "jobless rate"),
        ("Miners got a 5 percent pay rise.", "rise in pay"),
        ("He owes a fine of $5,000.", "fine"),
        ("An 18-hole golf course opened.", "hole of golf course"),
        ("A lot of mistakes were made in the past 30 years.", "mistake"),
        ("About 100 Americans sailed.", "american"),
        ("The two sides met.", None),
        ("She has one goat.", None),
        ("The well was dug 20 years ago.", None),
    ],
)
def test_phrase(text: str, phrase: str | None) -> None:
    figure, *_ = find_figures(text, [Sentence(0, len(text), 0)], LEXICON)
    assert figure.measured_as == phrase


@pytest.mark.parametrize(
    "measure",
    [
        Measure((), "talk"),
        Measure(("russian",), "troop", "near", "north korea"),
        Measure((), "share", "of", "rural voter in ohio"),
    ],
)
def test_a_phrase_is_read_as_it_was_written(measure: Measure) -> None:
    assert parse_measure(str(measure)) == measure
