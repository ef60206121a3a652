"""The deck's files as other programs open them: LibreOffice, and the checker of the HTML standard."""

import shutil
import subprocess

import pytest
from pypdf import PdfReader

from tests.cafe.restitution.decks import deck_of, small_dialogue
from tests.cafe.restitution.test_deck_files import ROOT, hostile_deck, html, pptx

VNU = ROOT / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"


@pytest.fixture(scope="module")
def deck():
    return deck_of(small_dialogue())


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice est absent : il ne peut pas ouvrir le document")
def test_libreoffice_opens_each_slide_with_its_words(deck, tmp_path):
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    convert = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", tmp_path, pptx(deck, tmp_path)]
    subprocess.run(convert, check=True, capture_output=True)
    pages = PdfReader(tmp_path / "deck.pdf").pages
    assert len(pages) == len(deck.slides)
    for page, slide in zip(pages, deck.slides, strict=True):
        assert "".join(slide.title.split()) in "".join(page.extract_text().split())


@pytest.mark.skipif(not shutil.which("java"), reason="Java est absent : vnu-jar ne peut pas lire le document")
@pytest.mark.skipif(not VNU.exists(), reason="vnu-jar est absent : « make setup » l’installe")
def test_the_html_is_valid(deck, tmp_path):
    (tmp_path / "hostile").mkdir()
    html(deck, tmp_path)
    html(hostile_deck(), tmp_path / "hostile")
    paths = [tmp_path / "deck.html", tmp_path / "hostile" / "deck.html"]
    told = subprocess.run(["java", "-jar", VNU, "--stdout", *paths], capture_output=True, text=True)
    assert (told.returncode, told.stdout) == (0, "")
