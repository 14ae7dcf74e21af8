"""Decide from scores: spans from tags, attributions from links, trees from arcs.

"Taxes will fall, Marin told reporters." The cue is the centre of an attribution: each content takes its best
cue or none, each cue its best source or none, so that one source can serve several cues. A content whose cue
was missed stands alone and takes its source itself. Spans are in words, end exclusive.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pipelines.language.heads import Floats, Heads, log_softmax
from pipelines.language.windows import WINDOW, Integers, Words, number_windows

Span = tuple[int, int]
ROLES = ("source", "cue", "content")
ENTITY_TYPES = ("person", "organization", "place", "other")
OUTSIDE_BIAS = -0.6  # on the score of "no role": rather one span too many, for confidence sorts them out
LEAST_CONFIDENCE = (
    0.3  # half of the F1 reached is where leaving out pays; tuned on articles kept from training
)
ELSEWHERE = -1e4  # score of a partner in another window
EVIDENCE = 19  # numbers
SMALL = 1e-6  # keeps a logarithm finite
LINKED_TOGETHER = 64  # spans
LONGEST_SENTENCE = 200  # words; longer ones are lists or lack their stops


@dataclass(frozen=True, slots=True)
class Linked:
    """An attribution in words."""

    contents: tuple[Span, ...]
    cue: Span | None
    source: Span | None
    evidence: tuple[float, ...]  # what `rate` weighs
    confidence: float


@dataclass(frozen=True, slots=True)
class _Stretches:
    """The window and the paragraph of each word, and its place in quotation marks.

    Spans link only within a window, as in training: with candidates from elsewhere 90% of the contents found
    their cue, with those of the window 98%. Outside quotation marks they link only within a paragraph: on the
    tuning articles relation F1 0.755 → 0.758.
    """

    windows: Integers
    paragraphs: Integers
    quotes: Integers

    def can_link(self, left: Integers, right: Integers) -> NDArray[np.bool_]:
        """Tell for each left span, and in it for each right one, whether the two may link."""
        one, other = left[:, 0], right[:, 0]
        same_window = self.windows[one][:, None] == self.windows[other]
        same_paragraph = self.paragraphs[one][:, None] == self.paragraphs[other]
        is_quoted = np.array([self.quotes[start:end].any() for start, end in left], bool)
        allowed: NDArray[np.bool_] = same_window & (same_paragraph | is_quoted[:, None])
        return allowed


@dataclass(frozen=True, slots=True)
class Links:
    """The attributions of an article in the order of their contents, and all spans of each role."""

    attributions: list[Linked]
    spans: dict[str, list[Span]]


def find_spans(scores: Floats) -> list[tuple[int, int, int]]:
    """Return the best spans under B/I/O scores: kind, first word, word after the last.

    Scores are columns O, B-0, I-0, B-1, I-1, …; an I needs a B or an I of its kind before it (Viterbi).
    """
    kinds = range((scores.shape[1] - 1) // 2)
    rows = scores.tolist()
    best = 0.0  # score of the best path so far, whatever its end
    inside = [-np.inf for _ in kinds]  # scores of the best paths that end inside a span of a kind
    last = -1  # the kind the best path ends in; -1 outside
    steps: list[
        tuple[int, list[bool]]
    ] = []  # per word: where the best path before it ends; which kinds begin
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
    heads: Heads,
    states: Floats,
    words: Words,
    *,
    outside_bias: float = OUTSIDE_BIAS,
    least_confidence: float = LEAST_CONFIDENCE,
) -> Links:
    """Return the attributions of an article from its words and their states."""
    scores = log_softmax(heads.score_words("roles", states))
    biased = scores.copy()
    biased[:, 0] += outside_bias
    spans: dict[str, list[Span]] = {role: [] for role in ROLES}
    for kind, start, end in find_spans(biased):
        spans[ROLES[kind]].append((start, end))
    sources, cues, contents = (np.array(spans[role], np.int32).reshape(-1, 2) for role in ROLES)
    article = (states, _Stretches(number_windows(words), words.paragraphs, words.quotes))
    cue_of = _pick(heads, ("content_to_cue", "no_cue"), article, (contents, cues))
    source_of_cue = _pick(heads, ("cue_to_source", "no_source"), article, (cues, sources))
    alone = [i for i, (cue, _) in enumerate(cue_of) if cue == -1]
    own_sources = _pick(
        heads, ("content_to_source", "no_source_of_content"), article, (contents[alone], sources)
    )
    source_of_content = dict(zip(alone, own_sources, strict=True))
    members: dict[int, list[int]] = {}
    for content, (cue, _) in enumerate(cue_of):
        members.setdefault(cue if cue != -1 else -1 - content, []).append(content)
    found = []
    for cue, its_contents in members.items():
        parts = tuple(spans["content"][i] for i in its_contents)
        source, source_chance = source_of_cue[cue] if cue >= 0 else source_of_content[its_contents[0]]
        its_cue = spans["cue"][cue] if cue >= 0 else None
        its_source = spans["source"][source] if source >= 0 else None
        evidence = (
            *_weigh(scores, [its_source] if its_source else [], "source"),
            *_weigh(scores, [its_cue] if its_cue else [], "cue"),
            *_weigh(scores, parts, "content"),
            min(cue_of[i][1] for i in its_contents),
            source_chance,
            float(its_source is not None),
            float(its_cue is not None),
            float(np.mean([words.quotes[start:end].any() for start, end in parts])),
            float(np.log(sum(end - start for start, end in parts))),
            float(len(parts)),
        )
        confidence = heads.rate(evidence)
        if confidence >= least_confidence:
            found.append(Linked(parts, its_cue, its_source, evidence, confidence))
    return Links(sorted(found, key=lambda linked: linked.contents), spans)


def _weigh(scores: Floats, spans: Sequence[Span], role: str) -> list[float]:
    """Return how sure the tags of spans are, at worst: begin, inside, end, mean (log probabilities)."""
    begin = 2 * ROLES.index(role) + 1
    found = []
    for start, end in spans:
        first = float(scores[start, begin])
        inner = scores[start + 1 : end, begin + 1]
        goes_on = float(np.exp(scores[end, begin + 1])) if end < len(scores) else 0.0
        weakest = float(inner.min()) if len(inner) else 0.0
        mean = (first + float(inner.sum())) / (end - start)
        found.append((first, weakest, float(np.log1p(SMALL - goes_on)), mean))
    return [min(values) for values in zip(*found, strict=True)] or [0.0] * 4


def _pick(
    heads: Heads,
    link: tuple[str, str],
    article: tuple[Floats, _Stretches],
    pair: tuple[Integers, Integers],
) -> list[tuple[int, float]]:
    """Return for each left span its best right one, -1 for none, and the log probability of that choice.

    `link` names the heads that score partners and "no partner"; `article` is the states of its words and the
    stretches within which they link.
    """
    partner, none = link
    states, stretches = article
    left, right = pair
    picked: list[tuple[int, float]] = []
    for i in range(0, len(left), LINKED_TOGETHER):
        some = left[i : i + LINKED_TOGETHER]
        low = int(np.searchsorted(right[:, 1], some[0, 0] - WINDOW))
        high = int(np.searchsorted(right[:, 0], some[-1, 1] + WINDOW))
        scores = heads.score_links(partner, states, some, right[low:high])
        scores = np.where(stretches.can_link(some, right[low:high]), scores, ELSEWHERE)
        chances = log_softmax(np.concatenate((scores, heads.score_none(none, states, some)), 1))
        for row, best in enumerate(chances.argmax(1).tolist()):
            picked.append((-1 if best == high - low else low + best, float(chances[row, best])))
    return picked


def find_sentence_starts(heads: Heads, states: Floats, given: Sequence[bool] | None = None) -> list[int]:
    """Return the words that start a sentence, the first one always: those given, or those the head finds.

    A sentence longer than `LONGEST_SENTENCE` is cut, so that a list without a stop costs no quadratic time.
    """
    if given is None:
        given = (heads.score_words("sentence_starts", states).argmax(1) > 0).tolist()
    starts: list[int] = []
    for word, is_start in enumerate(given):
        if is_start or not starts or word - starts[-1] >= LONGEST_SENTENCE:
            starts.append(word)
    return starts


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
