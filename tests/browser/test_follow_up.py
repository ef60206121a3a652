"""The host asks one thing more, on a phone: answered with scripts, passed without."""

import pytest
from selenium.webdriver.common.by import By

TODAY = "/cafe/demo/jour/9/1"
TEXT = "Internet est trop cher pour nous et le débit est mauvais"


@pytest.mark.parametrize("scripts", [True, False])
def test_a_follow_up_is_asked_answered_or_passed(phone_with, site, scripts):
    phone = phone_with(scripts)
    phone.enter(site.doors["citizens"][29 + scripts])
    phone.go(TODAY)
    phone.says("Si vous pouviez changer une seule chose")
    phone.post(TEXT)
    phone.says("L’animation vous demande")
    question = phone.one(".ask p:not(.who)").text
    if scripts:
        phone.post("Oui, l’hiver dernier")
        phone.says(f"L’animation a demandé : « {question} »")
    else:
        phone.press(".pass button")
    assert not phone.find_elements(By.CSS_SELECTOR, ".ask")
