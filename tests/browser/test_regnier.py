"""A Régnier session of 31 people and 20 statements: some tap, with scripts or without, the others speak HTTP."""

import base64
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from uuid import uuid4

import pytest
from selenium.webdriver.common.by import By

from cafe.corpus.votes import SCALES, SILENCES
from cafe.forum.definition import CafeDefinition
from cafe.forum.services import create_cafe
from cafe.people import services as people
from tests.browser.conftest import small_site
from tests.browser.test_access import violations
from tests.live import Citizen

VOTERS, TAPPING, PASSWORD = 31, 2, "une-longue-phrase"
ROOM, DESK = "/cafe/seance/affirmations", "/moderation/affirmations"
TEXTS = (
    "Chaque mairie doit garder un accueil humain.", "Internet doit être un droit, comme l’eau.",
    "Un opérateur doit aider ses clients à s’en servir.", "Le numérique rapproche les gens.",
    "Un forfait social doit exister partout.", "On devrait prêter des ordinateurs aux familles.",
    "Les aidants doivent être formés et payés.", "Toutes les démarches doivent rester possibles sur papier.",
    "L’école doit apprendre le numérique à tous.", "Les sites publics sont faciles à comprendre.",
    "Mes données sont en sécurité en ligne.", "Un seul mot de passe suffirait pour tout.",
    "Les jeunes n’ont pas besoin d’aide.", "Les bibliothèques sont le bon lieu pour apprendre.",
    "Le téléphone suffit, sans ordinateur.", "La fibre doit arriver dans chaque village.",
    "Les boutiques doivent aider sans rien vendre.", "L’État doit payer l’équipement des plus pauvres.",
    "Je ferais tout en ligne si je le pouvais.", "Les associations en font déjà assez.",
)  # fmt: skip
LEVELS = [level.code for level in SCALES["colours"]]
SIGNS = {level.code: level.sign for level in (*SCALES["colours"], *SILENCES)}


def _session() -> list[list[str]]:
    """What each voter votes on each statement: people lean, statements please, some have nothing to say."""
    draw = Random(31)
    pleases, leans = [draw.uniform(0, 4) for _ in TEXTS], [draw.gauss(0, 0.6) for _ in range(VOTERS)]

    def one(lean: float, liked: float) -> str:
        luck, place = draw.random(), round(liked + lean + draw.gauss(0, 0.8))
        return "blanc" if luck < 0.05 else "noir" if luck < 0.08 else LEVELS[min(max(place, 0), 4)]

    return [[one(lean, liked) for liked in pleases] for lean in leans]


VOTES = _session()


def _people(app) -> dict:
    """A café of 31 citizens on its third day, a moderator and an analyst; returns what opens their doors."""
    now, key = datetime.now(UTC), app.config["KEYS"]["cards"]
    first_day = (now - timedelta(days=2)).date()
    question = {"day": 1, "n": 1, "text": "Quel lien avec Internet ?"}
    people.create_group("grand_public", "Grand public")
    create_cafe(CafeDefinition(slug="seance", title="La séance", first_day=first_day, questions=[question]))
    cards = []
    for number in range(VOTERS):
        citizen = people.create_participant(f"Secret {number}", "grand_public", now)
        people.give_consent(citizen.id, 1, now)
        cards.append(people.issue_card(citizen.id, key, now))
    for role in ("moderator", "analyst"):
        people.create_staff(role, role, PASSWORD, now)
    staff = {role: {"login": role, "password": PASSWORD} for role in ("moderator", "analyst")}
    return {"citizens": cards, "staff": staff}


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """A small install of its own, served."""
    yield from small_site(tmp_path_factory.mktemp("seance"), "La séance", _people)


def _write_by_form(phone) -> None:
    """The first statement, on the moderator's screen."""
    phone.go(f"{DESK}/nouvelle")
    assert violations(phone) == []
    phone.write("#text", TEXTS[0])
    phone.one("[value=colours]").click()
    phone.press("form.card .button")
    phone.says("L’affirmation est écrite")


def _write_the_others(site) -> None:
    moderator = Citizen(site.port)
    moderator.send("GET", "/equipe/entrer")
    moderator.send("POST", "/equipe/entrer", site.doors["staff"]["moderator"])
    moderator.send("GET", DESK)
    now = datetime.now(UTC)
    opens, closes = (moment.strftime("%Y-%m-%dT%H:%M") for moment in (now - timedelta(days=1), now + timedelta(days=9)))
    for place, text in enumerate(TEXTS[1:], 2):
        fields = {"text": text, "scale": "colours", "place": str(place), "opens_at": opens, "closes_at": closes}
        status, _ = moderator.send("POST", f"{DESK}/nouvelle", {"key": str(uuid4()), "cafe": "seance"} | fields)
        assert status == 303


def _vote_by_http(site, voter: int) -> None:
    citizen = Citizen(site.port)
    citizen.enter(site.doors["citizens"][voter])
    numbers = {text: number for number, text in _numbers(citizen.send("GET", ROOM)[1]).items()}
    for text, value in zip(TEXTS, VOTES[voter], strict=True):
        vote = {"value": value, "edition": "1", "then": "next"}
        assert citizen.send("POST", f"{ROOM}/{numbers[text]}", vote)[0] == 303


def _numbers(page: str) -> dict[int, str]:
    """The statements of the list by number."""
    links = (part.partition('"') for part in page.split(f'href="{ROOM}/')[1:])
    found = {int(number): rest for number, _, rest in links if number.isdigit() and "<span>" in rest}
    return {number: rest.partition("<span>")[2].partition("</span>")[0] for number, rest in found.items()}


# Asked of the page in one breath: it may be replaced meanwhile.
HEADING = "return document.querySelector('#vote h1')?.innerText"


def _tap(phone, value: str) -> None:
    """Touch a level, until another statement, or the end, is there; the buttons rest a moment after it comes."""
    before = phone.execute_script(HEADING)
    button = phone.one(f"#vote:not(.settling) .level[value='{value}']")
    phone.execute_script("arguments[0].scrollIntoView({block: 'center'})", button)
    button.click()
    phone.until(lambda: phone.execute_script(HEADING) not in (None, before))


def _vote_by_taps(phone, site, voter: int) -> None:
    """One's path: from the day to the last statement, the second one skipped and met again at the end."""
    phone.enter(site.doors["citizens"][voter])
    phone.go("/cafe/seance/jour/1")
    phone.press("a[href$='/affirmations']")
    assert violations(phone) == []
    phone.press("#vote p .button")
    assert violations(phone) == []
    _tap(phone, VOTES[voter][0])
    phone.press(".steps .button:nth-of-type(2)")
    for statement in (*range(2, len(TEXTS)), 1):
        assert phone.execute_script(HEADING) == TEXTS[statement]
        assert phone.one(".who").text == f"Affirmation {statement + 1} sur {len(TEXTS)}"
        _tap(phone, VOTES[voter][statement])
    phone.says("C’est fait. Merci")
    assert violations(phone) == []
    assert phone.execute_script("return document.documentElement.scrollWidth") <= 360


SMALL = """
return [...document.querySelectorAll('main button, main .button, summary')]
  .filter(e => e.getClientRects().length && (e.offsetHeight < 48 || e.offsetWidth < 48)).map(e => e.outerHTML)
"""


PRESSED = "return document.querySelector('[aria-pressed=true]')?.value"


def _change_and_say_why(phone) -> None:
    """Come back to the first statement, change one's vote and change it back, say why."""
    phone.press(".ballots a")
    mine = phone.execute_script(PRESSED)
    for value in ("3" if mine != "3" else "2", mine):
        phone.one(f"#vote:not(.settling) .level[value='{value}']").click()
        phone.until(lambda value=value: phone.execute_script(PRESSED) == value)
    assert phone.execute_script(SMALL) == [] and violations(phone) == []
    phone.write("#text", "Parce que je connais le guichet de ma ville")
    phone.one("#composer .button").click()
    phone.delivered("je connais le guichet")
    phone.refresh()
    assert phone.one(".posts").text.count("je connais le guichet") == 1


def _columns(phone) -> list[tuple[str, ...]]:
    """Each person's signs, in the order of the statements of `TEXTS`."""
    script = """return [...document.querySelectorAll('.abacus tbody tr')].map(row => [
      row.querySelector('th').innerText,
      [...row.querySelectorAll('td:not(.index)')].map(cell => cell.firstChild.textContent)])"""
    rows = dict(phone.execute_script(script))
    return list(zip(*(rows[text] for text in TEXTS), strict=True))


def _picture(browser, path: Path) -> None:
    taken = browser.execute_cdp_cmd("Page.captureScreenshot", {"captureBeyondViewport": True})
    path.write_bytes(base64.b64decode(taken["data"]))


def _check_abacus(phone, folder: Path) -> None:
    phone.sign_in("analyst")
    phone.go("/resultats/regnier")
    phone.until(lambda: phone.find_elements(By.CSS_SELECTOR, ".abacus"))
    assert Counter(_columns(phone)) == Counter(tuple(SIGNS[value] for value in votes) for votes in VOTES)
    assert "Secret" not in phone.page_source
    # Whatever becomes of the colours, no two levels look alike.
    told = phone.execute_script("return [...document.querySelectorAll('.key .cell')].map(cell => cell.textContent)")
    assert sorted(told) == sorted(SIGNS.values()) and len(set(told)) == len(told)
    assert violations(phone) == []
    assert phone.execute_script("return document.documentElement.scrollWidth") <= 360
    _picture(phone, folder / "abacus-phone.png")
    phone.execute_cdp_cmd("Emulation.setDeviceMetricsOverride",
                          {"width": 1600, "height": 1300, "deviceScaleFactor": 1, "mobile": False})  # fmt: skip
    _picture(phone, folder / "abacus.png")
    phone.execute_cdp_cmd("Emulation.setEmulatedVisionDeficiency", {"type": "achromatopsia"})
    _picture(phone, folder / "abacus-grey.png")


def test_a_session_of_31_people_and_20_statements(phone_with, site, tmp_path):
    moderator = phone_with()
    moderator.sign_in("moderator")
    _write_by_form(moderator)
    _write_the_others(site)
    for voter in range(TAPPING, VOTERS):
        _vote_by_http(site, voter)
    for voter, scripts in enumerate((True, False)):
        phone = phone_with(scripts)
        _vote_by_taps(phone, site, voter)
        if scripts:
            _change_and_say_why(phone)
    moderator.go(DESK)
    assert moderator.one("main").text.count(f"{VOTERS} votes") == len(TEXTS)
    assert violations(moderator) == []
    _check_abacus(phone_with(), tmp_path)
