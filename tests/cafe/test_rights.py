"""Who may do what: every address × everyone who may ask for it, and nothing reached by guessing a number."""

import re
from datetime import date
from uuid import uuid4

import pytest
from sqlalchemy import select, update

from cafe.extensions import db, writing
from cafe.forum.models import Cafe, CafeGroup
from cafe.guide import workshops
from cafe.guide.workshop_models import Workshop
from cafe.people import services as people
from cafe.people import stakeholders
from cafe.people.models import Participant, Staff
from cafe.people.stakeholders_fields import Described
from tests.cafe.voting import write

# C a citizen, X a citizen of another café, M moderator, A analyst, I interviewer, O organiser, W observer,
# E expert committee; a and o are those two before their second factor; N nobody. The table says who passes, and by
# which methods.
WHO = "CXMAIOWEaoN"
ROLES = {
    "M": "moderator", "A": "analyst", "I": "interviewer", "O": "organiser", "W": "observer", "E": "committee",
}  # fmt: skip
CITIZENS, STAFF = "CX", "MAIOWEao"
MODERATORS, READERS, ORGANISERS, WATCHERS, FOLLOWERS = "MOo", "AEOao", "Oo", "MOoW", "IOo"
# A workshop's phones hold no account: the room's code lets one choose a seat, and the seat says what one may do.
OPEN = WHO
INTERVIEWERS = "IOo"
WRITERS = "AOao"
RIGHTS = {
    "committee.index": READERS,
    "committee.write": "E",
    "committee.shed": "E",
    "deck.index": "AO",
    "deck.ask": "AO",
    "deck.show": "AO",
    "deck.file": "AO",
    "deck.keep": ORGANISERS,
    "exports.index": "AO",
    "exports.ask": "AO",
    "exports.show": "AO",
    "exports.file": "AO",
    "exports.download": "AO",
    "exports.tags.choose": "AO",
    "exports.tags.read": "AO",
    "exports.tags.preview": "AO",
    "exports.tags.apply": "AO",
    "forum.answer": "C",
    "forum.change_own_post": "C",
    "forum.day": "C",
    "forum.draft": "C",
    "forum.own_post": "C",
    "forum.own_words": CITIZENS,
    "forum.own_words_file": CITIZENS,
    "forum.pass_over": "",
    "forum.react": "C",
    "forum.thanks": CITIZENS,
    "forum.withdraw_own_words": "C",
    "forum.voting.index": "C",
    "forum.voting.show": "C",
    "forum.voting.answer": "C",
    "forum.voting.draft": "C",
    "forum.voting.change_why": "",
    "guide_links.words": CITIZENS,
    "grid.show": MODERATORS,
    "grid.nudge": MODERATORS,
    "guide.answer": CITIZENS,
    "guide.begin": CITIZENS,
    "guide.finish": CITIZENS,
    "guide.pause": CITIZENS,
    "guide.review": CITIZENS,
    "guide.start": CITIZENS,
    "guide.step": CITIZENS,
    "guide.summary": CITIZENS,
    "host.index": WATCHERS,
    "host.watch": WATCHERS,
    "host.write_synthesis": MODERATORS,
    "host.save_synthesis": MODERATORS,
    "host.write_probe": MODERATORS,
    "host.send_probe": MODERATORS,
    "messages.stop_page": "MAIOWEaoN",
    "messages.stop": "MAIOWEaoN",
    "messages.resume": "MAIOWEaoN",
    "messages.todo": "O",
    "messages.tick": "O",
    "messages.untick": "O",
    "messages.journal": ORGANISERS,
    "messages.retry": ORGANISERS,
    "people.consent": CITIZENS,
    "people.give_consent": CITIZENS,
    "people.give_code": STAFF,
    "people.second_factor": STAFF,
    "people.password": STAFF,
    "people.staff_home": STAFF,
    "results.index": READERS,
    "results.section": READERS,
    "results.regnier": READERS,
    "results.compute_again": "AOao",
    "workshop.show": OPEN,
    "workshop.door": OPEN,
    "workshop.enter": OPEN,
    "workshop.answer": OPEN,
    "workshop.leave": OPEN,
    "results.pulse": READERS,
    "results.verbatims": READERS,
    "results.frozen.index": "AOao",
    "results.frozen.ask": "AOao",
    "results.frozen.wait": "AOao",
    "results.frozen.show": "AOao",
    "results.frozen.compare": "AOao",
    "results.frozen.tables": "AO",
    "results.frozen.name": ORGANISERS,
    "results.frozen.remove": ORGANISERS,
    "results.opening.choose": ORGANISERS,
    "results.opening.change": ORGANISERS,
    "results.notes.write": "AOao",
    "results.notes.keep": "AOao",
    "results.notes.draft": "AOao",
    "results.comparing.show": READERS,
    "results.crossing.begin_anew": "AOao",
    "results.crossing.choose": READERS,
    "results.pictures.groups": READERS,
    "results.pictures.matrix": READERS,
    "stakes.download": INTERVIEWERS,
    "restitution.own": CITIZENS,
    "restitution.answer": "",
    "restitution.retained": CITIZENS,
    "writing.index": STAFF,
    "writing.edit": MODERATORS + "Aa",
    "writing.history": MODERATORS + "Aa",
    "writing.preview": MODERATORS + "Aa",
    "quotes.index": MODERATORS + "Aa",
}
# Whole rooms, where every address has the same guard.
ROOMS = {
    "moderation": MODERATORS,
    "people_desk": ORGANISERS,
    "forum_desk": ORGANISERS,
    "coding": MODERATORS,
    "guide_desk": ORGANISERS,
    "stakeholders": FOLLOWERS,
    "workshops": FOLLOWERS,
    "interview": INTERVIEWERS,
    "writing": WRITERS,
    "quotes": ORGANISERS,
}
# Rooms within rooms, and what opens someone's door or tells who they are: with the second factor.
INNER = {
    "moderation.care": ORGANISERS,
    "people_desk.cards": "O",
    "people_desk.roster": "O",
    "people_desk.staff": "O",
    "stakeholders.files": "O",
}
# Single addresses that differ from their room.
NARROWER = {
    "writing.tell": ORGANISERS,
    "moderation.author.own_message": "C",
    "moderation.author.report": "",
    "moderation.author.report_form": "",
    "moderation.author.reported": "",
    "moderation.author.write_to_team": "C",
    "coding.samples.quality": MODERATORS + "Aa",
    "people_desk.roster.index": ORGANISERS,
    "people_desk.roster.model": ORGANISERS,
    "stakeholders.spheres": ORGANISERS,
    "stakeholders.describe": ORGANISERS,
    "stakeholders.contact": "O",
    "stakeholders.link": ORGANISERS,
    "stakeholders.unlink": ORGANISERS,
}
# Open to everyone, whose own doors they are; or ending the session of whoever asks, tested apart.
SKIPPED = {
    "assets.send", "forum.home", "people.enter", "people.sign_in", "people.help_page", "people.leave",
    "guide_links.show", "guide_links.begin", "guide_links.change", "guide.erase",
}  # fmt: skip
PLACE = {
    "slug": "essai", "day": 1, "n": 2, "words": "un-deux-trois", "code": "grand_public", "name": "csv",
    "option": "navigation", "token": "x", "follow_up_id": 1, "message_id": 1, "key": "x",
    "family": "freins", "work_id": 1, "proposal_id": 1, "sample_id": 1,
    "export_id": 1,
    "version_id": 1, "link_id": 1, "place": 1, "kind": "csv",
    "piece_id": 1, "edition_id": 1,
    "sitting_id": 1, "suffix": "pdf", "number": 1, "named": "comite", "output": "regnier",
    "section": "freins.enjeux",
}  # fmt: skip


DOORS = ("/entrer", "/equipe/entrer", "/equipe/code", "/accord")
GUARD = "Cette page n’est pas ouverte à votre compte."


def rights_of(endpoint: str) -> str:
    known, name = RIGHTS | NARROWER | INNER | ROOMS, endpoint
    while name and name not in known:
        name = name.rpartition(".")[0]
    assert name, f"{endpoint} is not in the table"
    return known[name]


@pytest.fixture
def client_of(visitor, client_as):
    """Someone at the door, as a letter of the table."""

    def enter(who: str):
        if who in "CX":
            return client_as("Tilleul" if who == "C" else "Mésange")
        if who in ROLES:
            return client_as(ROLES[who])
        if who in "ao":
            return client_as(ROLES[who.upper()], code=False)
        visitor.get("/entrer")
        return visitor

    return enter


@pytest.fixture
def place(house, client_as):
    """The numbers to put in addresses: a citizen's post, themselves, a member of staff. The café is for their group."""
    statement = write(client_as("moderator"))
    posted = client_as("Tilleul").send("/cafe/essai/jour/1/2", key=str(uuid4()), text="Mes mots à moi")
    with house.app.app_context(), writing() as session:
        people.create_group("operateur", "Opérateur")
        session.add(CafeGroup(cafe_id=session.scalar(select(Cafe.id)), group_code="grand_public"))
        session.execute(update(Participant).where(Participant.pseudonym == "Mésange").values(group_code="operateur"))
        number = int(posted.location.rpartition("#m")[2])
        someone = session.scalar(select(Participant.id).where(Participant.pseudonym == "Garance"))
        member = session.scalar(select(Staff.id).where(Staff.role == "interviewer"))
        followed = Described(label="Association A", group="operateur", follower="interviewer")
        known = stakeholders.add_stakeholder(followed, "k", member, house.clock.now)
        ids = {"post_id": number, "contribution_id": number, "participant_id": someone, "staff_id": member}
        ids["statement_id"] = statement
        held = workshops.NewWorkshop("Atelier A", "", date(2026, 1, 7), "operateur", "", 2)
        room = workshops.open_workshop(held, "k", member, house.clock.now)
        code = session.scalar(select(Workshop.code))
        return PLACE | ids | {"stakeholder_id": known, "workshop_id": room, "seat_id": 1, "room_code": code}


def _address(rule, place: dict) -> str:
    return re.sub(r"<(?:\w+:)?(\w+)>", lambda found: str(place[found[1]]), rule.rule)


def _passes(answer, who: str = "") -> bool:
    """Whether the guard let through; what the service then says of an empty form is another matter.

    To a citizen, what is not theirs is not there.
    """
    if answer.status_code == 303:
        return answer.location.split("?")[0] not in DOORS
    return GUARD not in answer.text and not (who in CITIZENS and answer.status_code in (403, 404))


def _addresses(app):
    for rule in app.url_map.iter_rules():
        for method in sorted(rule.methods & {"GET", "POST"}):
            if rule.endpoint not in SKIPPED:
                yield rule, method


def _harm(found) -> tuple:
    """Reading first; what takes the words away last."""
    rule, method = found
    return method, rule.endpoint == "forum.withdraw_own_words"


@pytest.mark.parametrize("who", WHO)
def test_each_address_opens_to_those_of_the_table_alone(house, client_of, place, who):
    client, wrong = client_of(who), []
    for rule, method in sorted(_addresses(house.app), key=_harm):
        path = _address(rule, place)
        answer = client.get(path) if method == "GET" else client.send(path)
        if _passes(answer, who) is not (who in rights_of(rule.endpoint)):
            wrong.append((rule.endpoint, method, answer.status_code, answer.location))
    assert wrong == [], "\n".join(map(str, wrong))


def test_every_address_is_in_the_table(house):
    endpoints = {rule.endpoint for rule, _ in _addresses(house.app)}
    assert {name for name in endpoints if name not in RIGHTS and name.split(".")[0] not in ROOMS} == set()
    assert set(RIGHTS) | set(NARROWER) <= endpoints


def test_leaving_closes_every_door(house, client_as):
    for who, page in (("citizen", "/mes-mots"), ("moderator", "/moderation")):
        client = client_as(who)
        cookie = client.get_cookie("cafe").value
        client.send("/quitter")
        client.set_cookie("cafe", cookie)
        assert not _passes(client.get(page))


def test_the_posts_of_another_are_not_changed_by_guessing_their_number(house, client_as, place):
    other = client_as("Garance")
    here = f"/cafe/essai/jour/1/2/message/{place['post_id']}"
    assert other.get(here).status_code == 404
    assert other.send(here, action="withdraw").status_code == 404
    assert other.send(f"/mes-mots/{place['post_id']}/retirer").status_code == 403
    with house.app.app_context():
        assert db.session.scalar(select(Participant.id).where(Participant.erased_at.is_not(None))) is None
