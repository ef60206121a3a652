"""The organiser's desk for cafés, in a real browser, on a phone and on a laptop."""

import pytest
from selenium.webdriver.common.by import By

from tests.browser.test_access import violations

HERE = "/organisation/cafe/demo"
PAGES = (
    "/organisation/cafe", "/organisation/cafe/nouveau", HERE, f"{HERE}/reglages", f"{HERE}/archive", f"{HERE}/jour/3",
    f"{HERE}/jour/15", f"{HERE}/jour/15/nouvelle", f"{HERE}/jour/1/1", f"{HERE}/importer", f"{HERE}/jour/1/1/apercu",
)  # fmt: skip


def test_the_desk_is_open_to_all_and_fits_a_phone(phone):
    phone.sign_in("organiser")
    for page in PAGES:
        phone.go(page)
        assert violations(phone) == [], page
        assert phone.execute_script("return document.documentElement.scrollWidth") <= 360, page


@pytest.mark.parametrize("scripts", [True, False])
def test_the_preview_shows_unsaved_words_in_its_frame(phone_with, scripts):
    phone = phone_with(scripts)
    phone.sign_in("organiser")
    phone.go(f"{HERE}/jour/15/nouvelle")
    assert phone.one("iframe").size["width"] == 360
    phone.write("#question-text", "Pas encore gardée ?")
    button = phone.one("[formtarget=preview]")
    phone.execute_script("arguments[0].scrollIntoView({block: 'center'})", button)
    button.click()
    phone.switch_to.frame(phone.one("iframe"))
    phone.says("Pas encore gardée ?")
    assert not phone.find_element(By.ID, "text").is_enabled()
    assert phone.execute_script("return document.documentElement.scrollWidth") <= 360
    phone.switch_to.default_content()
    assert phone.one("#question-text").get_attribute("value") == "Pas encore gardée ?"


def test_on_a_laptop_the_preview_stands_beside_the_form(phone):
    phone.sign_in("organiser")
    phone.go(f"{HERE}/jour/15/1")
    laptop = {"width": 1280, "height": 800, "deviceScaleFactor": 1, "mobile": False}
    phone.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", laptop)
    form, frame = phone.one("form.card").rect, phone.one("iframe").rect
    assert frame["x"] >= form["x"] + form["width"] and frame["y"] < form["y"] + form["height"]
    assert (frame["width"], frame["height"]) == (364, 644)
