"""The citizen's path on a phone of 360 px: with scripts, without, and with no network for a while."""

import pytest
from selenium.webdriver.common.by import By

TODAY, FIRST = "/cafe/demo/jour/9/1", "/cafe/demo/jour/1/1"


@pytest.mark.parametrize("scripts", [True, False])
def test_enter_answer_reply_react_correct_withdraw_leave(phone_with, site, scripts):
    phone = phone_with(scripts)
    phone.enter(site.doors["citizens"][20 + scripts])
    phone.go("/cafe/demo/jour/8")
    phone.says("où peut-on aller")
    phone.post("À la médiathèque, mais le site plante")
    phone.says("✓ publié")
    phone.press(".posts .other .answer")
    phone.says("Vous répondez à")
    phone.post("Je suis d’accord avec vous")
    phone.until(lambda: phone.find_elements(By.CSS_SELECTOR, ".own .quote"))
    _react(phone, scripts)
    _correct_and_withdraw(phone)
    phone.press(".top button")
    phone.says("Vous avez quitté le café")
    phone.go(TODAY)
    phone.says("Les trois mots de votre carte")


def _react(phone, scripts):
    buttons = ".posts .other:has(.react) [value=support], .posts .other [value=none]"
    pressed = len(phone.find_elements(By.CSS_SELECTOR, "[aria-pressed=true]"))
    button = phone.one(buttons)
    gone = button.get_attribute("value") == "none"
    phone.execute_script("arguments[0].scrollIntoView({block: 'center'})", button)
    button.click()
    expected = pressed - 1 if gone else pressed + 1
    phone.until(lambda: len(phone.find_elements(By.CSS_SELECTOR, "[aria-pressed=true]")) == expected)


def _correct_and_withdraw(phone):
    own = [link.get_attribute("href") for link in phone.find_elements(By.CSS_SELECTOR, ".own .meta a")]
    phone.get(own[-1])
    phone.write("#text", "Mes mots corrigés")
    phone.press("[value=correct]")
    phone.says("Mes mots corrigés")
    phone.says("modifié")
    phone.get(own[-1])
    phone.press("[value=withdraw]")
    phone.says("Message retiré par son auteur")


def _offline(phone, offline: bool):
    phone.execute_cdp_cmd("Network.enable", {})
    conditions = {"offline": offline, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1}
    phone.execute_cdp_cmd("Network.emulateNetworkConditions", conditions)


def test_a_message_written_without_network_leaves_once_it_is_back(phone, site):
    phone.enter(site.doors["citizens"][5])
    phone.go("/cafe/demo/jour/6/2")
    _offline(phone, True)
    phone.write("#text", "Message écrit hors réseau")
    phone.one(".composer .button").click()
    phone.says("On n’a pas reçu votre réponse. Elle est gardée ici.")
    phone.says("en attente d’envoi")
    _offline(phone, False)
    phone.delivered("Message écrit hors réseau")
    phone.refresh()
    assert phone.one(".posts").text.count("Message écrit hors réseau") == 1


def test_a_message_still_waiting_is_sent_by_the_next_visit_of_its_author(phone, site):
    phone.enter(site.doors["citizens"][6])
    phone.go("/cafe/demo/jour/6/2")
    _offline(phone, True)
    phone.write("#text", "Gardé sur le téléphone")
    phone.one(".composer .button").click()
    phone.says("On n’a pas reçu")
    _offline(phone, False)
    phone.refresh()
    phone.delivered("Gardé sur le téléphone")
    assert phone.one(".posts").text.count("Gardé sur le téléphone") == 1
    phone.until(lambda: phone.execute_script("return localStorage.length") == 0)


def test_a_shared_phone_keeps_nothing(phone, site):
    phone.go("/entrer")
    phone.write("#words", site.doors["citizens"][7])
    phone.one("[name=shared_phone]").click()
    phone.press("form .button")
    phone.go("/cafe/demo/jour/6/2")
    _offline(phone, True)
    phone.write("#text", "Rien ne reste")
    phone.one(".composer .button").click()
    phone.says("On n’a pas reçu")
    kept = phone.execute_script("return JSON.stringify([localStorage, sessionStorage])")
    assert "Rien ne reste" not in kept and "attente" not in kept


SAVED = "return performance.getEntriesByType('resource').some(e => e.name.endsWith('/brouillon'))"


def test_a_draft_survives_a_reload(phone, site):
    phone.enter(site.doors["citizens"][8])
    phone.go(TODAY)
    phone.write("#text", "J’ai commencé à écrire")
    phone.until(lambda: phone.execute_script(SAVED))
    phone.refresh()
    phone.until(lambda: phone.one("#text").get_attribute("value") == "J’ai commencé à écrire")


def test_new_posts_come_without_reloading(phone_with, site):
    reader, writer = phone_with(), phone_with()
    reader.enter(site.doors["citizens"][9])
    writer.enter(site.doors["citizens"][10])
    for phone in (reader, writer):
        phone.go("/cafe/demo/jour/9/2")
    reader.post("Je lis")
    writer.post("Tout juste arrivé")
    reader.execute_script("htmx.ajax('GET', document.querySelector('.poll').getAttribute('hx-get'), '.poll')")
    reader.says("Tout juste arrivé")


PAGES = ("/aide", TODAY, FIRST, "/cafe/demo/jour/6/2", "/cafe/demo/jour/15", "/accord", "/rien")
SMALL = """
return [...document.querySelectorAll('button, .tile, .button, summary, .answer, textarea, .top a')]
  .filter(e => e.getClientRects().length && (e.offsetHeight < 48 || e.offsetWidth < 48))
  .map(e => e.outerHTML.slice(0, 80))
"""


def test_pages_fit_a_phone_and_their_buttons_a_thumb(phone, site):
    phone.enter(site.doors["citizens"][11])
    for page in PAGES:
        phone.go(page)
        assert phone.execute_script("return document.documentElement.scrollWidth") <= 360, page
        assert phone.execute_script(SMALL) == [], page
    assert [entry for entry in phone.get_log("browser") if "404" not in entry["message"]] == []
