"""The questionnaire in a real browser: with scripts, without, by the keyboard alone, enlarged, on a shared phone."""

import json

import pytest
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from tests.browser.test_access import violations
from tests.browser.test_citizen import SMALL, _offline
from tests.browser.test_weight import _traffic

START, WORDS = "/questionnaire", "Des mots que personne ne doit revoir"
FIRST_VISIT, STEP = 30_000, 6_000
SENT = "return performance.getEntriesByType('resource').some(e => e.initiatorType === 'fetch')"
KEPT = """
const done = arguments[0];
Promise.all([caches.keys(), indexedDB.databases(), navigator.serviceWorker.getRegistrations()]).then(
  found => done([localStorage.length + sessionStorage.length, ...found.map(list => list.length)]));
"""
# A page by its step and view: its key changes too when a ranking was kept as it is made.
KEY = "return [...document.querySelectorAll('#step > [name=step], #step > [name=view]')].map(e => e.value).join()"
SMALL_SHOWN = SMALL.replace("'button,", "'button:not(.hide),")
KINDS = {"info", "choice", "open", "multi", "rate", "rank", "statement"}


class Person:
    """Someone in front of the questionnaire: `touch` is how they press a button."""

    def __init__(self, phone, card: str, shared: bool = False):
        self.phone = phone
        phone.go("/entrer")
        phone.write("#words", card)
        if shared:
            phone.one("[name=shared_phone]").click()
        phone.press("form .button")
        phone.go(START)

    def begin(self):
        self.phone.press("main form .button")

    @property
    def kind(self) -> str:
        found = self.phone.find_elements(By.ID, "step")
        return found[0].get_attribute("data-kind") if found else ""

    def touch(self, button):
        self.phone.execute_script("arguments[0].scrollIntoView({block: 'center'})", button)
        button.click()

    def choices(self):
        return self.phone.find_elements(By.CSS_SELECTOR, "#options .choice")

    def go_on(self, button):
        """Touch a button that leads elsewhere, and wait to be there."""
        before = self.phone.execute_script(KEY)
        self.touch(button)
        self.phone.until(lambda: self.phone.execute_script(KEY) != before)

    def answer(self, words: str = "Mes mots"):
        kind = self.kind
        if kind == "open":
            self.type(words)
        if kind in ("rank", "multi"):
            self.pick()
        if kind in ("choice", "statement", "rate"):
            self.go_on(self.choices()[0])
        else:
            self.go_on(self.phone.one(".silent [value=send]"))

    def type(self, words: str):
        self.phone.write("#text", words)

    def pick(self):
        """Two answers, one after the other; with scripts they stand on the page at once."""
        for place in (1, 2):
            self.touch(self.choices()[place])
            self.phone.until(lambda: len(self.phone.find_elements(By.CSS_SELECTOR, "#options .on")) >= 1)

    def until_the_end(self, look=None):
        """Every question answered, `look` seeing each page first; returns the kinds met."""
        met = set()
        while self.kind:
            met.add(self.kind)
            if look:
                look()
            self.answer()
        self.phone.says("Vous avez répondu à tout")
        return met


def test_the_whole_guide_at_360_px_with_scripts_is_open_to_all_and_ends_with_words_to_keep(phone, site):
    person, axed = Person(phone, site.doors["citizens"][22]), set()
    assert violations(phone) == []
    person.begin()

    def look():
        assert phone.execute_script("return document.documentElement.scrollWidth") <= 360
        if person.kind not in axed:
            axed.add(person.kind)
            assert violations(phone) == [], person.kind
            assert phone.execute_script(SMALL_SHOWN) == [], person.kind

    assert person.until_the_end(look) == axed == KINDS
    assert violations(phone) == []
    phone.press("main form .button")
    assert len(phone.one(".code").text.split()) == 3 and violations(phone) == []
    assert [entry for entry in phone.get_log("browser") if "404" not in entry["message"]] == []


def test_the_whole_guide_by_the_keyboard_alone_enlarged_four_times_never_scrolls_sideways(phone_with, site):
    """A phone of 360 px at 400 %: 90 px of the page are seen at once."""
    phone = phone_with(enlarged=4)
    person = Person(phone, site.doors["citizens"][23])
    person.touch = lambda button: _reach(phone, button).send_keys(Keys.ENTER)
    person.type = lambda words: _reach(phone, phone.one("#text")).send_keys(words)
    _reach(phone, phone.one("main form .button")).send_keys(Keys.ENTER)
    phone.one("#step")

    def look():
        assert phone.execute_script("return document.documentElement.scrollWidth") <= 90, person.kind

    assert person.until_the_end(look) == KINDS


def _reach(phone, wanted):
    """Tab from where the focus is until the wanted control has it."""
    for _ in range(60):
        if phone.switch_to.active_element == wanted:
            return wanted
        phone.switch_to.active_element.send_keys(Keys.TAB)
    raise AssertionError(f"the keyboard does not reach {wanted.get_attribute('outerHTML')[:80]}")


def test_the_whole_guide_without_scripts(phone_with, site):
    phone = phone_with(scripts=False)
    person = Person(phone, site.doors["citizens"][24])
    person.begin()
    assert person.until_the_end() == KINDS
    phone.press("main form .button")
    phone.says("C’est terminé")


@pytest.fixture
def at(phone, site, request):
    """Someone who has come to a step, their answers before it put in the base."""

    def come(step: str, citizen: int) -> Person:
        person = Person(phone, site.doors["citizens"][citizen])
        person.begin()
        while phone.one("[name=step]").get_attribute("value") != step:
            silent = phone.find_elements(By.CSS_SELECTOR, "[value=refus]")
            person.go_on(silent[0] if silent else phone.one(".silent [value=send]"))
        return person

    return come


def test_an_answer_given_without_network_waits_in_the_page_and_leaves_once(at, phone, site):
    person = at("liens", 25)
    _offline(phone, True)
    person.type("Écrit hors réseau")
    phone.one(".silent [value=send]").click()
    phone.says("On n’a pas reçu votre réponse. Elle est gardée ici.")
    assert "hors réseau" not in phone.execute_script("return JSON.stringify([localStorage, sessionStorage])")
    _offline(phone, False)
    phone.until(lambda: phone.one("[name=step]").get_attribute("value") == "liens~suite")
    assert phone.one(".before .own:last-child").text.startswith("Écrit hors réseau")
    phone.back()
    phone.until(lambda: phone.one("#text").get_attribute("value") == "Écrit hors réseau")


def test_a_ranking_is_said_kept_as_it_is_made_and_never_holds_two_at_one_rank(at, phone):
    person = at("freins.enjeux", 26)
    for _ in range(3):
        person.touch(phone.one("#options li:not(.on) .choice"))
    person.touch(phone.one("#options li:nth-child(3) .move[value^=up]"))
    phone.says("passe au rang 2")
    ranked = [item.get_attribute("data-code") for item in phone.find_elements(By.CSS_SELECTOR, "#options .on")]
    assert [number.text.split()[-1] for number in phone.find_elements(By.CSS_SELECTOR, ".on .no")] == ["1", "2", "3"]
    phone.until(lambda: phone.one("[name=was]").get_attribute("value"))
    phone.until(lambda: phone.execute_script(SENT) and not phone.execute_script("return document.hidden"))
    phone.refresh()
    phone.until(lambda: [
        item.get_attribute("data-code") for item in phone.find_elements(By.CSS_SELECTOR, "#options .on")
    ] == ranked)


def test_a_question_is_light(at, phone, site):
    person = at("populations.cible", 27)
    phone.execute_cdp_cmd("Network.enable", {})
    phone.execute_cdp_cmd("Network.clearBrowserCache", {})
    _traffic(phone)
    phone.refresh()
    phone.one("#options")
    phone.execute_async_script("fetch(document.querySelector('[rel=icon]').href).then(arguments[0])")
    first, hosts = _traffic(phone)
    weights = []
    for _ in range(8):
        person.answer()
        weight, more = _traffic(phone)
        weights.append(weight)
        hosts |= more
    print(f"first {first} B, steps {weights} B")
    assert hosts == {f"127.0.0.1:{site.port}"}
    assert 5_000 < first <= FIRST_VISIT and 500 < max(weights) <= STEP


def test_a_shared_phone_shows_nothing_once_it_is_left(phone, site):
    person = Person(phone, site.doors["citizens"][28], shared=True)
    person.begin()
    for _ in range(3):
        person.answer(WORDS)
    phone.says(WORDS)
    phone.go("/questionnaire/relire")
    phone.says(WORDS)
    phone.press("main form .button")
    phone.says("Terminer et effacer")
    phone.press("form[action='/quitter'] .button")
    phone.says("Les trois mots de votre carte")
    history = phone.execute_cdp_cmd("Page.getNavigationHistory", {})["entries"]
    assert len(history) > 5 and WORDS not in json.dumps(history, ensure_ascii=False)
    assert "proche" not in json.dumps(history, ensure_ascii=False)
    for _ in history[:-1]:
        phone.back()
        assert WORDS not in phone.page_source
    phone.go("/entrer")
    kept = phone.execute_async_script(KEPT)
    assert kept == [0, 0, 0, 0]
