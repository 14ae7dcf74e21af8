"""Groups are of things that are alike on average, whatever order the pairs come in."""

import random
import time
from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from pipelines.text.clusters import UNIT, find_groups

Pairs = list[tuple[int, int, float]]

PAIRS = st.dictionaries(
    st.tuples(st.integers(0, 9), st.integers(0, 9)).filter(lambda pair: pair[0] < pair[1]),
    st.sampled_from([-1.0, 0.1, 0.4, 0.5, 0.6, 0.75, 0.9, 1.0]),  # few values, so that many are equal
    max_size=30,
).map(lambda weights: [(one, other, weight) for (one, other), weight in weights.items()])
DAYS = st.dictionaries(st.integers(0, 9), st.integers(0, 20))


def find_groups_slowly(
    pairs: Pairs, threshold: float, places: dict[int, float], widest: float
) -> list[list[int]]:
    """Say what `find_groups` should return: look at every two groups before each merge."""
    weights = {frozenset((one, other)): round(weight * UNIT) for one, other, weight in pairs}
    groups = [[thing] for thing in sorted({thing for one, other, _ in pairs for thing in (one, other)})]

    def average(one: list[int], other: list[int]) -> float:
        total = sum(weights.get(frozenset((a, b)), 0) for a in one for b in other)
        return total / (len(one) * len(other) * UNIT)

    def width(group: list[int]) -> float:
        days = [places[thing] for thing in group if thing in places]
        return max(days) - min(days) if days else 0

    while True:
        ranked = [
            (-average(one, other), one, other)
            for one, other in combinations(groups, 2)
            if average(one, other) >= threshold and width(one + other) <= widest
        ]
        if not ranked:
            return groups
        _, one, other = min(ranked)
        groups = sorted([group for group in groups if group not in (one, other)] + [sorted(one + other)])


def test_three_reports_of_one_call_are_a_group_and_a_report_of_a_match_is_none() -> None:
    pairs = [("call", "talk", 0.8), ("call", "phone", 0.7), ("talk", "phone", 0.6), ("phone", "match", 0.2)]
    assert find_groups(pairs, 0.5) == [["call", "phone", "talk"], ["match"]]


def test_one_likely_pair_does_not_chain_two_groups() -> None:
    pairs = [(1, 2, 0.9), (3, 4, 0.9), (2, 3, 0.8)]
    assert find_groups(pairs, 0.5) == [[1, 2], [3, 4]]


def test_a_pair_that_is_not_given_counts_as_nothing_alike() -> None:
    assert find_groups([(1, 2, 0.9), (2, 3, 0.8)], 0.5) == [[1, 2], [3]]
    assert find_groups([(1, 2, 0.9), (2, 3, 0.8)], 0.4) == [[1, 2, 3]]


def test_a_negative_weight_keeps_two_things_apart() -> None:
    assert find_groups([(1, 2, 0.9), (2, 3, 0.8), (1, 3, -1)], 0.1) == [[1, 2], [3]]


def test_equal_pairs_go_by_their_members() -> None:
    assert find_groups([(2, 3, 0.9), (1, 2, 0.9)], 0.5) == [[1, 2], [3]]


def test_a_group_spans_no_more_days_than_it_may() -> None:
    pairs = [(1, 2, 0.9), (2, 3, 0.8), (1, 3, 0.8)]
    assert find_groups(pairs, 0.5, {1: 0, 2: 3, 3: 6}, widest=3) == [[1, 2], [3]]


def test_a_thing_without_a_place_may_stand_anywhere() -> None:
    pairs = [(1, 2, 0.9), (2, 3, 0.8), (1, 3, 0.8)]
    assert find_groups(pairs, 0.5, {1: 0}, widest=3) == [[1, 2, 3]]


def test_nothing_has_no_groups() -> None:
    assert find_groups([], 0.5) == []


@given(PAIRS, st.sampled_from([0.05, 0.3, 0.5]), DAYS)
def test_groups_are_those_of_the_plain_definition(pairs: Pairs, threshold: float, days: dict) -> None:
    assert find_groups(pairs, threshold, days, 7) == find_groups_slowly(pairs, threshold, days, 7)


@given(PAIRS, DAYS, st.randoms(use_true_random=False))
def test_no_order_of_the_pairs_changes_a_group(pairs: Pairs, days: dict, chance: random.Random) -> None:
    shuffled = [(one, other, w) if chance.random() < 0.5 else (other, one, w) for one, other, w in pairs]
    chance.shuffle(shuffled)
    assert find_groups(shuffled, 0.3, days, 7) == find_groups(pairs, 0.3, days, 7)


@given(PAIRS, PAIRS)
def test_pairs_change_only_groups_of_their_own_component(pairs: Pairs, others: Pairs) -> None:
    elsewhere = [(one + 100, other + 100, weight) for one, other, weight in others]
    assert find_groups(pairs + elsewhere, 0.3) == find_groups(pairs, 0.3) + find_groups(elsewhere, 0.3)


def test_many_pairs_take_little_time() -> None:
    chance = random.Random(7)
    hub = [(0, thing, 0.9) for thing in range(1, 20_000)]
    crowd = [(one, other, chance.random()) for one, other in combinations(range(20_000, 20_300), 2)]
    started = time.monotonic()
    find_groups(hub + crowd, 0.4)
    assert time.monotonic() - started < 5  # a second or so; a quadratic way takes minutes
