"""Group things by how alike pairs of them are: articles into stories, renderings into statements.

"Putin warns Biden", "Biden warns Putin" and "Leaders talk for 50 minutes" are one group if, on average over
its three pairs, they are alike enough. One likely pair does not chain two groups into one: average linkage,
from the best pair down, a pair that is not given counting as 0. Equally good merges go by their members, so
the groups do not depend on the order of the pairs, and a pair changes no group outside its own component.
"""

from collections.abc import Iterable, Iterator, Mapping
from heapq import heapify, heappop, heappush
from math import inf
from typing import Any, TypeVar

Thing = TypeVar("Thing", bound=Any)  # hashable and sortable: an id, a number
Rank = tuple[float, int, int, int, int]  # smallest is best: minus the average, first members, the two groups

UNIT = 1_000_000  # weights are added up as whole millionths: no order of adding gives another sum


def find_groups(
    pairs: Iterable[tuple[Thing, Thing, float]],
    threshold: float,
    places: Mapping[Thing, float] | None = None,
    widest: float = inf,
) -> list[list[Thing]]:
    """Return the groups of all things in `pairs`, also of those that stay alone; groups and members in order.

    Each pair comes once, with a weight up to 1; a negative weight keeps two things apart. Groups join while
    the average weight between them is at least `threshold`, which is above 0. A group spans at most `widest`
    between the `places` of its members, such as days; one without a place may stand anywhere.
    """
    pairs = list(pairs)
    things = sorted({thing for one, other, _ in pairs for thing in (one, other)})
    groups = _Groups(things, pairs, places or {})
    waiting = [rank for rank in groups.rank_all() if -rank[0] >= threshold]
    heapify(waiting)
    while waiting:
        rank = heappop(waiting)
        *_, one, other = rank
        if not groups.are_linked(one, other):  # one of them has been joined to a third
            continue
        if (now := groups.rank(one, other)) != rank:  # one has grown, by members less like the other
            if -now[0] >= threshold:
                heappush(waiting, now)
        elif groups.find_width(one, other) > widest:  # and growing, they would only span more
            groups.part(one, other)
        else:
            for better in groups.join(one, other):
                if -better[0] >= threshold:
                    heappush(waiting, better)
    return sorted([things[number] for number in sorted(members)] for members in groups.members.values())


class _Groups:
    """Groups of numbered things, each called by the number of one of its members, and what links them.

    A rank noted earlier is never worse than the true one: a group's average with one that it was linked to
    falls as it takes in members, unless they are linked to that one too; then `join` returns the new rank.
    So the best rank noted, if it is still true, is the best of all.
    """

    def __init__(
        self, things: list[Thing], pairs: list[tuple[Thing, Thing, float]], places: Mapping[Thing, float]
    ) -> None:
        numbers = {thing: number for number, thing in enumerate(things)}
        self.members = {number: [number] for number in range(len(things))}
        self.first = list(range(len(things)))
        self.low = [places.get(thing, inf) for thing in things]
        self.high = [places.get(thing, -inf) for thing in things]
        self.links: list[dict[int, int]] = [{} for _ in things]  # to each other group: sum of the weights
        for one, other, weight in pairs:
            self._link(numbers[one], numbers[other], round(weight * UNIT))

    def _link(self, one: int, other: int, weight: int) -> None:
        self.links[one][other] = self.links[other][one] = weight

    def rank(self, one: int, other: int) -> Rank:
        """Return how early two linked groups are to be joined."""
        if self.first[other] < self.first[one]:
            one, other = other, one
        pairs = len(self.members[one]) * len(self.members[other])
        return -self.links[one][other] / (pairs * UNIT), self.first[one], self.first[other], one, other

    def rank_all(self) -> Iterator[Rank]:
        """Yield the rank of every two linked groups."""
        for one, links in enumerate(self.links):
            yield from (self.rank(one, other) for other in links if one < other)

    def are_linked(self, one: int, other: int) -> bool:
        """Tell whether both groups are still there, with a weight between them."""
        return other in self.links[one]

    def find_width(self, one: int, other: int) -> float:
        """Return how far the two together would span."""
        return max(self.high[one], self.high[other]) - min(self.low[one], self.low[other])

    def part(self, one: int, other: int) -> None:
        """Forget that two groups are alike."""
        del self.links[one][other], self.links[other][one]

    def join(self, one: int, other: int) -> list[Rank]:
        """Make two groups one; return the ranks that may have become better."""
        if len(self.links[one]) < len(self.links[other]):  # a link is moved to a larger dict: log n times
            one, other = other, one
        self.part(one, other)
        self.members[one] += self.members.pop(other)
        self.first[one] = min(self.first[one], self.first[other])
        self.low[one] = min(self.low[one], self.low[other])
        self.high[one] = max(self.high[one], self.high[other])
        moved, self.links[other] = self.links[other], {}
        for third, weight in moved.items():
            del self.links[third][other]
            self._link(one, third, self.links[one].get(third, 0) + weight)
        return [self.rank(one, third) for third in moved]
