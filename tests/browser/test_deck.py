"""The restitution as one HTML file, opened far from the site: nothing in the way of anyone, nothing asked elsewhere."""

from tests.browser.test_access import violations
from tests.cafe.restitution.decks import deck_of, small_dialogue
from tests.cafe.restitution.test_deck_files import html


def test_the_document_reads_on_a_phone_and_is_open_to_all(phone, tmp_path):
    html(deck_of(small_dialogue()), tmp_path)
    phone.get((tmp_path / "deck.html").as_uri())
    assert violations(phone) == []
    assert phone.execute_script("return document.documentElement.scrollWidth") <= 360
    assert phone.execute_script("return performance.getEntriesByType('resource').length") == 0
