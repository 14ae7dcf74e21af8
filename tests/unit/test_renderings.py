"""Which claims of a story render the same statement; vectors are made by hand."""

import random
import time
from collections.abc import Iterable

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from pipelines.lists import read_list
from pipelines.text.renderings import Claim, Voice, Wording, drop_doubles, find_statements, find_wordings
from pipelines.text.stems import build_word_lexicon

LEXICON = build_word_lexicon(read_list)
MAYOR, AIDE, RIVAL = (Voice(name, "person") for name in (b"mayor", b"aide", b"rival"))
CITY, OFFICIALS, CLERKS = Voice(b"city", "place"), Voice(b"officials", "unnamed"), Voice(b"clerks", "unnamed")

SUBJECTS = {
    "bridge": "the old bridge is no longer safe for lorries",
    "bridge again": "that heavy lorries would be in danger there",
    "school": "pupils will get a warm lunch from May",
    "stadium": "nobody has asked for a larger stadium",
    "water": "the price of water stays as it is this year",
}


def point(subject: str, share: float) -> bytes:
    """Return a direction: `share` of it is the subject's, the rest its own; some of it is in all of them."""
    parts = [np.random.default_rng(list(SUBJECTS).index(subject.removesuffix(" again"))).normal(size=384)]
    parts.append(np.random.default_rng(len(subject) + 50).normal(size=384))
    parts.append(np.random.default_rng(99).normal(size=384))
    mean = parts[0] * share + parts[1] * (1 - share) + parts[2] * 0.6
    return np.rint(mean * 127 / np.linalg.norm(mean)).astype(np.int8).tobytes()


def claim(
    article: str, subject: str, *voices: Voice, text: str = "", parent: str = "", share: float = 0.8
) -> Claim:
    attribution = f"{article} {subject} {'/'.join(v.entity_id.decode() for v in voices)}".encode()
    return Claim(
        article.encode(),
        attribution,
        parent.encode() or None,
        text or SUBJECTS[subject],
        point(subject, share),
        voices,
    )


OTHERS = [claim("a", "school", MAYOR), claim("b", "water", MAYOR), claim("b", "stadium", RIVAL)]


def find(*claims: Claim) -> list[set[tuple[str, str]]]:
    """Return the statements as articles and texts."""
    statements = find_statements([*OTHERS, *claims], LEXICON)
    return [{(a.decode(), w.text) for w in its for a, _ in w.places} for its in statements]


def show(statements: Iterable[Iterable[Wording]]) -> list[list[tuple]]:
    return [[(w.text, w.voices, w.places) for w in its] for its in statements]


def test_renderings_by_one_speaker_are_one_statement() -> None:
    said = claim("a", "bridge", MAYOR), claim("b", "bridge again", MAYOR, AIDE)
    assert find(*said) == [{("a", SUBJECTS["bridge"]), ("b", SUBJECTS["bridge again"])}]


def test_two_persons_who_say_something_alike_make_two_statements() -> None:
    assert find(claim("a", "bridge", MAYOR), claim("b", "bridge again", RIVAL)) == []


def test_officials_without_a_name_may_be_the_same() -> None:
    assert len(find(claim("a", "bridge", OFFICIALS), claim("b", "bridge again", CLERKS))) == 1


def test_what_one_article_says_twice_is_no_statement_of_several() -> None:
    assert find(claim("a", "bridge", MAYOR), claim("a", "bridge again", MAYOR)) == []


def test_mere_names_are_no_statement() -> None:
    names = [claim(article, "bridge", MAYOR, text="Ana Ruiz of Lisbon") for article in "ab"]
    spelled = [
        claim("a", "bridge", MAYOR, text="Ana Ruiz"),
        claim("b", "bridge", MAYOR, text="Ana Ruiz of Lisbon"),
    ]
    assert find(*spelled) == []
    assert len(find(*names)) == 1  # word for word, whatever it is


def test_two_claims_of_one_attribution_are_not_joined() -> None:
    one = claim("a", "bridge", MAYOR)
    other = Claim(
        *(one.article_id, one.attribution_id, None, SUBJECTS["bridge again"], one.vector, one.voices)
    )
    statements = find(one, other, claim("b", "bridge", MAYOR))
    assert statements == [{("a", SUBJECTS["bridge"]), ("b", SUBJECTS["bridge"])}]


def test_what_is_relayed_counts_once_as_its_speaker_said_it() -> None:
    outer = claim("a", "bridge", AIDE, text="the mayor “warned that the old bridge is no longer safe")
    parent = outer.attribution_id.decode()
    inner = claim("a", "bridge", MAYOR, AIDE, text="that the old bridge is no longer safe", parent=parent)
    assert drop_doubles([outer, inner]) == [inner]
    nobodys = claim("a", "bridge", text="the old bridge is no longer safe", parent=parent)
    assert drop_doubles([outer, nobodys]) == [outer]
    part = claim("a", "bridge", MAYOR, AIDE, text="the old bridge", parent=parent)
    assert drop_doubles([outer, part]) == [outer]
    own = claim("a", "bridge", AIDE, text="that the old bridge is no longer safe", parent=parent)
    assert drop_doubles([outer, own]) == [outer]
    other_place = claim("a", "bridge", MAYOR, AIDE, text="that the old bridge is no longer safe")
    assert drop_doubles([outer, other_place]) == [outer, other_place]


@given(st.randoms(use_true_random=False))
def test_the_order_of_claims_does_not_count(chance: random.Random) -> None:
    claims = [
        claim(article, subject, voice)
        for article in "abc"
        for subject, voice in zip(SUBJECTS, (MAYOR, MAYOR, CITY, RIVAL, OFFICIALS), strict=True)
    ]
    wanted = show(find_statements(claims, LEXICON))
    chance.shuffle(claims)
    assert show(find_statements(claims, LEXICON)) == wanted


def test_a_thousand_copies_are_as_quick_as_one() -> None:
    started = time.monotonic()
    copies = [claim(str(number), subject, MAYOR) for number in range(1000) for subject in SUBJECTS]
    assert len(find_wordings(copies)) == len(SUBJECTS)
    assert len(find_statements(copies, LEXICON)) == len(SUBJECTS) - 1  # the two on the bridge are one
    assert time.monotonic() - started < 5


def test_no_claims_make_no_statements() -> None:
    assert find_statements([], LEXICON) == []
    assert find_statements([claim("a", "school", MAYOR)], LEXICON) == []
