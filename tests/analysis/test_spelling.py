import pytest

from analysis.spelling import SHORTHAND, sound
from analysis.text import fold


@pytest.mark.parametrize(
    ("written", "meant"),
    [("numerik", "numérique"), ("konexion", "connexion"), ("abonemen", "abonnement"), ("mediateke", "médiathèque")],
)
def test_words_that_sound_alike_share_a_key(written, meant):
    assert sound(written) == sound(fold(meant))


@pytest.mark.parametrize(("one", "other"), [("formation", "information"), ("ailleurs", "bailleurs"), ("cout", "gout")])
def test_words_that_sound_otherwise_do_not(one, other):
    assert sound(one) != sound(other)


def test_no_shorthand_stands_for_itself_or_for_another():
    assert not [short for short, word in SHORTHAND.items() if short == word or word in SHORTHAND]
