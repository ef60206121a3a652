"""The page of the abacus: what it shows of people's votes, its figures, and what it never shows."""

import re

import pytest
from sqlalchemy import select, update

from analysis.heard import hear
from analysis.regnier import regnier
from analysis.scoring import DRAWS, SEED
from analysis.strata import Drawing
from cafe.corpus.answers import put_vote
from cafe.corpus.models import Contribution, Question
from cafe.corpus.services import find_or_create_question
from cafe.corpus.votes import SCALES, SILENCES
from cafe.extensions import writing
from cafe.moderation.models import Retained
from cafe.people import services as people
from cafe.people.models import Group, Participant, Staff
from cafe.results.frames import frames_from_base
from cafe.results.regnier_figures import decimal
from tests.cafe.test_results import results

PAGE = "/resultats/regnier"
# Worked by hand. Public: .4, .2, .2, .2, net .4. Operator: one in five does not know; of the four others all are
# against, net −1. Together: net (.4 − 1) / 2; Leik: cumulated .2, .3, .4, 1, hence D = 2 × .9 / 3.
HELD = {
    "grand_public": ["incontournable", "incontournable", "souhaitable", "dilemme", "contre"],
    "operateur": ["contre", "contre", "contre", "contre", "blanc"],
}


def _vote(house, statement: str, votes: dict[str, list[str]]) -> None:
    """New people of each group vote on a statement, one vote each."""
    with house.app.app_context(), writing() as session:
        number = find_or_create_question(f"regnier.{statement}", f"L’affirmation {statement}.", "")
        for group, values in votes.items():
            if session.get(Group, group) is None:
                people.create_group(group, group.capitalize())
            for place, value in enumerate(values):
                name = f"Secret {group} {place}"
                known = session.scalar(select(Participant.id).where(Participant.pseudonym == name))
                citizen = known or people.create_participant(name, group, house.clock.now).id
                put_vote(citizen, number, value, house.clock.now)


def _rows(page: str) -> list[list[str]]:
    """The signs of each line of the first table of people, an empty cell as « »."""
    body = page[page.index('<table class="abacus">') :].partition("<tbody>")[2].partition("</tbody>")[0]
    return [
        [re.sub(r".*aria-hidden=\"true\">([^<]*)<.*|.*pas de vote.*", r"\1", cell, flags=re.S)
         for cell in re.findall(r"<td(?! class=\"index\")[^>]*>.*?</td>", line, re.S)]
        for line in body.split("</tr>")[:-1]
    ]  # fmt: skip


@pytest.fixture
def held(house):
    _vote(house, "a", HELD)


def test_the_figures_are_those_worked_by_hand(held, client_as):
    page = results(client_as("analyst"), PAGE)
    assert "Solde −0,30" in page and "consensus 0,40" in page and "n = 10\u00a0personnes, 9 avis" in page
    shares = re.findall(r"<strong>(\d+\u00a0%)</strong> <span class=\"quiet\">(\w+)", page)
    assert shares[:4] == [("20\u00a0%", "incontournable"), ("10\u00a0%", "souhaitable"), ("10\u00a0%", "dilemme"),
                          ("60\u00a0%", "contre")]  # fmt: skip
    assert '10\u00a0%</span> <span class="quiet">ne sait pas, à part' in page
    assert "0,40 <span" in page and "−1,00 <span" in page


def test_the_figures_are_those_of_the_analysis(held, house, client_as):
    _vote(house, "b", {"grand_public": ["souhaitable", "noir", "contre", "incontournable", "dilemme"]})
    page = results(client_as("analyst"), PAGE)
    with house.app.app_context():
        table = regnier(hear(frames_from_base(stable_pseudonyms=True)), Drawing(DRAWS, SEED))
    rows = table[table["view"] == "total"].to_dict("records")
    shown = re.findall(r"<strong>Solde ([^<]+)</strong> \(de (\S+) à (\S+)\) · consensus (\S+) · accord (\S+) ·", page)
    names = ("net", "low", "high", "consensus", "agreement")
    assert shown == [tuple(decimal(row[name]) for name in names) for row in rows]
    assert re.findall(r"<h4>([^<]+)</h4>", page) == [f"L’affirmation {row['statement'][-1]}." for row in rows]


def test_people_are_columns_from_the_most_to_the_least_favourable_group_by_group(held, client_as):
    page = results(client_as("analyst"), PAGE)
    assert _rows(page) == [["++", "++", "+", "±", "−", "−", "−", "−", "−", "?"]]
    assert '<th scope="colgroup" colspan="5">Grand public (5)</th>' in page
    assert re.findall(r"personne </span>(\d+)", page) == [str(n) for n in range(1, 11)]


def test_nobody_is_named(held, client_as):
    assert "Secret" not in results(client_as("analyst"), PAGE)


def test_a_group_is_read_alone(held, client_as):
    analyst = client_as("analyst")
    results(analyst, PAGE)
    page = analyst.get(f"{PAGE}?groupe=operateur").text
    assert _rows(page) == [["−", "−", "−", "−", "?"]] and "Solde −1,00" in page and "Groupe par groupe" not in page
    assert "Solde −0,30" in analyst.get(f"{PAGE}?groupe=rien").text


def test_the_votes_of_a_small_group_are_not_read_one_by_one(house, client_as):
    _vote(house, "a", {"grand_public": ["contre"] * 5, "operateur": ["souhaitable"] * 2, "elus": ["dilemme"] * 2})
    analyst = client_as("analyst")
    page = results(analyst, PAGE)
    assert _rows(page) == [["−"] * 5] and "4 personnes d’un groupe de moins de 5" in page and "fragile" in page
    alone = analyst.get(f"{PAGE}?groupe=elus").text
    assert '<table class="abacus">' not in alone and "Solde 0,00" in alone
    _vote(house, "a", {"experts": ["incontournable"]})
    together = results(analyst, PAGE)
    assert "Groupes de moins de 5 personnes, ensemble (5)" in together
    assert _rows(together) == [["−"] * 5 + ["++", "+", "+", "±", "±"]]


def test_a_crowd_is_drawn_at_even_steps_and_stays_light(house, client_as):
    _vote(house, "a", {"grand_public": ["5"] * 50 + ["1"] * 50})
    page = results(client_as("analyst"), PAGE)
    assert _rows(page) == [["++"] * 25 + ["−−"] * 25] and "une personne sur 2" in page and "(100)" in page


def test_someone_erased_leaves_the_abacus(held, house, client_as):
    analyst = client_as("analyst")
    results(analyst, PAGE)
    with house.app.app_context(), writing() as session:
        gone = Participant.pseudonym == "Secret grand_public 0"
        session.execute(update(Participant).where(gone).values(erased_at=house.clock.now))
    page = results(analyst, PAGE)
    assert "n = 9\u00a0personnes" in page and page.count(">++</span>") == 0


def test_an_empty_cell_is_said(house, client_as):
    _vote(house, "a", {"grand_public": ["5"] * 5})
    _vote(house, "b", {"grand_public": ["4"] * 4})
    page = results(client_as("analyst"), PAGE)
    assert _rows(page)[1].count("") == 1 and "pas de vote" in page


def test_each_level_of_a_scale_has_its_own_sign():
    for levels in SCALES.values():
        signs = [level.sign for level in (*levels, *SILENCES)]
        assert len(set(signs)) == len(signs)


def test_what_was_voted_is_escaped(house, client_as):
    _vote(house, "a", {"grand_public": ["5"] * 5})
    with house.app.app_context(), writing() as session:
        session.execute(update(Question).where(Question.code == "regnier.a").values(text="<script>x</script>"))
    page = results(client_as("analyst"), PAGE)
    assert "<script>x" not in page and "&lt;script&gt;x" in page


def test_before_any_vote_the_page_says_what_will_be_there(client_as):
    assert "Les votes seront ici" in results(client_as("analyst"), PAGE)


def test_a_silent_statement_has_no_rank_and_no_false_figure(house, client_as):
    _vote(house, "a", {"grand_public": ["blanc"] * 5})
    page = results(client_as("analyst"), PAGE)
    assert "Moyenne — sur 5" in page and "Personne n’a encore donné d’avis" in page


def test_why_is_read_beside_the_figures_signed_without_a_name(held, house, client_as):
    with house.app.app_context(), writing() as session:
        number = session.scalar(select(Question.id).where(Question.code == "regnier.a"))
        who = list(session.scalars(select(Participant.id).order_by(Participant.id.desc()).limit(6)))
        words = [("Parce que.", {}), ("Entre nous.", {"private": True}), ("Caché.", {"status": "hidden"})]
        words += [(f"Encore {n}.", {}) for n in range(3)]
        for place, ((text, how), citizen) in enumerate(zip(words, who, strict=True)):
            row = {"key": str(place), "posted_digest": "", "participant_id": citizen, "question_id": number}
            session.add(Contribution(**row, **how, text=text, created_at=house.clock.now))
        session.flush()
        kept = session.scalar(select(Contribution.id).where(Contribution.text == "Parce que."))
        staff = session.scalar(select(Staff.id))
        place = {"contribution_id": kept, "section": "freins", "staff_id": staff}
        session.add(Retained(**place, created_at=house.clock.now))
    page = results(client_as("analyst"), PAGE)
    told = re.findall(r"<blockquote>([^<]+)</blockquote><figcaption>([^<]+)<", page)
    # What was retained first, then the latest; three at most.
    assert [words for words, _ in told] == ["Parce que.", "Encore 2.", "Encore 1."]
    assert {signed for _, signed in told} <= {"Grand public", "Operateur"}
