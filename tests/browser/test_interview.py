"""An interview lived through on a laptop: by the keyboard alone, the line cut, the page reloaded, without scripts."""

import pytest
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from tests.browser.test_access import violations

OFFLINE = {"offline": True, "latency": 0, "downloadThroughput": 0, "uploadThroughput": 0}
ONLINE = {"offline": False, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1}


def begin(laptop) -> None:
    laptop.sign_in("interviewer")
    laptop.go("/entretiens/nouveau/personne")
    laptop.write("#place", "Lyon")
    laptop.one("[name=heard]").click()
    laptop.press("form .button")
    laptop.one("#room")


@pytest.fixture
def laptop(phone):
    phone.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
    phone.set_window_size(1366, 800)
    begin(phone)
    return phone


def keys(laptop, *pressed) -> None:
    for key in pressed:
        laptop.switch_to.active_element.send_keys(key)


def at(laptop, step: str) -> None:
    laptop.until(lambda: laptop.execute_script("return !!document.getElementById(arguments[0])", f"q-{step}"))
    laptop.execute_script("document.getElementById(arguments[0]).focus()", f"q-{step}")


def digit_of(laptop, step: str, code: str) -> str:
    find = "return document.getElementById(arguments[0]).querySelector(arguments[1]).closest('.option').dataset.digit"
    return laptop.execute_script(find, f"q-{step}", f'[value="{code}"], [name="rank.{code}"]')


def notes(laptop) -> list[str]:
    found = laptop.find_elements(By.CSS_SELECTOR, "#questions .notes li:not(.waiting) > span:first-child")
    return [note.text for note in found]


def table(laptop) -> str:
    return laptop.one("#stakes").text


def test_the_keyboard_alone_ranks_notes_and_builds_the_table(laptop):
    at(laptop, "freins.enjeux")
    keys(laptop, *(digit_of(laptop, "freins.enjeux", code) for code in ("autonomie", "acces")), Keys.ENTER)
    laptop.until(lambda: "n° 1 Autonomie" in table(laptop) and "n° 2 Accès" in table(laptop))
    at(laptop, "freins.champs.acces")
    keys(laptop, digit_of(laptop, "freins.champs.acces", "cout_equipement"), Keys.ENTER)
    laptop.until(lambda: "Coût de l’équipement" in table(laptop))
    at(laptop, "essentiels@cout_equipement")
    keys(laptop, "n", "Un prêt", Keys.ENTER, "Une réparation", Keys.ENTER)
    laptop.until(lambda: notes(laptop) == ["Un prêt", "Une réparation"])
    laptop.get(laptop.one(".notes a").get_attribute("href"))
    assert violations(laptop) == []
    laptop.press("[value=withdraw]")
    laptop.until(lambda: notes(laptop) == ["Une réparation"])


def test_what_is_typed_offline_waits_outlives_a_reload_and_arrives_in_order_once(laptop):
    laptop.execute_cdp_cmd("Network.enable", {})
    laptop.execute_cdp_cmd("Network.emulateNetworkConditions", OFFLINE)
    at(laptop, "raisons")
    keys(laptop, "n")
    for number in range(5):
        keys(laptop, f"Raison {number}", Keys.ENTER)
    laptop.says("Hors connexion")
    assert len(laptop.find_elements(By.CSS_SELECTOR, ".notes .waiting")) == 5
    laptop.execute_cdp_cmd("Network.emulateNetworkConditions", ONLINE)
    laptop.refresh()
    laptop.until(lambda: notes(laptop) == [f"Raison {number}" for number in range(5)])
    laptop.refresh()
    laptop.until(lambda: notes(laptop) == [f"Raison {number}" for number in range(5)])
    assert laptop.execute_script("return Object.keys(localStorage).filter((n) => n.startsWith('entretien'))") == []


def test_a_shared_device_keeps_nothing_of_an_interview(laptop):
    laptop.one("#shared").click()
    laptop.execute_cdp_cmd("Network.enable", {})
    laptop.execute_cdp_cmd("Network.emulateNetworkConditions", OFFLINE)
    at(laptop, "raisons")
    keys(laptop, "n", "Une raison", Keys.ENTER)
    laptop.says("Hors connexion")
    assert laptop.execute_script("return Object.keys(localStorage)") == ["partage"]
    laptop.execute_cdp_cmd("Network.emulateNetworkConditions", ONLINE)
    laptop.until(lambda: notes(laptop) == ["Une raison"])


def test_everything_works_without_scripts(phone_with):
    phone = phone_with(scripts=False)
    begin(phone)
    phone.write('[name="rank.acces"]', "1")
    phone.press('[id="q-freins.enjeux"] .keep')
    assert "n° 1 Accès" in table(phone)
    phone.write("#c-raisons", "Une raison")
    phone.one("#c-raisons").send_keys(Keys.ENTER, Keys.ENTER, "Une autre")
    phone.press("#q-raisons .composer .button")
    assert notes(phone) == ["Une raison", "Une autre"]
    assert phone.execute_script("return document.documentElement.scrollWidth") <= 360
