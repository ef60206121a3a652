"""A workshop of twelve lived through by three phones and a projector, live."""

from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import Select

from tests.browser.test_access import violations

POLLS = "return performance.getEntriesByType('resource').filter(e => e.name.includes('/ecran?vu=')).length"
LAPTOP = {"width": 1280, "height": 800, "deviceScaleFactor": 1, "mobile": False}


class Host:
    """The facilitator's laptop: the room's page in a window, the projected screen in another."""

    def __init__(self, browser):
        self.browser, self.desk = browser, browser.current_window_handle
        browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", LAPTOP)
        browser.sign_in("interviewer")

    def open_room(self, people: int) -> str:
        """A workshop where everyone agreed; returns its code."""
        browser = self.browser
        browser.go("/ateliers")
        for name, words in (("#label", "Atelier de douze"), ("#seats", str(people))):
            browser.write(name, words)
        browser.execute_script("document.querySelector('#held_on').value = '2026-01-07'")
        browser.press("form .button")
        browser.execute_script("document.querySelectorAll('[name=agreed]').forEach(box => { box.checked = true })")
        browser.press("[action$='/presents'] .button")
        return browser.one("main .code").text

    def project(self) -> None:
        """The screen, in a window that nothing loads again."""
        address = self.browser.one("a[href$='/ecran']").get_attribute("href")
        self.browser.switch_to.new_window("window")
        self.browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", LAPTOP)
        self.browser.get(address)
        self.screen = self.browser.current_window_handle

    def on_desk(self):
        self.browser.switch_to.window(self.desk)
        return self.browser

    def ask(self, step: str) -> None:
        Select(self.on_desk().one("#step")).select_by_value(step)
        self.browser.press("section[aria-labelledby=asked] form:last-child .button")

    def count(self, **hands: int) -> None:
        self.on_desk().refresh()
        for option, count in hands.items():
            self.browser.write(f"[name=hands-{option}]", str(count))
        self.browser.press("[action$='/mains'] .button")

    def shows(self, words: str) -> None:
        """The screen says it, at the latest with the first poll begun from now on."""
        self.browser.switch_to.window(self.screen)
        before = self.browser.execute_script(POLLS)
        self.browser.says(words)
        assert self.browser.execute_script(POLLS) - before <= 2

    def figures(self) -> dict[str, str]:
        rows = self.browser.find_elements(By.CSS_SELECTOR, ".live tbody tr")
        cells = [row.find_elements(By.CSS_SELECTOR, "th, .figure") for row in rows]
        return {label.text: figure.text for label, figure in cells if figure.text != "0"}


def _sit(phone, code: str, seat: int) -> None:
    phone.go(f"/atelier/{code}")
    phone.press(f"[name=seat][value='{seat}']")
    phone.says("Vous êtes à votre place")


def _pick(phone, option: str) -> None:
    """Answer the question that came by itself."""
    phone.one(f"[name=pick][value={option}]").click()
    phone.press("form.seat .button")
    phone.says("Votre réponse est reçue")


def test_a_workshop_of_twelve_with_three_phones_and_a_projector(phone_with):
    host, phones = Host(phone_with()), [phone_with() for _ in range(3)]
    code = host.open_room(12)
    host.project()
    host.shows("Bienvenue")
    for seat, phone in enumerate(phones, 1):
        _sit(phone, code, seat)
    host.ask("titre")
    for phone, option in zip(phones, ("citoyen", "vecu", "vecu"), strict=True):
        _pick(phone, option)
    host.shows("3 réponses sur 12")
    host.count(vecu=5, proche=4)
    host.shows("12 réponses sur 12")
    assert sorted(host.figures().values()) == ["1", "4", "7"]
    host.count(vecu=3, proche=6)
    host.shows("12 réponses sur 12")
    host.browser.until(lambda: sorted(host.figures().values()) == ["1", "5", "6"])
    phones[2].press("a[href$='/partir']")
    phones[2].press("[name=withdraws]")
    phones[2].says("Vos réponses sont effacées")
    host.shows("11 réponses sur 11")
    _is_open_to_all(host, phones)


def _is_open_to_all(host: Host, phones) -> None:
    """axe and 360 px, on the pages as the room left them; letters that the back of the room reads."""
    sizes = "return Math.min(...[...document.querySelectorAll('main :not(.hide)')].filter(e => e.innerText)"
    assert host.browser.execute_script(f"{sizes}.map(e => parseFloat(getComputedStyle(e).fontSize)))") >= 32
    assert violations(host.browser) == [] and violations(host.on_desk()) == []
    for phone in phones[:2]:
        assert violations(phone) == []
        assert phone.execute_script("return document.documentElement.scrollWidth") <= 360
