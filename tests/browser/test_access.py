"""Every page of every role, read by axe: WCAG 2.2, levels A and AA."""

from pathlib import Path

import pytest

AXE = (Path(__file__).parents[2] / "node_modules/axe-core/axe.min.js").read_text(encoding="utf-8")
RUN = """
const done = arguments[arguments.length - 1];
const runOnly = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
axe.run({runOnly}).then(found => done(found.violations.map(v => v.id + ': ' + v.nodes[0].html.slice(0, 120))));
"""
DOORS = ("/entrer", "/carte/un-deux-trois", "/equipe/entrer", "/questionnaire/effacer", "/aide", "/rien", "/q/rien")
DAYS = [f"/cafe/demo/jour/{day}" for day in ("9", "1/1", "6/2", "12", "8?avant=900")]
VOTES = ("/cafe/demo/affirmations", "/cafe/demo/affirmations/1")
CITIZEN = (
    *DAYS, *VOTES, "/mes-mots", "/questionnaire", "/questionnaire/arreter", "/aide", "/accord", "/moderation", "/rien",
    "/mes-paroles", "/ce-qui-est-retenu",
)  # fmt: skip
MODERATION = ("/moderation", "/moderation?etat=sans-tag", "/moderation?mots=introuvable", "/moderation/10")
MODERATION += ("/moderation/file", "/moderation/file?raison=attente", "/moderation/retenus")
MODERATION += ("/moderation/affirmations", "/moderation/affirmations/1", "/moderation/affirmations/1/apercu")
MODERATION += ("/moderation/affirmations/nouvelle?message=10",)
CODING = ("/referentiel", "/referentiel/freins/cout_internet", "/referentiel/freins/nouveau-tag")
CODING += ("/referentiel/brouillon", "/referentiel/propositions", "/referentiel/accord", "/referentiel/accord/qualite")
WATCHING = ("/animation", "/animation/demo/jour/8", "/animation/demo/jour/12", "/animation/demo/jour/6/2")
HOSTING = ("/animation/demo/jour/8/synthese", "/animation/message/10/question", "/participation/demo")
DESK = (
    "/organisation", "/organisation/dialogue", "/organisation/groupes", "/organisation/participants",
    "/organisation/participants/nouveau", "/organisation/participants/invitation", "/organisation/participants/3",
    "/organisation/accord", "/organisation/cartes", "/organisation/cartes/toutes", "/organisation/equipe",
    "/organisation/equipe/nouveau", "/organisation/cafe", "/messages/a-faire", "/messages/journal", "/guides",
    "/guides/1", "/guides/comparer", "/guides/brouillon", "/guides/brouillon/fichier", "/guides/apercu/1",
    "/guides/apercu/1/telephone?n=12", "/guides/liens", "/guides/liens/nouveau",
)  # fmt: skip
WHO = ("/parties-prenantes", "/parties-prenantes?retard=1", "/parties-prenantes/carte", "/parties-prenantes/3")
WHO += ("/parties-prenantes/nouvelle", "/parties-prenantes/fichier", "/organisation/phases", "/comite")
ROOM = ("/ateliers", "/ateliers/4", "/ateliers/4/ecran", "/ateliers/1", "/atelier")
SCORES = ("/resultats", "/resultats/freins?mesure=score&cible=seniors", "/resultats/paroles/freins/navigation")
OUTPUTS = ("liens", "populations", "essentiels", "regnier", "ecarts", "triptyques")
SCORES += tuple(f"/resultats/{page}" for page in OUTPUTS)
SCORES += ("/resultats/freins?mesure=cited&groupe=beneficiaires&du=2020-01-01", "/resultats/comparer/freins.enjeux")
SCORES += ("/resultats/croiser?lignes=populations&colonnes=usages&couches=freins.grands",)
RESULTS = (*SCORES, "/resultats/pouls", "/donnees", "/donnees/tags", "/restitution/document")
# The demonstration's first interview comes after its forty questionnaires.
INTERVIEWS = ("/entretiens", "/entretiens/nouveau", "/entretiens/nouveau/personne", "/entretiens/nouveau/3")
INTERVIEWS += ("/entretiens/41", "/entretiens/41/table", "/entretiens/41/saisie", "/entretiens/41/fin")
INTERVIEWS += ("/entretiens/papier", "/entretiens/papier?facon=alone")
WRITTEN = ("/lecons", "/lecons/1", "/lecons/5", "/lecons/5/avant", "/lecons/apercu", "/paroles-citees")
STAFF = {
    "moderator": ("/equipe", "/equipe/mot-de-passe", *WATCHING, *HOSTING, *MODERATION, *CODING, *WRITTEN, "/resultats"),
    "analyst": ("/equipe", *RESULTS, *WRITTEN),
    "interviewer": ("/equipe", *INTERVIEWS, "/moderation", *ROOM, "/parties-prenantes", "/parties-prenantes/1"),
    "committee": ("/equipe", "/comite", "/comite/analysis", "/resultats", "/lecons"),
    "organiser": ("/equipe", "/equipe/code", *DESK, *WHO, "/moderation/soin", *RESULTS, *WRITTEN),
    "observer": ("/equipe", *WATCHING, "/moderation", "/lecons"),
}


def violations(phone) -> list[str]:
    phone.execute_script(AXE)
    return phone.execute_async_script(RUN)


def _read(phone, pages):
    for page in pages:
        phone.go(page)
        assert violations(phone) == [], page
        assert phone.execute_script("return document.documentElement.scrollWidth") <= 360, page


def test_doors_are_open_to_all(phone):
    _read(phone, DOORS)


def test_citizens_pages_are_open_to_all(phone, site):
    phone.enter(site.doors["citizens"][12])
    _read(phone, CITIZEN)
    phone.go("/cafe/demo/jour/1/1")
    phone.get(phone.one(".own .meta a").get_attribute("href"))
    assert violations(phone) == []


def test_the_dark_page_is_open_to_all(phone, site):
    dark = {"features": [{"name": "prefers-color-scheme", "value": "dark"}]}
    phone.execute_cdp_cmd("Emulation.setEmulatedMedia", dark)
    phone.enter(site.doors["citizens"][13])
    _read(phone, CITIZEN)


@pytest.mark.parametrize("role", STAFF)
def test_staff_pages_are_open_to_all(phone, role):
    phone.sign_in(role)
    _read(phone, STAFF[role])


def test_axe_sees_a_fault_when_there_is_one(phone):
    phone.go("/entrer")
    phone.execute_script("document.querySelector('label').remove()")
    assert any(fault.startswith("label:") for fault in violations(phone))
