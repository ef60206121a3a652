import sys

import numpy as np
import pytest

from analysis.gold import Agreement, fold_of, main, measure
from analysis.referential import parse_referential
from analysis.tagging import Tagger
from tests.analysis.small import BICYCLES


@pytest.fixture
def agreement():
    made = Agreement()
    made.add({"cout", "vol"}, {"cout", "piste"})
    made.add({"cout"}, {"cout"})
    made.add(set(), {"vol"})
    return made


def test_micro_f1_counts_pairs_over_all_tags(agreement):
    assert agreement.f1() == pytest.approx(2 * 2 / (2 * 2 + 1 + 2))


@pytest.mark.parametrize(("tag", "f1"), [("cout", 1), ("vol", 0), ("piste", 0), ("jamais", 0)])
def test_f1_of_one_tag(agreement, tag, f1):
    assert agreement.f1(tag) == f1


def test_a_line_tells_precision_recall_and_n(agreement):
    assert "precision 0.667  recall 0.500  n 4" in agreement.line("freins")


def test_measure_compares_what_is_found_with_the_columns():
    rows = [
        {"text": "Un vélo volé", "freins": "vol", "populations": "", "usages": ""},
        {"text": "Un prix de vélo", "freins": "", "populations": "enfants", "usages": ""},
    ]
    measured = measure(rows, Tagger(parse_referential(BICYCLES)))
    assert (measured["freins"].both.total(), measured["freins"].extra["cout"]) == (1, 1)
    assert measured["populations"].missed["enfants"] == 1


def test_the_report_names_each_file_and_family(tmp_path, monkeypatch, capsys):
    rows = "id,text,freins,populations,usages\n1,Mot de passe perdu,identite_digitale,,\n"
    (tmp_path / "essai.csv").write_text(rows, encoding="utf-8")
    monkeypatch.setattr(sys, "argv", ["gold", str(tmp_path)])
    main()
    told = capsys.readouterr().out
    assert "essai.csv: 1 texts" in told
    assert "identite_digitale" in told
    assert "the fold kept apart" in told


def test_the_interval_holds_the_value_and_is_the_same_twice(agreement):
    low, high = agreement.interval()
    assert 0 <= low <= agreement.f1() <= high <= 1
    assert agreement.interval() == (low, high)


def test_an_interval_narrows_with_texts():
    few, many = Agreement(), Agreement()
    for made, times in ((few, 5), (many, 200)):
        for _ in range(times):
            made.add({"vol"}, {"vol"})
            made.add({"vol"}, {"cout"})
    assert np.ptp(many.interval()) < np.ptp(few.interval())


def test_texts_without_tags_leave_the_interval_whole():
    agreement = Agreement()
    for _ in range(20):
        agreement.add(set(), set())
    assert agreement.interval() == (0, 0)
    agreement.add({"vol"}, {"vol"})
    assert agreement.interval()[1] == 1


def test_a_text_stays_in_its_fold_and_the_folds_share_texts():
    folds = [fold_of({"id": str(number)}) for number in range(400)]
    assert folds == [fold_of({"id": str(number)}) for number in range(400)]
    assert all(60 < folds.count(fold) < 140 for fold in set(folds))
