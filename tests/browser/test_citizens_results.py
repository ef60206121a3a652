"""Results frozen and opened by the organiser, read by a citizen on a small phone."""

from tests.browser.test_access import violations
from tests.browser.test_weight import _traffic

FIRST_LOAD = 60_000
DESK = ("/resultats/jeux", "/resultats/jeux/1", "/resultats/jeux/1/comparer", "/resultats/ouvrir/citoyens")
DESK += ("/resultats/ouvrir/comite", "/resultats?jeu=1", "/resultats/freins?jeu=1", "/resultats/notes/freins.enjeux")
READ = ("/resultats", "/resultats/freins", "/resultats/usages", "/resultats/liens")


def open_to_citizens(phone) -> None:
    """Freeze, wait, and open every page, from the screen."""
    phone.sign_in("organiser")
    phone.go("/resultats/jeux")
    phone.write("#title", "Mi-parcours")
    phone.press("form.card .button")
    phone.says("Le jeu est figé")
    phone.go("/resultats/ouvrir/citoyens")
    phone.press("button[value=open]")
    phone.says("Les résultats sont ouverts aux citoyens.")


def is_narrow(phone) -> bool:
    return phone.execute_script("return document.documentElement.scrollWidth") <= 360


def test_what_is_opened_is_light_plain_and_open_to_all(phone_with, site):
    organiser = phone_with()
    open_to_citizens(organiser)
    for page in DESK:
        organiser.go(page)
        assert violations(organiser) == [] and is_narrow(organiser), page
    citizen = phone_with()
    citizen.enter(site.doors["citizens"][16])
    citizen.execute_cdp_cmd("Network.enable", {})
    citizen.execute_cdp_cmd("Network.clearBrowserCache", {})
    _traffic(citizen)
    citizen.go("/resultats")
    citizen.says("Ce qui revient le plus")
    size, hosts = _traffic(citizen)
    print(f"citizens' results, first load: {size} B")
    assert hosts == {f"127.0.0.1:{site.port}"} and 1_000 < size <= FIRST_LOAD
    assert citizen.find_elements("css selector", "[data-speak] .fact")
    for page in READ:
        citizen.go(page)
        assert violations(citizen) == [] and is_narrow(citizen), page
    plain = phone_with(scripts=False)
    plain.enter(site.doors["citizens"][17])
    plain.go("/resultats")
    plain.press(".result .button")
    plain.says("Ce qui revient le plus")
