import numpy as np
import pytest

from analysis.materiality import Thresholds, materiality
from analysis.strata import Drawing
from tests.analysis.made import Referential, frames, people, said

SIDES = [{"group": code, "label": code, "side": "internal" if code == "i" else "external"} for code in "fgi"]


def _rows(*spoken, who=None, **options):
    tables = frames(who if who is not None else people(f=2, g=1, i=2), spoken=spoken, groups=SIDES)
    table = materiality(tables, Referential(), Drawing(50, 1), **options)
    return table.set_index("proposition").to_dict("index")


def _said(person, *texts, **columns):
    return said(person, *texts, family="essentiels", **columns)


def test_axes_are_means_of_the_groups_of_each_side():
    """acces: f0 holds offre, f1 is against it (it still expressed) → a_f 1/2; g0 holds pret → a_g(offre) 0.

    External (1/2 + 0)/2 = 1/4. Inside: i0 holds offre, i1 spoke of the theme alone → 1/2.
    """
    spoken = [_said("f0", "offre:incontournable"), _said("f1", "offre:contre"), _said("g0", "pret:souhaitable")]
    rows = _rows(*spoken, _said("i0", "offre:souhaitable"), _said("i1", "acces"))
    assert (rows["offre"]["external"], rows["offre"]["internal"]) == pytest.approx((0.25, 0.5))
    assert (rows["pret"]["external"], rows["pret"]["internal"]) == pytest.approx((0.5, 0.0))
    assert [rows["offre"][name] for name in ("external_n", "external_groups", "internal_n")] == [3, 2, 2]


def test_an_unset_stance_counts_as_wished_and_is_marked():
    """f0 said offre twice, once firmly: firm. f1 only unset: marked. A dilemma holds nothing."""
    rows = _rows(_said("f0", "offre", "offre:incontournable"), _said("f1", "offre"), _said("g0", "offre:dilemme"))
    assert rows["offre"]["external"] == pytest.approx((1 + 0) / 2)
    assert (rows["offre"]["unset"], rows["offre"]["assumed"], rows["pret"]["assumed"]) == (1, 1, 0)


def test_thresholds_place_the_propositions():
    limits = Thresholds(0.5, 0.5)
    places = {(0.6, 0.5): "prioritaire", (0.6, 0.4): "à explorer", (0.4, 0.6): "embarqué", (0.1, 0.1): ""}
    assert [limits.place(*axes) for axes in places] == list(places.values())
    assert limits.place(0.9, np.nan) == ""


def test_texts_that_do_not_count_for_the_family_are_left_out():
    rows = _rows(_said("f0", "offre", prompted=1), _said("f1", "offre", feeds="freins"), _said("g0", "pret"))
    assert (rows["offre"]["external"], rows["pret"]["external"]) == (0.0, 1.0)


def test_what_people_added_stands_under_its_theme():
    rows = _rows(_said("f0", "autre.eco"), _said("f1", "fonds"))
    assert (rows["autre.eco"]["theme"], rows["autre.eco"]["external"]) == ("eco", 0.5)
