"""An attribution is right when half of its content and its source are."""

from collections import Counter

from pipelines.training.corpora import Relation
from pipelines.training.scoring import find_interval, score_article, summarize, touch

TEXT = "The mayor of Turku said 40 trams will run. “Soon,” he added."
#       0   4     10 13    19   24 27    33   38   43
MAYOR, SAID, TRAMS, SOON, HE, ADDED = (0, 18), (19, 23), (24, 41), (43, 50), (51, 53), (54, 59)
GOLD = [Relation((MAYOR,), (SAID,), (TRAMS,)), Relation((HE,), (ADDED,), (SOON,))]


def score(*predicted: Relation) -> dict[str, float]:
    return summarize(score_article(TEXT, GOLD, predicted)[0])


def test_gold_scores_one() -> None:
    assert set(score(*GOLD).values()) == {1.0}


def test_half_of_the_content_is_enough_and_less_is_not() -> None:
    second = GOLD[1]
    assert (
        score(Relation((MAYOR,), (SAID,), ((24, 32),)), second)["relation all"] == 1
    )  # 40 trams, of four words
    assert score(Relation((MAYOR,), (SAID,), ((24, 26),)), second)["relation all"] == 0.5
    assert (
        score(Relation((MAYOR,), (SAID,), ((0, 41),)), second)["relation all"] == 0.5
    )  # more than half too much


def test_sources_share_a_telling_word() -> None:
    assert score(Relation(((4, 9),), (SAID,), (TRAMS,)), GOLD[1])["relation all"] == 1
    assert score(Relation(((0, 3),), (SAID,), (TRAMS,)), GOLD[1])["relation all"] == 0.5  # only "The"
    assert score(Relation((), (SAID,), (TRAMS,)), GOLD[1])["relation all"] == 0.5


def test_direct_and_indirect_are_told_by_the_marks() -> None:
    scores = score(GOLD[1])
    assert (scores["relation direct"], scores["relation indirect"]) == (1, 0)


def test_a_figure_is_right_with_its_source() -> None:
    assert score(GOLD[0])["figure"] == 1
    assert score(Relation((HE,), (SAID,), (TRAMS,)))["figure"] == 0


def test_each_prediction_is_told_whether_it_is_right() -> None:
    wrong = Relation((HE,), (SAID,), (TRAMS,))
    assert score_article(TEXT, GOLD, [GOLD[1], wrong])[1] == [True, False]


def test_words_are_runs_of_letters_and_digits() -> None:
    assert touch([(0, 3), (4, 9)], [(2, 4)]) == {(0, 3)}


def test_an_interval_holds_what_was_measured() -> None:
    counts = [Counter(right=right, gold=10) for right in (2, 5, 6, 9, 4, 7)]
    low, high = find_interval(counts, lambda count: count["right"] / count["gold"])
    assert low < 33 / 60 < high
    assert find_interval(counts, lambda count: count["right"] / count["gold"]) == (low, high)
