"""A citizen who is quoted, on a phone: told on entering, says no and yes again, with scripts and without."""

import pytest
from selenium.webdriver.common.by import By

from tests.browser.test_access import violations

OWN = "/mes-paroles"
# The page as the server gives it now, with what it keeps of the draft.
KEPT_NOW = "fetch(location.href).then(answer => answer.text()).then(arguments[arguments.length - 1])"


@pytest.fixture(scope="module")
def announced(site):
    """Nobody has announced anything yet."""
    return {"done": False}


def _announce(phone) -> None:
    phone.sign_in("organiser")
    phone.go("/paroles-citees")
    phone.one('[action="/paroles-citees/annoncer"]')
    assert violations(phone) == []
    phone.press('[action="/paroles-citees/annoncer"] button')
    phone.says("Les personnes citées peuvent dire non")
    assert violations(phone) == []
    assert phone.execute_script("return document.documentElement.scrollWidth") <= 360


def _enter_as_someone_quoted(phone, cards) -> None:
    """The first of these whom the strip tells."""
    for card in cards:
        phone.enter(card)
        if phone.find_elements(By.CSS_SELECTOR, f'.notice [href="{OWN}"]'):
            return
        phone.press(".top button")
    raise AssertionError("nobody is quoted")


@pytest.mark.parametrize("scripts", [True, False])
def test_who_is_quoted_is_told_and_says_no_then_yes(phone_with, site, announced, scripts):
    if not announced["done"]:
        _announce(phone_with())
        announced["done"] = True
    phone = phone_with(scripts)
    _enter_as_someone_quoted(phone, site.doors["citizens"][2 + 6 * scripts :][:6])
    phone.press(f'.notice [href="{OWN}"]')
    phone.says("Vos paroles citées")
    assert violations(phone) == []
    assert phone.execute_script("return document.documentElement.scrollWidth") <= 360
    phone.press(f'[action^="{OWN}/"] [value=non]')
    phone.says("Vous avez dit non : elle ne sera pas citée.")
    phone.press(f'[action^="{OWN}/"] [value=oui]')
    phone.says("Elle sera citée ainsi.")
    phone.go("/ce-qui-est-retenu")
    phone.says("Le prix n’est pas tout")
    assert violations(phone) == []
    phone.go("/")
    assert not phone.find_elements(By.CSS_SELECTOR, f'.notice [href="{OWN}"]')


def test_a_draft_keeps_itself_while_one_writes(phone):
    phone.sign_in("analyst")
    phone.go("/lecons")
    phone.press('[action$="/lead/nouveau"] button')
    here = phone.current_url
    phone.write("#title", "Une piste de plus")
    phone.write("#words", "Un mot après l’autre.")
    phone.until(lambda: "Un mot après l’autre." in phone.execute_async_script(KEPT_NOW))
    assert "Brouillon gardé" in phone.one("#kept").text
    assert violations(phone) == []
    phone.get(here)
    phone.until(lambda: phone.one("#words").get_attribute("value") == "Un mot après l’autre.")
