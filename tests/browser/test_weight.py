"""What a page costs on a prepaid phone: measured by the browser, headers and favicon included."""

import json

LOADED = "return [...document.images].every(image => image.complete || image.loading == 'lazy')"
FIRST_VISIT, NEXT_PAGE, RESULTS = 30_000, 8_000, 60_000


def _traffic(phone) -> tuple[int, set[str]]:
    """Bytes received since last asked, and the hosts they came from."""
    size, hosts = 0, set()
    for entry in phone.get_log("performance"):
        message = json.loads(entry["message"])["message"]
        if message["method"] == "Network.loadingFinished":
            size += message["params"]["encodedDataLength"]
        if message["method"] == "Network.requestWillBeSent":
            url = message["params"]["request"]["url"]
            # What the browser draws of its own, such as a calendar, comes from nowhere.
            hosts |= set() if url.startswith("data:") else {url.split("/")[2]}
    return size, hosts


def test_a_day_of_twenty_contributions_is_light(phone, site):
    phone.enter(site.doors["citizens"][14])
    phone.execute_cdp_cmd("Network.enable", {})
    phone.execute_cdp_cmd("Network.clearBrowserCache", {})
    _traffic(phone)
    phone.go("/cafe/demo/jour/8/1")
    phone.until(lambda: len(phone.find_elements("css selector", ".posts .bubble")) == 20)
    phone.execute_async_script("fetch(document.querySelector('[rel=icon]').href).then(arguments[0])")
    first, hosts = _traffic(phone)
    phone.go("/cafe/demo/jour/7/1")
    phone.until(lambda: len(phone.find_elements("css selector", ".posts .bubble")) == 20)
    following, more_hosts = _traffic(phone)
    print(f"first visit {first} B, next page {following} B")
    assert hosts | more_hosts == {f"127.0.0.1:{site.port}"}
    assert 5_000 < first <= FIRST_VISIT
    assert 1_000 < following <= NEXT_PAGE


def test_a_page_of_results_is_light_with_its_images(phone):
    phone.sign_in("analyst")
    for page in ("/resultats/essentiels", "/resultats/liens", "/resultats/freins"):
        phone.go(page)
        phone.says("Chiffres calculés")
        phone.execute_cdp_cmd("Network.enable", {})
        phone.execute_cdp_cmd("Network.clearBrowserCache", {})
        _traffic(phone)
        phone.go(page)
        phone.until(lambda: phone.execute_script(LOADED))
        size, _hosts = _traffic(phone)
        print(f"{page} {size} B")
        assert 5_000 < size <= RESULTS
