"""The room that texts take: cut within it, or turned to the next page with no word left out."""

import pytest

from cafe.restitution.fitting import cut, fitting_size, lines_of, pieces, short

TEXTS = ("Deux mots.", "mot " * 500, "insécable" * 400, "une\nligne\n\npuis d’autres " * 40, "汉字" * 300)


@pytest.mark.parametrize("text", TEXTS)
def test_a_text_is_cut_within_its_lines_and_says_so(text):
    kept = cut(text, 12, 200, 3)
    assert lines_of(kept, 12, 200) <= 3
    assert kept == text or (kept.endswith("…") and text.startswith(kept[:-1]))


@pytest.mark.parametrize("text", TEXTS)
def test_pieces_hold_and_leave_nothing_out(text):
    made = list(pieces(text, 12, 200, 4))
    assert all(lines_of(piece, 12, 200) <= 4 for piece in made)
    assert "".join("".join(made).split()) == "".join(text.split())


def test_a_longer_text_is_written_smaller():
    assert fitting_size("court", (20, 10), 200, 30) == 20
    assert fitting_size("long " * 40, (20, 10), 200, 80) == 10


def test_a_short_text_is_on_one_line():
    assert short("un  texte\nsur deux lignes", 12) == "un texte su…"
