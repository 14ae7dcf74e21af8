"""Names of a whole corpus are joined where they can only mean the same, in whatever order they come."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.lists import read_list
from pipelines.text.entities import LinkedName, NameCount, link_names
from pipelines.text.names import read_nicknames

NICKNAMES = read_nicknames(read_list)


def canonical(*rows: tuple[str, str, int]) -> dict[str, str]:
    """Return the canonical name of each name; rows are name, type, number of articles."""
    counts = [NameCount(name, entity_type, articles, articles) for name, entity_type, articles in rows]
    return {linked.name: linked.canonical_name for linked in link_names(counts, NICKNAMES)}


def persons(**articles: int) -> dict[str, str]:
    """Return the canonical names of persons; underscores stand for spaces."""
    return canonical(*((name.replace("_", " "), "person", count) for name, count in articles.items()))


def test_spellings_of_one_name_are_one_person_under_the_commonest() -> None:
    assert persons(Yuri_Orlenko=3, Yury_Orlenko=1) == dict.fromkeys(
        ["Yuri Orlenko", "Yury Orlenko"], "Yuri Orlenko"
    )


def test_a_long_surname_may_differ_by_a_letter_a_short_one_not() -> None:
    long = persons(Mikheil_Saakadvili=3, Mikheil_Saakadvoli=1)
    assert set(long.values()) == {"Mikheil Saakadvili"}
    assert len(set(persons(Ole_Hansen=3, Ole_Hanson=1).values())) == 2


def test_initials_and_suffixes_make_no_other_person() -> None:
    linked = canonical(
        ("Donald Pike", "person", 5), ("Donald J. Pike", "person", 2), ("Donald Pike Jr.", "person", 1)
    )
    assert set(linked.values()) == {"Donald Pike"}


def test_different_middle_initials_make_two_persons() -> None:
    linked = canonical(
        ("Paul A. Reed", "person", 3), ("Paul B. Reed", "person", 3), ("Paul Reed", "person", 1)
    )
    assert linked == {
        "Paul A. Reed": "Paul A. Reed",
        "Paul B. Reed": "Paul B. Reed",
        "Paul Reed": "Paul Reed",
    }


def test_a_surname_joins_the_only_person_who_has_it() -> None:
    assert persons(Vogt=9, Lena_Vogt=1)["Vogt"] == "Lena Vogt"


def test_a_surname_of_two_persons_stays_alone() -> None:
    assert persons(Vogt=9, Lena_Vogt=4, Karl_Vogt=2)["Vogt"] == "Vogt"


def test_a_surname_joins_the_person_who_prevails() -> None:
    assert persons(Vogt=9, Lena_Vogt=6, Karl_Vogt=2)["Vogt"] == "Lena Vogt"


def test_a_group_names_its_members_in_full() -> None:
    rows = [("Vogt and Arden", "group", 1), ("Lena Vogt", "person", 1), ("Tom Arden", "person", 1)]
    assert canonical(*rows)["Vogt and Arden"] == "Lena Vogt and Tom Arden"


def test_a_group_keeps_those_who_have_no_name_last() -> None:
    rows = [("Vogt and her team", "group", 1), ("Lena Vogt", "person", 1)]
    assert canonical(*rows)["Vogt and her team"] == "Lena Vogt and her team"


def test_an_acronym_joins_the_only_organization_with_these_initials() -> None:
    rows = [("NFC", "organization", 2), ("Northern Fisheries Council", "organization", 1)]
    assert set(canonical(*rows).values()) == {"Northern Fisheries Council"}


def test_an_acronym_of_two_organizations_stays_alone() -> None:
    council, club = (
        ("Northern Fisheries Council", "organization", 1),
        ("Nordic Football Club", "organization", 1),
    )
    assert canonical(("NFC", "organization", 2), council, club)["NFC"] == "NFC"


def test_a_rare_second_type_is_an_error() -> None:
    linked = link_names(
        [NameCount("Vogt", "person", 8, 9), NameCount("Vogt", "organization", 1, 1)], NICKNAMES
    )
    assert {row.canonical_type for row in linked} == {"person"}


def test_two_common_types_are_two_entities() -> None:
    linked = link_names([NameCount("Jordan", "person", 3, 9), NameCount("Jordan", "place", 4, 4)], NICKNAMES)
    assert [row.canonical_type for row in linked] == ["person", "place"]


def test_unnamed_sources_differ_neither_by_capitals_nor_by_an_article() -> None:
    linked = canonical(("unnamed senior official", "unnamed", 2), ("Unnamed senior official", "unnamed", 1))
    assert set(linked.values()) == {"unnamed senior official"}


def test_an_unnamed_source_never_becomes_a_person() -> None:
    linked = link_names(
        [NameCount("Sources", "unnamed", 1, 1), NameCount("Sources", "person", 9, 9)], NICKNAMES
    )
    assert {row.entity_type: row.canonical_type for row in linked} == {
        "unnamed": "unnamed",
        "person": "person",
    }


FIRST = st.sampled_from(
    ["Yuri", "Yury", "Ole", "J.", "Paul A.", "Paul B.", "Bill", "Will", "William C.", "Alex", "Alexander"]
)
SURNAME = st.sampled_from(["Vogt", "Saakadvili", "Saakadvilli", "Saakadvoli", "Reed", "Reed Jr.", "Ørsted"])
NAMES = (
    st.builds("{} {}".format, FIRST, SURNAME)
    | SURNAME
    | st.sampled_from(["NFC", "the NFC", "Vogt and Reed", ""])
)
ROWS = st.builds(
    NameCount,
    NAMES | st.text(max_size=6),
    st.sampled_from(["person", "organization", "place", "group", "unnamed"]),
    st.integers(1, 9),
    st.integers(1, 9),
)


@given(st.lists(ROWS, max_size=30, unique_by=lambda row: (row.name, row.entity_type)), st.randoms())
def test_the_order_of_the_rows_changes_nothing(rows: list[NameCount], shuffled: random.Random) -> None:
    linked = link_names(rows, NICKNAMES)
    assert [(row.name, row.entity_type) for row in linked] == sorted(
        (row.name, row.entity_type) for row in rows
    )
    shuffled.shuffle(rows)
    assert link_names(rows, NICKNAMES) == linked


def test_a_nickname_is_the_same_person() -> None:
    linked = canonical(
        ("Joe Arden", "person", 5), ("Joseph R. Arden", "person", 1), ("Joseph Arden Jr.", "person", 1)
    )
    assert set(linked.values()) == {"Joe Arden"}


@pytest.mark.parametrize(
    "names",
    [
        {"Alex_Vogt": 1, "Alexander_Vogt": 2, "Alexandra_Vogt": 3},
        {"Bill_Vogt": 1, "Will_Vogt": 2, "William_Vogt": 3},
        {"Bill_Vogt": 1, "Billy_Vogt": 2},
        {"Joe_Vogt": 1, "Joseph_Arden": 2, "Lena_Vogt": 3},
    ],
)
def test_a_nickname_that_may_mean_another_stays_alone(names: dict[str, int]) -> None:
    assert len(set(persons(**names).values())) == len(names)


def test_middle_initials_tell_two_persons_apart_under_a_nickname_too() -> None:
    rows = [("Jim A. Reed", "person", 2), ("James B. Reed", "person", 2)]
    assert len(set(canonical(*rows).values())) == 2


def test_no_name_is_a_nickname_of_another() -> None:
    assert not NICKNAMES.keys() & frozenset().union(*NICKNAMES.values())


def test_every_row_is_linked_once() -> None:
    assert link_names([NameCount("Lena Vogt", "person", 1, 2)], NICKNAMES) == [
        LinkedName("Lena Vogt", "person", "Lena Vogt", "person")
    ]
