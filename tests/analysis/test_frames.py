import pandas as pd
import pytest

from analysis.errors import BadInput
from analysis.frames import make_frames, read_frames, write_frames
from tests.analysis.made import chosen, frames, people, ranked, rated, said

PEOPLE = pd.DataFrame({"participant": ["p"], "group": ["g"]})
ANSWER = {"participant": ["p"], "question": ["x"]}
GROUP = {"group": ["g"], "label": ["G"]}
FAULTS = {
    "« group »": {"participants": pd.DataFrame({"participant": ["p"]})},
    "deux fois": {"participants": pd.concat([PEOPLE, PEOPLE])},
    "« q »": {"participants": PEOPLE, "contributions": pd.DataFrame({"contribution": ["1"], "participant": ["q"]})},
    "« 7 »": {"participants": PEOPLE, "tags": pd.DataFrame({"contribution": ["7"], "family": ["freins"]})},
    "« vote »": {"participants": PEOPLE, "answers": pd.DataFrame(ANSWER | {"kind": ["vote"]})},
    "« 0 »": {"participants": PEOPLE, "answers": pd.DataFrame(ranked("p", "x", "o")).assign(value="0")},
    "nombre entier": {"participants": PEOPLE, "groups": pd.DataFrame(GROUP | {"in_total": ["oui"]})},
    "« interne »": {"participants": PEOPLE, "groups": pd.DataFrame(GROUP | {"side": ["interne"]})},
    "une note va de 1 à 5, pas « 6 »": {"participants": PEOPLE, "answers": pd.DataFrame(rated("p", "x", o=6))},
    "participants.csv": {},
}


@pytest.mark.parametrize("told", FAULTS)
def test_a_fault_is_told_in_one_sentence(told):
    with pytest.raises(BadInput, match=told) as refusal:
        make_frames(FAULTS[told])
    assert "\n" not in str(refusal.value)


def test_absent_columns_and_tables_take_their_defaults():
    texts = pd.DataFrame({"contribution": ["1"], "participant": ["p"]})
    made = make_frames({"participants": PEOPLE, "contributions": texts})
    assert made.groups.to_dict("records") == [{"group": "g", "label": "g", "side": "external", "in_total": 1}]
    assert made.contributions.loc[0, ["feeds", "prompted", "source"]].to_list() == ["*", 0, "cafe"]


def test_a_target_that_is_missing_is_the_one_that_was_chosen():
    answers = [chosen("g0", "populations.cible", "seniors"), chosen("g1", "populations.cible", "jeunes")]
    who = people(g=3).assign(target=["", "ruraux", ""])
    made = frames(who, answers=[*answers, chosen("g2", "populations.cible", "nsp")])
    assert made.participants["target"].to_list() == ["seniors", "ruraux", ""]


def test_tables_given_are_not_changed():
    given = PEOPLE.copy()
    make_frames({"participants": given})
    pd.testing.assert_frame_equal(given, PEOPLE)


def test_written_frames_read_back_equal(tmp_path):
    made = frames(people(g=2), answers=[ranked("g0", "freins.enjeux", "acces")], spoken=[said("g1", "a1 « é »\nici ")])
    write_frames(made, tmp_path)
    for name, table in vars(read_frames(tmp_path)).items():
        pd.testing.assert_frame_equal(table, getattr(made, name))


def test_a_file_that_is_not_utf8_is_refused(tmp_path):
    (tmp_path / "participants.csv").write_bytes("participant,group\nél,g\n".encode("latin-1"))
    with pytest.raises(BadInput, match="UTF-8"):
        read_frames(tmp_path)
