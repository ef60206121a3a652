"""Interviews held elsewhere: in once, or not at all, and equal to those entered by hand."""

import csv
from uuid import uuid4

import pytest
from sqlalchemy import func, select

from cafe.cli import cafe as command
from cafe.corpus.models import Answer, Contribution, Question, Tag
from cafe.errors import Refusal
from cafe.extensions import db
from cafe.people.models import Group, Participant
from tests.cafe.guide.interviewed import EXAMPLE, answer, begin, note

FILES = ("participants", "groups", "answers", "contributions", "tags")
GOOD = {
    "participants": "participant,group,subgroup,place\nA,terrain,Associations,Lyon\nB,terrain,,\n",
    "groups": "group,label,side,in_total\nterrain,Acteurs de terrain,external,1\n",
    "answers": (
        "participant,question,kind,option,value\n"
        "A,freins.enjeux,rank,acces,1\nA,populations.cible,choice,jeunes,1\n"
    ),
    "contributions": (
        "contribution,participant,source,question,about,text,created_at\n"
        "1,A,interview,essentiels,cout_internet,Un forfait moins cher,2018-01-05T18:30:00\n"
        '2,B,workshop,Et chez vous ?,,"Internet est trop cher,\nvraiment",\n'
    ),
}
BAD = {
    "answers": ("ligne 3 : « C » n’est pas dans participants", "participant,question\nA,q\nC,q\n"),
    "contributions": ("le texte est vide", "contribution,participant,text\n1,A,\n"),
    "groups": ("n’est pas un code de groupe", "group,label\nLes Gens,Gens\n"),
    "tags": ("n’est pas dans le texte", "contribution,family,tag,start,end\n1,freins,acces,0,900\n"),
    "participants": ("et 3 autres", "participant,group\n" + "A,terrain\n" * 6),
}


def write(folder, **tables):
    folder.mkdir(exist_ok=True)
    for name, text in tables.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    return folder


def bring_in(app, folder):
    return app.test_cli_runner().invoke(command, ["import", "frames", str(folder)])


def count(model) -> int:
    return db.session.scalar(select(func.count()).select_from(model))


def test_people_answers_and_words_come_in_and_again_adds_nothing(app, tmp_path):
    folder = write(tmp_path / "tables", **GOOD)
    first = bring_in(app, folder)
    assert "2 personnes, 2 réponses et 2 contributions ajoutées" in first.output, first.exception
    texts = select(Contribution.source, Contribution.about, Question.code).join(Question).order_by(Contribution.id)
    assert [tuple(row) for row in db.session.execute(texts)] == [
        ("interview", "cout_internet", "essentiels"), ("workshop", "", "Et chez vous ?"),
    ]  # fmt: skip
    created = db.session.scalars(select(Contribution.created_at).order_by(Contribution.id))
    assert next(created).isoformat() == "2018-01-05T18:30:00+00:00"
    assert db.session.scalar(select(Participant.target).where(Participant.place == "Lyon")) == "jeunes"
    assert count(Tag) > 0
    counts = [count(model) for model in (Participant, Group, Answer, Contribution, Tag, Question)]
    again = bring_in(app, folder)
    assert "0 personnes, 0 réponses et 0 contributions ajoutées ; 2" in again.output
    assert counts == [count(model) for model in (Participant, Group, Answer, Contribution, Tag, Question)]


@pytest.mark.parametrize("name", BAD)
def test_one_bad_line_refuses_the_whole(app, tmp_path, name):
    says, text = BAD[name]
    before = count(Participant)
    refused = bring_in(app, write(tmp_path / "tables", **GOOD | {name: text}))
    assert isinstance(refused.exception, Refusal) and says in str(refused.exception)
    assert f"{name}.csv" in str(refused.exception)
    assert count(Participant) == before and count(Contribution) == 0


def test_a_number_that_stands_for_someone_or_something_else_is_refused(app, tmp_path):
    folder = write(tmp_path / "tables", **GOOD)
    bring_in(app, folder)
    other = GOOD["contributions"].replace("moins cher", "gratuit")
    assert "autre texte" in str(bring_in(app, write(folder, contributions=other)).exception)
    group = {"participants": "participant,group\nA,ailleurs\n", "groups": "group,label\nailleurs,Ailleurs\n"}
    empty = {"answers": "participant,question\n", "contributions": "contribution,participant\n"}
    assert "du groupe « terrain »" in str(bring_in(app, write(folder, **group | empty)).exception)


def enter_by_hand(client, interviews: int) -> None:
    for number in range(interviews):
        room = begin(client, group="grand_public", subgroup=f"Aidants {number % 3}", place="Lyon")
        for step, kind, fields in EXAMPLE[: 7 - number % 3]:
            answer(client, room, step, kind, **fields)
        answer(client, room, "regnier.offre_sociale", "statement", state="nsp")
        note(client, room, "populations.mots", f"Jeunes sans diplôme, groupe {number}\n\nEt leurs parents")
        note(client, room, "liens", "Internet est trop cher pour les jeunes", place=5)
        note(client, room, "liens~suite", f"Mon voisin n° {number}", key=str(uuid4()), place=6)
        note(client, room, "essentiels@craintes_securite", "Une aide en boutique, et un forfait social", place=7)


def export(app, folder) -> dict[str, bytes]:
    done = app.test_cli_runner().invoke(command, ["export", "frames", "--stable-pseudonyms", "-o", str(folder)])
    assert done.exit_code == 0, done.exception
    return {name: (folder / f"{name}.csv").read_bytes() for name in FILES}


def keep_only(folder, people: set[str]) -> None:
    """Leave the interviews alone in the tables: those who are in both bases would come in twice."""
    for name in ("participants", "answers"):
        path = folder / f"{name}.csv"
        with path.open(encoding="utf-8", newline="") as file:
            header, *rows = csv.reader(file)
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows([header, *(row for row in rows if row[0] in people)])


@pytest.mark.parametrize(("interviews", "with_tags"), [(10, True), (2, False)], ids=["tags-given", "tags-found"])
def test_interviews_by_hand_and_by_import_come_out_equal(
    house, client_as, tmp_path, fresh_house, interviews, with_tags
):
    enter_by_hand(client_as("interviewer"), interviews)
    by_hand = export(house.app, tmp_path / "hand")
    keep_only(tmp_path / "hand", {f"P{number:04}" for number in range(4, 4 + interviews)})
    if not with_tags:
        (tmp_path / "hand/tags.csv").unlink()
    done = bring_in(fresh_house.app, tmp_path / "hand")
    assert f"{interviews} personnes" in done.output, done.exception
    assert export(fresh_house.app, tmp_path / "again") == by_hand
    assert by_hand["contributions"].count(b"\n") == 1 + 5 * interviews
