"""Decide from scores: spans from tags, attributions from links, trees from arcs.

"Taxes will fall, Marin told reporters." The cue is the centre of an attribution: each content takes its best
cue, each cue its best source or none, so that one source can serve several cues. Spans are in words, end exclusive.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from pipelines.language.heads import Floats, Heads, log_softmax
from pipelines.language.windows import Integers

Span = tuple[int, int]
ROLES = ("source", "cue", "content")
ENTITY_TYPES = ("person", "organization", "place", "other")
OUTSIDE_BIAS = -0.3  # on the score of "no role": found by trial, tuned on articles kept from training
NO_SOURCE_BIAS = 0.0
FARTHEST_LINK = 256  # words, about a window
LINKED_TOGETHER = 64  # spans


@dataclass(frozen=True, slots=True)
class Linked:
    """An attribution in words, and what the model gave each decision (log probabilities)."""

    contents: tuple[Span, ...]
    cue: Span | None
    source: Span | None
    evidence: tuple[float, ...]


def find_spans(scores: Floats) -> list[tuple[int, int, int]]:
    """Return the best spans under B/I/O scores: kind, first word, word after the last.

    Scores are columns O, B-0, I-0, B-1, I-1, …; an I needs a B or an I of its kind before it (Viterbi).
    """
    kinds = range((scores.shape[1] - 1) // 2)
    rows = scores.tolist()
    best = 0.0  # score of the best path so far, whatever its end
    inside = [-np.inf for _ in kinds]  # scores of the best paths that end inside a span of a kind
    last = -1  # the kind the best path ends in; -1 outside
    steps: list[tuple[int, list[bool]]] = []  # per word: where the best path before it ends; which kinds begin
    for row in rows:
        came_from = last
        begins = []
        outside = best + row[0]
        top, last = outside, -1
        for kind in kinds:
            begin = best + row[2 * kind + 1]
            stay = inside[kind] + row[2 * kind + 2]
            begins.append(begin >= stay)
            inside[kind] = begin if begin >= stay else stay
            if inside[kind] > top:
                top, last = inside[kind], kind
        best = top
        steps.append((came_from, begins))
    spans = []
    end, kind = len(rows), last
    for i in range(len(rows) - 1, -1, -1):
        came_from, begins = steps[i]
        if kind == -1:
            kind, end = came_from, i
        elif begins[kind]:
            spans.append((kind, i, end))
            kind, end = came_from, i
    return spans[::-1]


def find_attributions(
    heads: Heads, states: Floats, outside_bias: float = OUTSIDE_BIAS, no_source_bias: float = NO_SOURCE_BIAS
) -> tuple[list[Linked], dict[str, list[Span]]]:
    """Return the attributions in the order of their contents, and all spans of each role."""
    scores = log_softmax(heads.score_words("roles", states))
    biased = scores.copy()
    biased[:, 0] += outside_bias
    spans: dict[str, list[Span]] = {role: [] for role in ROLES}
    for kind, start, end in find_spans(biased):
        spans[ROLES[kind]].append((start, end))
    contents, cues, sources = (np.array(spans[role], np.int32).reshape(-1, 2) for role in ("content", "cue", "source"))
    sure = {span: _sure(scores, span, ROLES.index(role)) for role in ROLES for span in spans[role]}
    cue_of = _pick(heads, "content_to_cue", states, contents, cues, None)
    none = heads.score_no_source(states, cues) + no_source_bias
    source_of = _pick(heads, "cue_to_source", states, cues, sources, none)
    its_contents: dict[int, list[int]] = {}
    found = []
    for content, (cue, _) in enumerate(cue_of):
        if cue == -1:
            found.append(Linked((spans["content"][content],), None, None, (sure[spans["content"][content]], 0, 0, 0, 0)))
        else:
            its_contents.setdefault(cue, []).append(content)
    for cue, members in its_contents.items():
        source, source_chance = source_of[cue]
        parts = tuple(spans["content"][i] for i in members)
        evidence = (
            min(sure[part] for part in parts),
            sure[spans["cue"][cue]],
            min(cue_of[i][1] for i in members),
            sure[spans["source"][source]] if source != -1 else 0.0,
            source_chance,
        )
        found.append(Linked(parts, spans["cue"][cue], spans["source"][source] if source != -1 else None, evidence))
    return sorted(found, key=lambda linked: linked.contents), spans


def _sure(scores: Floats, span: Span, kind: int) -> float:
    """Return the mean log probability of the tags of a span."""
    start, end = span
    inner = float(scores[start + 1 : end, 2 * kind + 2].sum())
    return (float(scores[start, 2 * kind + 1]) + inner) / (end - start)


def _pick(
    heads: Heads, link: str, states: Floats, left: Integers, right: Integers, none: Floats | None
) -> list[tuple[int, float]]:
    """Return for each left span its best right one, -1 for none, and the log probability of that choice."""
    picked: list[tuple[int, float]] = []
    for i in range(0, len(left), LINKED_TOGETHER):
        some = left[i : i + LINKED_TOGETHER]
        low = int(np.searchsorted(right[:, 1], some[0, 0] - FARTHEST_LINK))
        high = int(np.searchsorted(right[:, 0], some[-1, 1] + FARTHEST_LINK))
        scores = heads.score_links(link, states, some, right[low:high])
        gaps = np.maximum(right[None, low:high, 0] - some[:, None, 1], some[:, None, 0] - right[None, low:high, 1])
        scores = np.where(gaps > FARTHEST_LINK, -1e4, scores)
        if none is not None:
            scores = np.concatenate((scores, none[i : i + LINKED_TOGETHER]), 1)
        if not scores.shape[1]:
            picked += [(-1, 0.0)] * len(some)
            continue
        chances = log_softmax(scores)
        for row, best in enumerate(scores.argmax(1).tolist()):
            is_none = best == high - low or scores[row, best] <= -1e4
            picked.append((-1 if is_none else low + best, float(chances[row, best])))
    return picked


def find_tree(scores: Floats) -> list[int]:
    """Return the head of each word of a sentence under arc scores: one root, which heads itself, no cycle."""
    count = len(scores)
    roots = np.diagonal(scores)
    others = scores.copy()
    np.fill_diagonal(others, -np.inf)
    best_other = others.max(1) if count > 1 else np.full(count, -np.inf)
    root = int(np.argmax(roots - np.where(np.isfinite(best_other), best_other, 0)))
    others[root] = -np.inf
    others[root, root] = 0
    heads = others.argmax(1)
    return _break_cycles(others, root, heads.tolist())


def _find_cycle(heads: Sequence[int], root: int) -> list[int]:
    """Return the words of a cycle that does not hold the root, or none."""
    seen = [0] * len(heads)
    seen[root] = -1
    for start in range(len(heads)):
        word = start
        while not seen[word]:
            seen[word] = start + 1
            word = heads[word]
        if seen[word] == start + 1:
            cycle = [word]
            while heads[cycle[-1]] != word:
                cycle.append(heads[cycle[-1]])
            return cycle
    return []


def _break_cycles(scores: Floats, root: int, heads: list[int]) -> list[int]:
    """Turn best heads into the best tree (Chu, Liu and Edmonds), a cycle contracted to one word at a time."""
    cycle = _find_cycle(heads, root)
    if not cycle:
        return heads
    count = len(heads)
    rest = [i for i in range(count) if i not in set(cycle)]
    kept = scores[cycle, [heads[i] for i in cycle]]
    small = np.full((len(rest) + 1, len(rest) + 1), -np.inf, np.float32)
    small[:-1, :-1] = scores[np.ix_(rest, rest)]
    into = scores[np.ix_(cycle, rest)] - kept[:, None]  # a word of the cycle takes a head outside of it
    small[-1, :-1] = into.max(0)
    out = scores[np.ix_(rest, cycle)]
    small[:-1, -1] = out.max(1)
    entered, left = into.argmax(0), out.argmax(1)
    small_root = rest.index(root)
    small[small_root] = -np.inf
    small[small_root, small_root] = 0
    small_heads = _break_cycles(small, small_root, small.argmax(1).tolist())
    result = list(heads)
    for i, word in enumerate(rest):
        head = small_heads[i]
        result[word] = cycle[left[i]] if head == len(rest) else rest[head]
    outer = small_heads[-1]
    result[cycle[entered[outer]]] = rest[outer]
    return result
