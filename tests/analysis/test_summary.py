from analysis.tables import tables
from tests.analysis.made import Referential, chosen, frames, people, ranked, said, voted


def _summary(*args, **kwargs):
    return tables(frames(*args, **kwargs), Referential(), draws=10).summary


def test_silence_is_counted_apart():
    answers = [chosen("g0", "raisons", "nsp"), chosen("g1", "raisons", "refus"), ranked("g1", "freins.enjeux", "nsp")]
    answers += [voted("blanc", "g0"), voted("noir", "g1"), voted(5, "g2")]
    assert _summary(people(g=3), answers=answers)["silent_answers"] == {
        "freins.enjeux": {"nsp": 1}, "raisons": {"nsp": 1, "refus": 1}, "regnier.s": {"blanc": 1, "noir": 1},
    }  # fmt: skip


def test_an_option_added_midway_has_its_share_since_it_appeared():
    """Four heard from day 1 to 4; « autre.acces » first cited on day 3: 1 of the 2 heard since; g4 has no date."""
    spoken = [said(f"g{n}", champ, created_at=f"2026-03-0{n + 1}T10:00:00Z")
              for n, champ in enumerate(["a1", "a1", "autre.acces", "b1"])]  # fmt: skip
    (added,) = _summary(people(g=5), spoken=[*spoken, said("g4", "a1")])["added_options"]
    assert (added["section"], added["option"]) == ("freins.champs", "autre.acces")
    assert (added["since"][:10], added["n"], added["share"], added["undated"]) == ("2026-03-03", 2, 0.5, 1)


def test_groups_are_told_whole_empty_or_fragile():
    groups = [{"group": code, "label": code.upper()} for code in "fgh"]
    made = _summary(people(f=6, g=1), groups=groups, spoken=[said("g0", "a1")])
    assert (made["fragile_groups"], made["empty_groups"]) == (["g"], ["h"])
    assert made["participants_by_group"] == {"f": 6, "g": 1, "h": 0}
    assert made["any_tag"] == {"people": 1, "people_without": 0, "texts": 1, "texts_without": 0}


def test_places_of_few_people_have_no_name():
    folk = people(g=6, h=2).assign(place=["ville"] * 6 + ["hameau", ""], subgroup=["a"] * 5 + ["b", "b", ""])
    made = tables(frames(folk), Referential(), draws=10).summary
    assert made["participants_by_place"] == [{"place": "", "n": 2}, {"place": "ville", "n": 6}]
    assert made["participants_by_subgroup"] == [
        {"group": "g", "subgroup": "", "n": 1},
        {"group": "g", "subgroup": "a", "n": 5},
        {"group": "h", "subgroup": "", "n": 2},
    ]
    assert (made["said_from"], made["said_to"]) == ("", "")
