"""The forms of one word have one stem, and texts are cut into words that can be compared."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.lists import read_list
from pipelines.text.stems import build_word_lexicon, find_content_stems, find_meanings, find_stem, read_words

LEXICON = build_word_lexicon(read_list)


@pytest.mark.parametrize(
    "forms",
    [
        ("react", "reacts", "reacted", "reacting"),
        ("plan", "plans", "planned", "planning"),
        ("call", "calls", "called", "calling"),
        ("country", "countries", "country’s"),
        ("deny", "denies", "denied"),
        ("take", "takes", "took", "taken", "taking"),
        ("child", "children"),
        ("US", "U.S."),
        ("70,000", "70000"),
    ],
)
def test_the_forms_of_a_word_have_one_stem(forms: tuple[str, ...]) -> None:
    assert len({find_stem(form, LEXICON.irregular) for form in forms}) == 1


def test_other_words_have_other_stems() -> None:
    words = ("accept", "reject", "rise", "fall", "tax", "text", "port", "party", "safe", "save", "50", "5")
    assert len({find_stem(word, LEXICON.irregular) for word in words}) == len(words)


def test_a_text_is_cut_into_words() -> None:
    text = "“The U.S. won’t pay 3.5 million,” she said – in a 50-minute talk."
    printed = [word.printed for word in read_words(text, LEXICON)]
    assert printed == [
        "The",
        "U.S.",
        "won’t",
        "pay",
        "3.5",
        "million",
        "she",
        "said",
        "in",
        "a",
        "50",
        "minute",
        "talk",
    ]


def test_words_that_say_something_are_told_apart_from_the_others() -> None:
    words = read_words("that they would have to close the port", LEXICON)
    assert find_content_stems(words, LEXICON) == {"clos", "port"}


def test_words_that_say_much_the_same_are_one() -> None:
    some, others = (
        find_meanings(read_words(text, LEXICON), LEXICON)
        for text in ("a rupture of bonds", "the breakdown of ties")
    )
    assert some == others


@given(st.text())
def test_every_word_is_in_the_text(text: str) -> None:
    place = 0
    for word in read_words(text, LEXICON):
        place = text.index(word.printed, place) + len(word.printed)
