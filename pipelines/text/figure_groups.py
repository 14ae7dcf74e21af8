"""Tell which figures measure the same thing, whatever value they give it.

"70,000 Russian troops near Ukraine" and "100,000 Russian troops near Ukraine" do; 100,000 American troops are
others. Two lengths of "talks" do too, for a topic mostly has one; two numbers of "paths" only if they agree.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations, product

from pipelines.text.clusters import find_groups
from pipelines.text.measures import RISES, SHARE, Measure, parse_measure

_VAGUE = frozenset({SHARE, "other"})  # dimensions


@dataclass(frozen=True, slots=True)
class Measured:
    """A figure as it is compared: its phrase, its dimension, its ends in the base unit of that."""

    figure_id: bytes
    story_id: bytes
    article_id: bytes
    dimension: str  # "time", "USD"; "count" of all that is counted, for the phrase tells what
    phrase: str
    low: float | None
    high: float | None


# Two kinds of figures are joined from `_ALIKE` on, by the average over all that are in a group already. Where
# the phrases share two words beside the head, or a place, or tell of an event, a rate or victims, values may
# differ. One word ("pledged delegates") joins values of one story that are near each other, a bare noun ("two
# paths") those that meet. Checked by eye on PolNeAR train.
_ALIKE = 0.45
_NEAR_VALUE, _SAME_EVENT, _SHARED, _EACH_SHARED = 0.5, 0.6, 0.5, 0.1
_ENOUGH = 2  # words shared, a place counting as two
_WIDEST = 3  # times the smaller value


@dataclass(frozen=True, slots=True)
class _Kind:
    """Figures of one phrase: of victims only those of one story, of a bare one also of one value."""

    modifiers: frozenset[str]
    place: frozenset[str]
    fate: frozenset[str]  # what became of those counted: "dead"
    is_open: bool  # whether its head needs no other words: an event, a rate, victims
    is_vague: bool  # whether it could be of anything: a share of voters, a bare number
    needs_value: bool  # whether what it measures is told by its value too
    by_story: dict[bytes, list[Measured]] = field(default_factory=dict)

    @property
    def figures(self) -> list[Measured]:
        return [figure for figures in self.by_story.values() for figure in figures]


def group_measured(figures: Iterable[Measured], classes: Mapping[str, str]) -> list[list[Measured]]:
    """Return the groups of figures that measure the same thing, those of one figure left out, in order.

    `classes` tells of which heads a topic mostly has one (`event`, `level`), or a story (`fate`).
    """
    buckets: dict[tuple[object, ...], dict[tuple[object, ...], _Kind]] = {}
    for figure in sorted(figures, key=_id_of):
        measure = parse_measure(figure.phrase)
        kind = _make_kind(measure, figure.dimension, classes)
        story = figure.story_id if kind.needs_value or kind.fate else None
        value = (figure.low, figure.high) if kind.needs_value else ()
        bucket = buckets.setdefault((figure.dimension, measure.head, kind.fate), {})
        kind = bucket.setdefault((figure.phrase, story, *value), kind)
        kind.by_story.setdefault(figure.story_id, []).append(figure)
    groups = [group for bucket in buckets.values() for group in _group_kinds(list(bucket.values()))]
    return sorted((group for group in groups if len(group) > 1), key=lambda group: group[0].figure_id)


def _id_of(figure: Measured) -> bytes:
    return figure.figure_id


def _make_kind(measure: Measure, dimension: str, classes: Mapping[str, str]) -> _Kind:
    """Return a kind without figures."""
    modifiers, place = frozenset(measure.modifiers), frozenset(measure.place.split())
    fate = frozenset(word for word in modifiers if classes.get(word) == "fate")
    if measure.head in RISES.values():  # "rise in pay": a rise of what, not where
        modifiers, place = place, frozenset()
    is_open = bool(fate) or classes.get(measure.head) in ("event", "level")
    is_vague = dimension in _VAGUE and not is_open
    is_told = is_open or _count(modifiers - fate, place) >= _ENOUGH
    return _Kind(modifiers - fate, place, fate, is_open, is_vague, is_vague or not is_told)


def _count(modifiers: Collection[str], places: Collection[str]) -> int:
    return len(modifiers) + 2 * len(places)


def _group_kinds(kinds: Sequence[_Kind]) -> Iterator[list[Measured]]:
    """Yield the groups of kinds that have dimension and head in common."""
    pairs = ((one, other, _weigh(kinds[one], kinds[other])) for one, other in _pair_up(kinds))
    groups = find_groups([pair for pair in pairs if pair[2]], _ALIKE)
    alone = set(range(len(kinds))) - {number for group in groups for number in group}
    for group in [*groups, *([number] for number in alone)]:
        yield sorted((figure for number in group for figure in kinds[number].figures), key=_id_of)


def _pair_up(kinds: Sequence[_Kind]) -> list[tuple[int, int]]:
    """Return the pairs that can weigh anything: with a word or a story in common, or open both."""
    having: dict[tuple[str, object], list[int]] = {}
    for number, kind in enumerate(kinds):
        keys: list[tuple[str, object]] = [("story", story) for story in kind.by_story]
        if not kind.needs_value:
            keys += [("modifier", word) for word in kind.modifiers] + [("place", word) for word in kind.place]
        for key in [*keys, *([("open", True)] if kind.is_open and not kind.fate else [])]:
            having.setdefault(key, []).append(number)
    return sorted({pair for numbers in having.values() for pair in combinations(numbers, 2)})


def _weigh(one: _Kind, other: _Kind) -> float:
    """Return how surely two kinds measure the same thing; 0 where a word says that they do not."""
    modifiers, places = one.modifiers & other.modifiers, one.place & other.place
    if (one.modifiers and other.modifiers and not modifiers) or (one.place and other.place and not places):
        return 0.0
    shared = _count(modifiers, places)
    if shared >= _ENOUGH and not (one.needs_value or other.needs_value):
        return min(1.0, _SHARED + _EACH_SHARED * shared)
    stories = one.by_story.keys() & other.by_story.keys()
    if one.is_open and other.is_open and (stories or not one.fate):
        return _SAME_EVENT
    pairs = (pair for story in stories for pair in product(one.by_story[story], other.by_story[story]))
    return (
        _NEAR_VALUE
        if any(_are_near(*pair, needs_meeting=one.is_vague or not shared) for pair in pairs)
        else 0.0
    )


def _are_near(one: Measured, other: Measured, *, needs_meeting: bool) -> bool:
    """Whether two figures can have the same value, or one near it; "at least 12" counts as 12."""
    (low, high), (other_low, other_high) = _ends(one), _ends(other)
    if (low, high) == (other_low, other_high):
        return True
    is_near = max(high, other_high) <= _WIDEST * min(low, other_low)  # not 163 and "hundreds"
    return is_near and (not needs_meeting or (low <= other_high and other_low <= high))


def _ends(figure: Measured) -> tuple[float, float]:
    ends = [end for end in (figure.low, figure.high) if end is not None]
    return ends[0], ends[-1]
