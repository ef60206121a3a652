"""The path through the guide, on answers worked by hand."""

from cafe.guide.engine import find_step, next_step, path, previous_step, stakes_table, stale_keys
from cafe.guide.reading import read_guide
from cafe.guide.stakes import Stake
from cafe.guide.steps import Given
from tests.cafe.guide.small import BEGUN, SMALL, chosen, ranked, referential, shipped_guide, small_guide, told

SMALL_START = [
    "bonjour", "liens", "populations.cible", "usages.dependance", "usages.critiques", "freins.enjeux", "regnier.droit",
]  # fmt: skip
RANKED = {
    **BEGUN,
    "freins.enjeux": ranked("parcours", "acces"),
    "freins.champs.acces": ranked("lieu_acces", "autre.acces", others=("Pas de prise électrique",)),
    "freins.champs.parcours": ranked("navigation"),
}


def keys(given, way="alone"):
    return [step.key for step in path(small_guide(), given, way)]


def after_champs(given, way="alone"):
    """The keys of the loop and of what follows."""
    found = keys(given, way)
    return found[found.index("freins.champs.acces") + 1 :]


def test_without_answers_only_what_surely_comes_stands():
    assert keys({}) == SMALL_START


def test_someone_who_chose_a_target_describes_it():
    assert "populations.mots" in keys({"populations.cible": chosen("seniors")})
    assert "populations.mots" not in keys({"populations.cible": Given("choice", state="nsp")})


def test_a_follow_up_comes_after_words_and_not_after_a_refusal():
    assert keys({"liens": told()})[:3] == ["bonjour", "liens", "liens~suite"]
    assert "liens~suite" not in keys({"liens": Given("open", state="refus")})
    step = find_step(small_guide(), {"liens": told()}, "alone", "liens~suite")
    assert step.question.text.alone == "Un exemple, peut-être."
    assert (step.question.code, step.is_follow_up) == ("liens", True)


def test_champs_are_asked_for_the_enjeux_ranked_alone_and_in_their_order():
    found = keys({"freins.enjeux": ranked("parcours", "acces")})
    assert [key for key in found if key.startswith("freins.champs")] == [
        "freins.champs.parcours",
        "freins.champs.acces",
    ]


def test_a_rank_is_read_from_its_value_not_from_its_place():
    swapped = Given("rank", (("acces", "2"), ("parcours", "1")))
    assert [key for key in keys({"freins.enjeux": swapped}) if "champs" in key][0] == "freins.champs.parcours"


def test_a_nested_ranking_offers_the_champs_of_its_enjeu_and_says_which():
    step = find_step(small_guide(), {"freins.enjeux": ranked("acces")}, "alone", "freins.champs.acces")
    assert [option.code for option in step.options] == [
        "cout_internet", "couverture_reseau", "qualite_equipement", "cout_equipement", "choix_equipement", "lieu_acces",
    ]  # fmt: skip
    assert (step.about, step.about_label) == ("acces", "Avoir Internet")


def test_the_loop_runs_champ_by_champ_most_important_enjeu_first_and_shorter_for_someone_alone():
    assert after_champs(RANKED) == ["essentiels@navigation", "essentiels@lieu_acces", "regnier.droit"]
    assert after_champs(RANKED, "interview") == [
        "essentiels@navigation",
        "essentiels@lieu_acces",
        "essentiels@autre.acces",
        "regnier.droit",
    ]


def test_inside_a_loop_a_condition_looks_at_the_same_champ():
    assert after_champs(RANKED | {"essentiels@lieu_acces": told()}) == [
        "essentiels@navigation",
        "essentiels@lieu_acces",
        "usages.proposition@lieu_acces",
        "regnier.droit",
    ]


def test_inside_a_loop_a_question_that_does_not_stand_answers_for_no_other_champ():
    shorter = SMALL.replace("each_alone: 2\n        text", "each_alone: 1\n        text")
    guide = read_guide(shorter, referential())
    found = [step.key for step in path(guide, RANKED | {"essentiels@navigation": told()}, "alone")]
    assert "usages.proposition@navigation" in found
    assert "usages.proposition@lieu_acces" not in found


def test_words_typed_under_un_autre_join_the_options_and_the_loop_with_their_label():
    step = find_step(small_guide(), RANKED, "alone", "freins.champs.acces")
    assert (step.options[-1].code, step.options[-1].label) == ("autre.acces", "Pas de prise électrique")
    looped = find_step(small_guide(), RANKED, "interview", "essentiels@autre.acces")
    assert looped.about_label == "Pas de prise électrique"


def test_only_the_uses_retained_are_offered_again():
    given = RANKED | {"essentiels@navigation": told()}
    step = find_step(small_guide(), given, "alone", "usages.proposition@navigation")
    assert [option.code for option in step.options] == ["sante", "emploi"]
    nothing = given | {"usages.critiques": Given("multi", state="nsp")}
    assert find_step(small_guide(), nothing, "alone", "usages.proposition@navigation") is None


def test_all_the_conditions_of_a_list_must_hold():
    vote = {"regnier.droit": chosen("5", kind="statement")}
    assert "raisons" not in keys(vote)
    assert "raisons" in keys(vote | {"populations.cible": chosen("seniors")})
    assert "raisons" in keys(vote | {"populations.cible": Given("choice", state="nsp")})
    assert "raisons" not in keys(vote | {"populations.cible": chosen("femmes")})
    assert "raisons" not in keys(vote | {"populations.cible": Given("choice", state="refus")})
    against = {"regnier.droit": chosen("2", kind="statement"), "populations.cible": chosen("seniors")}
    assert "raisons" not in keys(against)


def test_the_next_step_is_the_first_without_an_answer():
    assert next_step(small_guide(), {}, "alone").key == "bonjour"
    assert next_step(small_guide(), BEGUN, "alone").key == "freins.enjeux"
    changed = RANKED | {"freins.enjeux": ranked("autonomie", "parcours", "acces")}
    assert next_step(small_guide(), changed, "alone").key == "freins.champs.autonomie"


def test_the_end_has_no_next_step():
    given = {}
    while step := next_step(small_guide(), given, "alone"):
        given[step.key] = Given(step.question.kind, state="passed" if step.question.kind != "info" else "")
    assert list(given) == SMALL_START


def test_back_goes_to_the_step_before_and_nowhere_from_the_first():
    assert previous_step(small_guide(), RANKED, "alone", "essentiels@navigation").key == "freins.champs.acces"
    assert previous_step(small_guide(), RANKED, "alone", "bonjour") is None
    assert previous_step(small_guide(), RANKED, "alone", "essentiels@emploi") is None


def test_answers_that_no_longer_stand_are_told_and_come_back():
    given = RANKED | {"essentiels@navigation": told()}
    without = given | {"freins.enjeux": ranked("acces")}
    assert stale_keys(small_guide(), given, "alone") == []
    assert stale_keys(small_guide(), without, "alone") == ["freins.champs.parcours", "essentiels@navigation"]
    assert stale_keys(small_guide(), without | {"freins.enjeux": given["freins.enjeux"]}, "alone") == []


def test_the_total_is_known_only_when_no_answer_to_come_can_change_it():
    steps = path(small_guide(), RANKED, "alone")
    assert {step.total for step in steps} == {None}
    done = RANKED | {
        "essentiels@navigation": Given("open", state="passed"),
        "essentiels@lieu_acces": Given("open", state="passed"),
        "regnier.droit": chosen("4", kind="statement"),
    }
    steps = path(small_guide(), done, "alone")
    assert [step.place for step in steps] == list(range(13))
    assert {step.total for step in steps} == {12}


def test_the_table_of_stakes_gives_the_words_the_ranks_and_the_uses():
    table = stakes_table(small_guide(), RANKED)
    assert (table.population, table.words) == ("Seniors", "Ceux de mon immeuble")
    assert table.stakes == (
        Stake(1, "parcours", "Parcours utilisateurs", ("Naviguer (ergonomie des applis, sites)",)),
        Stake(2, "acces", "Accès des utilisateurs au numérique", ("Lieu d’accès", "Pas de prise électrique")),
    )
    assert table.uses == ("Santé", "Recherche d’emploi")


def test_the_table_of_stakes_leaves_out_what_no_longer_stands():
    table = stakes_table(small_guide(), RANKED | {"freins.enjeux": ranked("acces")})
    assert [stake.code for stake in table.stakes] == ["acces"]


def test_the_table_of_stakes_of_nothing_is_empty():
    table = stakes_table(shipped_guide(), {})
    assert (table.population, table.words, table.stakes, table.uses) == ("", "", (), ())
