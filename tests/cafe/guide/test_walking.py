"""The whole guide walked for the preview, whatever the answers."""

import pytest

from cafe.guide.definition import WAYS
from cafe.guide.steps import FOLLOW_UP
from cafe.guide.walking import walk
from tests.cafe.guide.small import shipped_guide, small_guide


@pytest.mark.parametrize("way", WAYS)
def test_every_question_is_met_once_and_follow_ups_after_theirs(way):
    steps = walk(shipped_guide(), way)
    asked = [step.question.code for step in steps if not step.is_follow_up]
    assert asked == [question.code for question in shipped_guide().questions()]
    places = [step.key for step in steps]
    assert all(places[n - 1] == key.removesuffix(FOLLOW_UP) for n, key in enumerate(places) if key.endswith(FOLLOW_UP))


def test_a_question_that_is_repeated_is_shown_about_one_option():
    steps = {step.question.code: step for step in walk(small_guide(), "alone")}
    champs, proposal = steps["freins.champs"], steps["essentiels"]
    assert (champs.about_label, {option.parent for option in champs.options}) == ("Avoir Internet", {"acces"})
    assert proposal.key == f"essentiels@{proposal.about}" and proposal.about_label


def test_places_count_what_is_answered():
    steps = walk(small_guide(), "alone")
    assert (steps[0].place, steps[1].place, steps[-1].place) == (0, 1, steps[-1].total)
