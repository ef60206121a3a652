"""No list costs more queries for more people and posts."""

from tests.cafe.guide.walking import Walker, begin_before
from tests.conftest import CITIZENS, counted_queries
from tests.crowd import fill

# Who reads what, and how many statements it may take.
LISTS = {
    "citizen": (
        "/cafe/essai/jour/1/2", "/cafe/essai/affirmations", "/mes-mots", "/merci", "/mes-paroles", "/ce-qui-est-retenu",
    ),
    "moderator": (
        "/moderation", "/moderation?etat=sans-tag", "/moderation?mots=message", "/moderation/file",
        "/moderation/file?raison=signale", "/moderation/retenus", "/moderation/1", "/animation",
        "/animation/essai/jour/1/2", "/animation/essai/jour/1/synthese", "/participation/essai",
        "/participation/essai?etat=never", "/animation/message/1/question", "/referentiel",
        "/referentiel/freins/cout_internet", "/referentiel/propositions", "/referentiel/accord",
        "/moderation/affirmations",
    ),
    "organiser": (
        "/moderation/soin", "/organisation", "/organisation/participants", "/organisation/participants?mots=foule",
        "/organisation/cartes", "/organisation/equipe", "/organisation/groupes", "/organisation/accord",
        "/organisation/cafe", "/organisation/cafe/essai", "/organisation/cafe/essai/jour/1", "/messages/a-faire",
        "/messages/journal", "/guides", "/guides/1", "/guides/comparer", "/guides/liens",
        "/parties-prenantes", "/parties-prenantes/carte", "/organisation/phases", "/equipe",
        "/lecons", "/lecons/apercu",
    ),
    "committee": ("/comite",),
    "interviewer": (
        "/entretiens", "/entretiens/nouveau", "/entretiens/nouveau?mots=foule", "/entretiens/1", "/entretiens/1/table",
        "/entretiens/1/saisie", "/entretiens/1/table.pdf",
    ),
    "analyst": (
        "/resultats/paroles/freins/cout_internet", "/resultats/pouls", "/donnees", "/donnees/tags", "/resultats/jeux",
        "/resultats/paroles/freins/acces?avec=freins:cout_internet&groupe=grand_public&du=2020-01-01",
        "/restitution/document",
    ),
}  # fmt: skip
# Most is for one contribution with all that surrounds it.
BUDGET = 20
# Who asks, their sitting, its answers; SQLite says BEGIN before.
STEP_BUDGET = 4


def test_each_list_keeps_its_budget_however_many_people_and_posts(house, client_as):
    counts = []
    for people, posts in ((31, 1_400), (1_000, 50_000)):
        with house.app.app_context():
            fill(people, posts, house.clock.now)
        counts.append({page: _statements_of(house, client, page) for client, page in _visits(client_as)})
    assert counts[0] == counts[1]
    assert max(counts[0].values()) <= BUDGET


def _visits(client_as):
    for who, pages in LISTS.items():
        client = client_as(who)
        yield from ((client, page) for page in pages)


def _statements_of(house, client, page: str) -> int:
    """How many it takes once what a process reads once is read."""
    client.get(page)
    with counted_queries(house.app) as statements:
        assert client.get(page).status_code in (200, 303), page
    return len(statements)


def test_a_question_costs_no_more_at_the_end_of_the_guide_than_at_its_beginning(house, client_as):
    for name, step in zip(CITIZENS, ("titre", "freins.enjeux", "raisons"), strict=True):
        with house.app.app_context():
            begin_before(step, CITIZENS.index(name) + 1, house.clock.now)
        walker = Walker(client_as(name)).resume()
        with counted_queries(house.app) as statements:
            walker.open(walker.place)
        assert walker.step == step and len(statements) <= STEP_BUDGET
