"""A real server with a fictional dialogue, and a real browser in front of it."""

import json
import shutil
import signal
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from flask import Flask
from selenium import webdriver
from selenium.common.exceptions import StaleElementReferenceException
from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import WebDriverWait

from cafe import create_app
from cafe.extensions import db, writing
from cafe.keys import write_keys
from cafe.setup import initialise
from config import read_config
from tests.live import demonstration, environment_of, serve, stop

PHONE = {"width": 360, "height": 740, "pixelRatio": 2}
FLAGS = (
    "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-dev-shm-usage",
    "--disable-component-update", "--no-first-run", "--force-prefers-reduced-motion",
)  # fmt: skip
# A bound for slow machines: what comes sooner is not waited for. A page tries again after 20 s what it could not send.
PATIENCE = 60


def pytest_collection_modifyitems(items):
    for item in items:
        if "browser" in item.path.parts:
            item.add_marker(pytest.mark.browser)
            if shutil.which("chromedriver") is None:
                item.add_marker(pytest.mark.skip(reason="chromium et chromedriver sont absents"))


@dataclass
class Site:
    """A served demonstration: its address and what opens its doors."""

    port: int
    doors: dict

    def url(self, path: str) -> str:
        return f"http://127.0.0.1:{self.port}{path}"


@pytest.fixture(scope="session")
def site(tmp_path_factory):
    data = tmp_path_factory.mktemp("site")
    server, port = serve(demonstration(tmp_path_factory, data))
    yield Site(port, json.loads((data / "demo.json").read_text(encoding="utf-8")))
    stop(server, signal.SIGKILL)


def small_site(data: Path, title: str, fill: Callable[[Flask], dict]) -> Iterator[Site]:
    """A small install of its own in this folder, served; `fill`: who is there, returned as what opens its doors."""
    environment = environment_of(data)
    config = read_config(environment)
    write_keys(config.data)
    app = create_app(config)
    initialise(app, title)
    with app.app_context():
        with writing():
            doors = fill(app)
        db.session.remove()
        db.engine.dispose()
    server, port = serve(environment)
    yield Site(port, doors)
    stop(server, signal.SIGKILL)


class Phone(webdriver.Chrome):
    """A browser of 360 px, with the few gestures that the tests repeat."""

    site: Site

    def go(self, path: str) -> None:
        self.get(self.site.url(path))

    def one(self, selector: str):
        return WebDriverWait(self, PATIENCE).until(lambda _: self.find_element(By.CSS_SELECTOR, selector))

    def until(self, condition) -> None:
        wait = WebDriverWait(self, PATIENCE, ignored_exceptions=[StaleElementReferenceException])
        wait.until(lambda _: condition())

    def says(self, words: str) -> None:
        """Wait until the page shows these words."""
        self.until(lambda: words in self.find_element(By.TAG_NAME, "body").text)

    def press(self, selector: str) -> None:
        """Tap, and wait for the page that follows."""
        before = self.one("html")
        self.execute_script("arguments[0].scrollIntoView({block: 'center'})", self.one(selector))
        self.one(selector).click()
        self.until(lambda: self.find_element(By.TAG_NAME, "html") != before)

    def write(self, selector: str, words: str) -> None:
        field = self.one(selector)
        field.clear()
        field.send_keys(words)

    def post(self, words: str) -> None:
        """Write in the composer and send, until the message stands among one's own."""
        self.write("#text", words)
        self.one(".composer .button").click()
        self.delivered(words)

    def delivered(self, words: str) -> None:
        self.until(lambda: any(words in own.text for own in self.find_elements(By.CSS_SELECTOR, ".own:not(.waiting)")))

    def enter(self, card: str) -> None:
        self.go("/entrer")
        self.write("#words", card)
        self.press("form .button")

    def sign_in(self, role: str) -> None:
        self.go("/equipe/entrer")
        account = self.site.doors["staff"][role]
        self.write("#login", account["login"])
        self.write("#password", account["password"])
        self.press("form .button")


@pytest.fixture
def phone_with(site):
    """Open a phone; with `scripts=False` no script of the site reaches it; enlarged, it shows fewer pixels."""
    opened = []

    def open_phone(scripts: bool = True, enlarged: int = 1) -> Phone:
        options = webdriver.ChromeOptions()
        for flag in FLAGS:
            options.add_argument(flag)
        seen = {name: PHONE[name] // enlarged for name in ("width", "height")}
        metrics = seen | {"pixelRatio": PHONE["pixelRatio"] * enlarged}
        options.add_experimental_option("mobileEmulation", {"deviceMetrics": metrics})
        options.set_capability("goog:loggingPrefs", {"performance": "ALL", "browser": "ALL"})
        phone = Phone(options, webdriver.ChromeService(shutil.which("chromedriver")))
        phone.site = site
        phone.set_page_load_timeout(PATIENCE)
        if not scripts:
            # The page gets none of its scripts, while the driver keeps those that it reads the page with.
            phone.execute_cdp_cmd("Network.enable", {})
            phone.execute_cdp_cmd("Network.setBlockedURLs", {"urls": ["*.js*"]})
        opened.append(phone)
        return phone

    yield open_phone
    for phone in opened:
        phone.quit()


@pytest.fixture
def phone(phone_with):
    return phone_with()
