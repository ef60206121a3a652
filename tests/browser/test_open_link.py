"""An open link, from the desk that makes it to the three words of whoever follows it, on a phone."""

from selenium.webdriver.common.by import By

from tests.browser.test_access import violations


def make_link(phone, label):
    phone.sign_in("organiser")
    phone.go("/guides/liens/nouveau")
    phone.write("#label", label)
    phone.write("#quota", "5")
    # A date field takes its keys in the browser's own order.
    phone.execute_script("document.querySelector('#last_day').value = '2099-12-31'")
    phone.press("form.card .button")
    phone.says("Le lien est prêt")


def fits(phone):
    assert violations(phone) == []
    assert phone.execute_script("return document.documentElement.scrollWidth") <= 360


def test_someone_met_in_the_field_comes_in_without_scripts_and_keeps_three_words(phone_with):
    phone = phone_with(scripts=False)
    make_link(phone, "Marché")
    fits(phone)
    address = phone.one("#address").get_attribute("value")
    phone.get(phone.one(".acts .button").get_attribute("href"))
    fits(phone)
    phone.delete_all_cookies()
    phone.go("/q/" + address.rpartition("/")[2])
    fits(phone)
    button = phone.one("form .button")
    assert button.text == "Commencer" and button.size["height"] >= 48
    phone.press("form .button")
    phone.says("gardez ces trois mots")
    assert len(phone.find_elements(By.CSS_SELECTOR, ".three li")) == 3
    fits(phone)
    phone.go("/q/" + address.rpartition("/")[2])
    phone.says("Vous êtes déjà là")
    fits(phone)
