"""Two hundred flagged messages decided on by one key each, then by one tap each at 360 px."""

import json
import shutil
import signal
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path

import pytest
from selenium import webdriver
from selenium.webdriver.common.by import By

from tests.browser.conftest import FLAGS, Phone, Site
from tests.browser.test_access import violations
from tests.live import demonstration, serve, stop

WAITING, GESTURES = 200, ("publish", "hide", "mask", "return", "pass_on")
KEYS = {"publish": "p", "hide": "h", "mask": "m", "return": "r", "pass_on": "t"}
LEFT = {"publish": "published", "hide": "hidden", "mask": "published", "return": "returned", "pass_on": "published"}
QUEUE = "/moderation/file"
FOCUSED = "return document.activeElement.id"
NARROW = """
return [...document.querySelectorAll('#queue button, #queue a, #queue select, #queue .check')]
  .filter(e => e.getClientRects().length && e.offsetHeight < 48).map(e => e.outerHTML.slice(0, 80))
"""


@dataclass
class Base:
    """The served base, read and written beside the server."""

    path: Path

    def run(self, statement: str, rows=None) -> list:
        with closing(sqlite3.connect(self.path, timeout=20)) as base, base:
            if rows is None:
                return base.execute(statement).fetchall()
            base.executemany(statement, rows)
        return []

    def flag(self) -> list[int]:
        """Nothing waits but two hundred messages, each with a passage to look at; their numbers, oldest first."""
        self.run("UPDATE flag SET settled_at = '2026-01-01 00:00:00.000000'", [()])
        self.run("UPDATE report SET settled_at = '2026-01-01 00:00:00.000000'", [()])
        published = "SELECT id FROM contribution WHERE status = 'published' AND length(text) > 12"
        numbers = [number for (number,) in self.run(f"{published} ORDER BY id LIMIT {WAITING}")]
        insert = "INSERT INTO flag (contribution_id, kind, start, end) VALUES (?, 'phone', 0, 5)"
        again = "ON CONFLICT (contribution_id, kind, start, end) DO UPDATE SET settled_at = NULL"
        self.run(f"{insert} {again}", [(number,) for number in numbers])
        return numbers

    def decided(self, since: int) -> dict[int, tuple[str, str]]:
        """What was decided after a decision: the action and the state that it left, by message."""
        rows = self.run(
            "SELECT contribution_id, action, status FROM decision JOIN contribution c ON c.id = contribution_id"
            f" WHERE decision.id > {since}"
        )
        assert len(rows) == len({row[0] for row in rows})
        return {number: (action, status) for number, action, status in rows}

    def last(self) -> int:
        return self.run("SELECT coalesce(max(id), 0) FROM decision")[0][0]


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """A demonstration of its own, whose queue is emptied."""
    data = tmp_path_factory.mktemp("queue")
    server, port = serve(demonstration(tmp_path_factory, data))
    yield Site(port, json.loads((data / "demo.json").read_text(encoding="utf-8")))
    stop(server, signal.SIGKILL)


@pytest.fixture(scope="module")
def base(site, tmp_path_factory):
    return Base(next(tmp_path_factory.getbasetemp().glob("queue*/cafe.sqlite")))


def _clear(phone, base, act) -> None:
    """Decide on each message in turn, a gesture each, and compare with what the base holds."""
    numbers, before, expected = base.flag(), base.last(), {}
    phone.sign_in("moderator")
    phone.go(QUEUE)
    phone.says("Tout (plus de 50)")
    for number, gesture in zip(numbers, cycle(GESTURES), strict=False):
        act(number, gesture)
        expected[number] = (gesture, LEFT[gesture])
    phone.says("Tout est décidé.")
    assert base.decided(before) == expected
    left = (
        "SELECT count(*) FROM flag WHERE settled_at IS NULL AND kind IN ('phone', 'email', 'address', 'name', 'insult')"
    )
    assert base.run(left) == [(0,)]


def _tap(phone, selector: str) -> None:
    button = phone.one(selector)
    phone.execute_script("arguments[0].scrollIntoView({block: 'center'})", button)
    button.click()


@pytest.fixture
def laptop(site):
    """A browser as wide as a desk, with its keyboard."""
    options = webdriver.ChromeOptions()
    for flag in (*FLAGS, "--window-size=1280,900"):
        options.add_argument(flag)
    browser = Phone(options, webdriver.ChromeService(shutil.which("chromedriver")))
    browser.site = site
    yield browser
    browser.quit()


def test_two_hundred_messages_leave_by_one_key_each(laptop, base):
    def act(number, gesture):
        if laptop.execute_script(FOCUSED) != f"c{number}":
            laptop.until(lambda: laptop.find_elements(By.ID, f"c{number}"))
            if not started:
                laptop.switch_to.active_element.send_keys("j")
                started.append(number)
            laptop.until(lambda: laptop.execute_script(FOCUSED) == f"c{number}")
        laptop.switch_to.active_element.send_keys(KEYS[gesture])

    started = []
    _clear(laptop, base, act)


def test_two_hundred_messages_leave_by_one_tap_each_on_a_phone(phone, base):
    def act(number, gesture):
        _tap(phone, f"#c{number}:not([hidden]) .acts [value={gesture}]")

    _clear(phone, base, act)


def test_the_last_decision_is_taken_back_by_one_key_and_keys_can_be_turned_off(laptop, base):
    number = base.flag()[0]
    laptop.sign_in("moderator")
    laptop.go(QUEUE)
    body = laptop.one("body")
    body.send_keys("p")
    assert laptop.execute_script(FOCUSED) == f"c{number}", "without a message in hand a key only takes the first"
    laptop.switch_to.active_element.send_keys("4")
    laptop.switch_to.active_element.send_keys("h")
    laptop.says("Message masqué : vise une personne.")
    laptop.switch_to.active_element.send_keys("u")
    laptop.until(lambda: laptop.execute_script(FOCUSED) == f"c{number}")
    laptop.says("Décision annulée.")
    laptop.one("#keys").click()
    laptop.refresh()
    assert not laptop.one("#keys").is_selected()
    laptop.one("body").send_keys("jp")
    laptop.says("Tout (plus de 50)")
    assert laptop.execute_script(FOCUSED) == ""


def _propose(base) -> int:
    """A message that waits, with a proposition that nobody said how it is held."""
    number = base.flag()[0]
    columns = "contribution_id, family, code, start, end, rule, matched, negated, origin, state, stance, referential"
    values = "?, 'essentiels', 'offres_ciblees', 0, 5, '', '', '', 'rule', 'laid', '', 1"
    base.run("DELETE FROM tag WHERE contribution_id = ? AND family = 'essentiels'", [(number,)])
    base.run(f"INSERT INTO tag ({columns}) VALUES ({values})", [(number,)])
    return number


def _stance(base, number: int) -> str:
    return base.run(f"SELECT stance FROM tag WHERE contribution_id = {number} AND code = 'offres_ciblees'")[0][0]


def test_one_key_says_how_a_proposition_is_held_and_one_takes_it_back(laptop, base):
    number = _propose(base)
    laptop.sign_in("moderator")
    laptop.go(QUEUE)
    laptop.one("body").send_keys("j")
    laptop.until(lambda: laptop.execute_script(FOCUSED) == f"c{number}")
    laptop.one(f"#c{number}").send_keys("i")
    laptop.says("Position : incontournable.")
    assert _stance(base, number) == "incontournable" and violations(laptop) == []
    before = laptop.one("html")
    laptop.one("body").send_keys("u")
    laptop.until(lambda: laptop.find_element(By.TAG_NAME, "html") != before)
    laptop.says("position à noter")
    assert _stance(base, number) == ""
    laptop.go(f"/moderation/{number}")
    laptop.one("body").send_keys("d")
    laptop.says("Position : dilemme.")
    assert laptop.one(".tags .held").text == "± dilemme" and _stance(base, number) == "dilemme"


def test_without_scripts_a_stance_is_a_button(phone_with, base):
    number = _propose(base)
    phone = phone_with(scripts=False)
    phone.sign_in("moderator")
    phone.go(QUEUE)
    phone.press(f"#c{number} [value=contre]")
    phone.says("Position : contre.")
    assert _stance(base, number) == "contre"


def test_a_missing_reason_and_a_conflict_are_said_and_the_message_stays(phone, base):
    number = base.flag()[0]
    phone.sign_in("moderator")
    phone.go(QUEUE)
    phone.execute_script("document.querySelector('[name=why]').value = ''")
    _tap(phone, f"#c{number} [value=hide]")
    phone.says("Dites pourquoi")
    base.run(
        "INSERT INTO decision (contribution_id, staff_id, action, detail, decided_at)"
        f" VALUES ({number}, (SELECT id FROM staff WHERE role = 'organiser'), 'publish', '', '2026-01-01')", [()],
    )  # fmt: skip
    _tap(phone, f"#c{number} [value=publish]")
    phone.says("organiser a déjà décidé")
    assert phone.one(f"#c{number}").is_displayed()


def test_without_scripts_each_button_decides_and_comes_back(phone_with, base):
    number = base.flag()[0]
    phone = phone_with(scripts=False)
    phone.sign_in("moderator")
    phone.go(QUEUE)
    phone.press(f"#c{number} [value=mask]")
    phone.says("Passage masqué, message publié.")
    phone.press(".undo button")
    phone.says("Décision annulée.")
    phone.says("Tout (plus de 50)")


def test_the_queue_fits_a_phone_a_thumb_and_everyone(phone, base):
    number = base.flag()[0]
    phone.sign_in("organiser")
    for page in (QUEUE, f"/moderation/{number}", "/moderation/soin", "/moderation/retenus"):
        phone.go(page)
        assert violations(phone) == [], page
        assert phone.execute_script("return document.documentElement.scrollWidth") <= 360, page
    phone.go(QUEUE)
    _tap(phone, "#queue .more")
    assert phone.execute_script(NARROW) == []
    assert violations(phone) == []


def test_citizens_report_and_write_to_the_team_on_pages_open_to_all(phone, site):
    phone.enter(site.doors["citizens"][3])
    phone.go("/cafe/demo/jour/8/1")
    phone.post("Un mot à moi")
    links = ("a[href^='/signaler/']", ".own a[href*='/message/']")
    report, own = (phone.one(link).get_attribute("href") for link in links)
    for page in (report, f"/mes-mots/{own.rpartition('/')[2]}"):
        phone.get(page if page.startswith("http") else site.url(page))
        assert violations(phone) == [], page
        assert phone.execute_script("return document.documentElement.scrollWidth") <= 360, page
    phone.write("#text", "Une question pour vous")
    phone.press("#team form .button")
    phone.says("Votre mot est envoyé.")
    phone.get(report)
    phone.press("[value=off_topic]")
    phone.says("Merci, c’est signalé")
    assert violations(phone) == []
