"""An interview for tests: begun through the interviewer's doors, answered and noted as their screen does."""

import re
from uuid import uuid4

from tests.conftest import Browser

# The example of a table des enjeux: what is given to each question, as the screen's fields.
EXAMPLE = (
    ("populations.cible", "choice", {"option": "jeunes"}),
    ("usages.critiques", "multi", {"option": ["demarches_administratives", "prestations_sociales"]}),
    ("freins.enjeux", "rank", {
        "rank.autonomie": 1, "rank.accompagnement": 2, "rank.parcours": 3, "rank.acces": 4,
    }),
    ("freins.champs.autonomie", "rank", {"rank.craintes_securite": 1, "rank.comprehension_interet": 2}),
    ("freins.champs.accompagnement", "rank", {"rank.competences_aidants": 1, "rank.coordination_aidants": 2}),
    ("freins.champs.parcours", "rank", {"rank.compte_bancaire": 1, "rank.souscription_offre": 2}),
    ("freins.champs.acces", "rank", {"rank.cout_equipement": 1, "rank.couverture_reseau": 2}),
)  # fmt: skip
WORDS = "18–25 ans, peu diplômés"


def begin(client: Browser, **person) -> str:
    """A new person and their interview, whose address is returned."""
    client.get("/entretiens/nouveau/personne")
    who = {"group": "grand_public", "subgroup": "Aidants", "place": "Lyon"} | person
    sent = client.send("/entretiens/nouveau/personne", key=str(uuid4()), heard="1", version="1", **who)
    assert sent.status_code == 303, sent.text
    return sent.location


def answer(client: Browser, room: str, step: str, kind: str, **fields):
    """Answer a question from a page freshly opened."""
    page = client.get(room).text
    card = page[page.index(f'id="q-{step}"') :]
    shown = dict(re.findall(r'name="(key|replaces)" value="([^"]*)"', card[: card.index("</article>")])[:2])
    return client.send(f"{room}/reponse", step=step, kind=kind, **(shown | fields))


def note(client: Browser, room: str, step: str, text: str, **fields):
    known = {"key": str(uuid4()), "step": step, "place": 1, "text": text}
    return client.send(f"{room}/notes", **(known | fields))


def tell_the_example(client: Browser) -> str:
    """The whole example, entered; returns the interview's address."""
    room = begin(client)
    for step, kind, fields in EXAMPLE:
        assert answer(client, room, step, kind, **fields).status_code == 303, step
    assert note(client, room, "populations.mots", WORDS).status_code == 303
    return room
