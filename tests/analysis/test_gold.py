import sys

import pytest

from analysis.gold import KEPT, Codings, fold_of, is_kept, main, measure, told
from analysis.referential import parse_referential
from analysis.tagging import Tagger
from tests.analysis.small import BICYCLES

ROWS = [
    {"text": "Un vélo volé", "freins": "vol", "populations": "", "usages": ""},
    {"text": "Un prix de vélo", "freins": "", "populations": "enfants", "usages": ""},
]


@pytest.fixture
def codings():
    return Codings([{"cout", "vol"}, {"cout"}, set()], [{"cout", "piste"}, {"cout"}, {"vol"}])


def test_micro_f1_counts_pairs_over_all_tags(codings):
    whole = codings.measured()[0]
    assert whole.f1 == pytest.approx(2 * 2 / (2 * 2 + 1 + 2))
    assert (whole.precision, whole.recall, whole.n) == (pytest.approx(2 / 3), pytest.approx(1 / 2), 4)
    assert 0 <= whole.low <= whole.f1 <= whole.high <= 1


def test_each_tag_that_one_of_the_two_lays_is_measured(codings):
    assert {one.code: one.f1 for one in codings.measured()[1:]} == {"cout": 1, "piste": 0, "vol": 0}


def test_measure_compares_what_is_found_with_the_columns():
    measured = measure(ROWS, Tagger(parse_referential(BICYCLES)))
    assert measured["freins"].found == [{"vol"}, {"cout"}]
    assert measured["freins"].expected == [{"vol"}, set()]
    assert measured["populations"].expected == [set(), {"enfants"}]


def test_a_line_tells_precision_recall_interval_and_n(codings):
    line, *tags = told({"freins": codings}, by_tag=True)
    assert "precision 0.667  recall 0.500  n 4" in line and "[" in line
    assert [tag.split()[0] for tag in tags] == ["cout", "piste", "vol"]
    assert list(told({"usages": Codings([set()], [set()])}))[0].endswith("nothing to find, nothing found")


def test_the_report_names_each_file_family_and_fold(tmp_path, monkeypatch, capsys):
    rows = "id,text,freins,populations,usages\n1,Mot de passe perdu,identite_digitale,,\n"
    (tmp_path / "essai.csv").write_text(rows, encoding="utf-8")
    monkeypatch.setattr(sys, "argv", ["gold", str(tmp_path)])
    main()
    report = capsys.readouterr().out
    assert "essai.csv: 1 texts" in report
    assert "identite_digitale" in report
    assert "fold 1 of 4, half of it looked at" in report and "fold 4 of 4, looked at" in report
    assert "kept apart, errors unread: " in report and "all that was looked at: " in report


def test_a_text_stays_in_its_fold_and_the_folds_share_texts():
    folds = [fold_of({"id": str(number)}) for number in range(400)]
    assert folds == [fold_of({"id": str(number)}) for number in range(400)]
    assert all(60 < folds.count(fold) < 140 for fold in set(folds))


def test_half_of_one_fold_is_kept_apart_whatever_else_is_read():
    rows = [{"id": str(number), "text": f"Texte {number}"} for number in range(400)]
    kept = [row for row in rows if is_kept(row)]
    assert all(fold_of(row) == KEPT for row in kept)
    assert 25 < len(kept) < 75
