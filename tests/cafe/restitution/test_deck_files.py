"""The deck's files: native charts whose figures are those of `cafe score`, texts escaped, the same bytes twice."""

import io
import re
import zipfile
from dataclasses import replace
from datetime import date
from pathlib import Path

import lxml.etree
import lxml.html
import pytest
from jinja2 import Environment, FileSystemLoader
from PIL import Image
from pptx import Presentation
from pptx.enum.chart import XL_CHART_TYPE

from analysis.tables import tables
from cafe.errors import Refusal
from cafe.restitution.deck import Bars, Row
from cafe.restitution.deck_opening import FICTION
from cafe.restitution.html_file import write_html
from cafe.restitution.look import Look, keep_look, read_look
from cafe.restitution.pptx_charts import bar_chart
from cafe.restitution.pptx_file import write_pptx
from cafe.restitution.pptx_page import Box
from cafe.restitution.written import Light, Passage, Written
from cafe.results.site import MEANS, PAGES
from tests.cafe.restitution.decks import DRAWS, REFERENTIAL, deck_of, results_of, small_dialogue
from tests.exporting import HOSTILE

ROOT = Path(__file__).parents[3]
JINJA = Environment(loader=FileSystemLoader(ROOT / "templates"), autoescape=True, trim_blocks=True, lstrip_blocks=True)
PLAIN = Look()
TITLES = {section.title: section for page in PAGES for section in page.sections}


@pytest.fixture(scope="module")
def dialogue():
    return small_dialogue()


@pytest.fixture(scope="module")
def deck(dialogue):
    return deck_of(dialogue)


@pytest.fixture(scope="module")
def shown(deck, tmp_path_factory):
    """The deck as python-pptx reads it back."""
    return Presentation(pptx(deck, tmp_path_factory.mktemp("deck")))


def pptx(deck, folder, look=PLAIN) -> Path:
    path = folder / "deck.pptx"
    write_pptx(deck, look, path)
    return path


def html(deck, folder, look=PLAIN) -> str:
    path = folder / "deck.html"
    write_html(deck, look, path, JINJA)
    return path.read_text(encoding="utf-8")


def charts_of(shown) -> list[tuple[str, object]]:
    """Each native chart with what a screen reader says of it."""
    frames = (shape for slide in shown.slides for shape in slide.shapes if shape.has_chart)
    return [(frame._element._nvXxPr.cNvPr.get("descr"), frame.chart) for frame in frames]


def test_the_figures_of_the_charts_are_those_of_cafe_score(dialogue, shown):
    scores, seen = tables(dialogue, REFERENTIAL, draws=DRAWS).scores, set()
    for told, chart in charts_of(shown):
        section = TITLES.get(told.split(". ")[0])
        if section:
            measure = "score" if section.name in MEANS else "expressed"
            own = scores[(scores["section"] == section.name) & (scores["measure"] == measure)]
            own = own[(own["view"] == "total") & (own["value"] > 0)].sort_values("rank").head(10)
            (series,) = chart.plots[0].series
            assert list(series.values) == own["value"].tolist(), section
            seen.add(section.name)
    assert {"liens", "populations", "usages.dependance", "freins.enjeux", "freins.champs", "essentiels"} <= seen


def test_the_matrix_and_the_votes_are_those_of_cafe_score(dialogue, shown):
    made = tables(dialogue, REFERENTIAL, draws=DRAWS)
    placed = made.materiality
    placed = placed[placed["external"].notna() & placed["internal"].notna()]
    points = set()
    for _, chart in charts_of(shown):
        if chart.chart_type == XL_CHART_TYPE.XY_SCATTER:
            series = chart.plots[0].series[0]
            xs = [float(found.text) for found in series._element.findall(".//{*}xVal//{*}v")]
            points |= set(zip(xs, series.values, strict=True))
    assert points and points == set(zip(placed["external"], placed["internal"], strict=True))
    (abacus,) = [chart for told, chart in charts_of(shown) if told.startswith("L’abaque") and "moyenne" in told]
    row = made.regnier[(made.regnier["view"] == "total") & (made.regnier["statement"] == "regnier.s")].iloc[0]
    shares = [series.values[0] for series in abacus.plots[0].series]
    assert shares == [row[f"colour_{level}"] for level in "54321"]


def test_gaps_are_drawn_and_written_in_points():
    slide = Presentation().slides.add_slide(Presentation().slide_layouts[6])
    rows = (Row("Plus", 0.125, 0.05, 0.2, "+12", ""), Row("Moins", -0.1, -0.15, -0.05, "−10", ""))
    bar_chart(slide, Box(0, 0, 400, 300), Bars(rows, "points", ""), "Les écarts")
    (chart,) = [shape.chart for shape in slide.shapes]
    assert list(chart.plots[0].series[0].values) == [12.5, -10]
    formats = chart._chartSpace.xpath(".//c:numFmt/@formatCode")
    assert formats and not [found for found in formats if "%" in found or "pts" not in found]


def test_each_figure_has_its_interval_beside_it(dialogue, shown):
    enjeux = next(chart for told, chart in charts_of(shown) if told.startswith("Les quatre enjeux."))
    scores = tables(dialogue, REFERENTIAL, draws=DRAWS).scores
    row = scores[(scores["section"] == "freins.enjeux") & (scores["view"] == "total") & (scores["rank"] == 1)]
    row = row[row["measure"] == "expressed"].iloc[0]
    first = enjeux.plots[0].categories[0]
    assert first.endswith(f"({100 * row['low']:.0f}\xa0à\xa0{100 * row['high']:.0f})")
    (whisker,) = enjeux.plots[0].series[0]._element.findall("{*}errBars")
    plus, minus = (float(whisker.find(f"{{*}}{side}//{{*}}v").text) for side in ("plus", "minus"))
    assert (row["value"] + plus, row["value"] - minus) == pytest.approx((row["high"], row["low"]))


def test_every_slide_has_a_title_and_lies_within_its_page(shown, deck):
    assert len(shown.slides) == len(deck.slides)
    for slide in shown.slides:
        assert slide.shapes.title.text_frame.text
        for shape in slide.shapes:
            assert shape.left >= 0 and shape.top >= 0
            assert shape.left + shape.width <= shown.slide_width and shape.top + shape.height <= shown.slide_height


@pytest.mark.parametrize("write", [pptx, html])
def test_twice_it_is_the_same_file_but_for_its_date(write, dialogue, tmp_path):
    results = results_of(dialogue)
    made = []
    for place, day in enumerate((date(2026, 6, 1), date(2026, 6, 1), date(2026, 6, 2))):
        folder = tmp_path / str(place)
        folder.mkdir()
        found = write(deck_of(dialogue, results=results, made_on=day), folder)
        made.append(found.read_bytes() if isinstance(found, Path) else found.encode())
    assert made[0] == made[1] != made[2]


def test_what_is_empty_is_said_in_a_line_and_never_drawn(tmp_path):
    tables = small_dialogue()
    silent = replace(tables, answers=tables.answers[:0], contributions=tables.contributions[:0], tags=tables.tags[:0])
    deck = deck_of(silent)
    shown = Presentation(pptx(deck, tmp_path))
    charts = [told for told, _ in charts_of(shown) if told.split(". ")[0] in TITLES]
    page = html(deck, tmp_path)
    assert charts == [] and "«\xa0Les quatre enjeux\xa0»\xa0: personne n’a encore rien dit" in page


LONG = "Une leçon très longue, dite en beaucoup de mots. " * 120 + "FINDULONG"
ODD = f"{HOSTILE[4]} \x00\x07\x1b <script>alert(1)</script> {{{{ 7 * 7 }}}} ]]>"


def hostile_deck(dialogue_words: str = ODD):
    groups = [
        {"group": "aidants", "label": f'=HYPERLINK("http://x") {ODD}', "side": "external", "in_total": 1},
        {"group": "gens", "label": "＝1+1" + "long" * 40, "side": "external", "in_total": 1},
        {"group": "maison", "label": "+Opérateur\t@x", "side": "internal", "in_total": 1},
    ]
    lesson = Passage(f"=cmd|' /c calc'!A1 {ODD}", LONG, ODD)
    light = Light("Analyse", "Comité", "mot" * 3_000, date(2026, 5, 1))
    written = Written(objectives=ODD, lessons=(lesson,), leads=(Passage("", ODD),), lights=(light,), withdrawn=3)
    tables = small_dialogue(dialogue_words, groups)
    statements = {"regnier.s": "=1+1 " + ODD, "regnier.t": "Très long " * 60}
    return deck_of(tables, written, title=f"=2+2 {ODD}", statements=statements)


@pytest.fixture(scope="module")
def hostile():
    return hostile_deck()


def test_hostile_words_are_words_in_the_pptx(hostile, tmp_path):
    path = pptx(hostile, tmp_path)
    Presentation(path)
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            if name.endswith((".xml", ".rels")):
                lxml.etree.fromstring(archive.read(name))
            elif name.endswith(".xlsx"):
                with zipfile.ZipFile(io.BytesIO(archive.read(name))) as book:
                    sheet = book.read("xl/worksheets/sheet1.xml")
                    assert b"<f>" not in sheet and b"hyperlink" not in sheet.lower()


def test_hostile_words_are_words_in_the_html(hostile, tmp_path):
    page = html(hostile, tmp_path)
    tree = lxml.html.fromstring(page)
    assert not tree.xpath("//script | //iframe | //img[not(starts-with(@src, 'data:'))] | //link")
    assert "&lt;script&gt;alert(1)" in page and "{{ 7 * 7 }}" in page
    assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]", page)


def test_nothing_that_people_wrote_is_cut_from_lessons_and_lights(hostile, tmp_path):
    page = lxml.html.fromstring(html(hostile, tmp_path)).text_content()
    assert "FINDULONG" in page and "3 citations ont quitté cette édition" in page
    assert page.count("mot" * 20) and "".join(page.split()).count("mot") >= 3_000


def test_the_html_asks_for_nothing_elsewhere(deck, tmp_path):
    page = html(deck, tmp_path)
    addresses = lxml.html.fromstring(page).xpath("//@href | //@src | //@action")
    assert addresses and all(address.startswith(("#", "data:")) for address in addresses)
    assert "url(" not in page and "@import" not in page
    assert FICTION.replace(" :", "\xa0:") in page


def picture(kind="PNG", size=(40, 20)) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, "#336699").save(out, kind)
    return out.getvalue()


def test_the_dialogues_own_colour_and_logo_are_in_both_files(deck, tmp_path):
    keep_look(tmp_path, "#0A3D62", picture("JPEG"))
    look = read_look(tmp_path)
    page = html(deck, tmp_path, look)
    with zipfile.ZipFile(pptx(deck, tmp_path, look)) as archive:
        assert [name for name in archive.namelist() if name.startswith("ppt/media/")] == ["ppt/media/image1.png"]
        assert b"0A3D62" in archive.read("ppt/slides/slide1.xml")
    assert "#0a3d62" in page and "data:image/png;base64," in page
    keep_look(tmp_path, "0a3d62", without_logo=True)
    assert read_look(tmp_path) == Look("0a3d62")


@pytest.mark.parametrize(
    ("colour", "logo", "told"),
    [
        ("vert", b"", "en six signes"),
        ("#ffff00", b"", "trop claire"),
        ("#7a3e1d", b"<svg onload=alert(1)>", "PNG ou JPEG"),
        ("#7a3e1d", picture()[:30], "PNG ou JPEG"),
    ],
)
def test_a_look_that_would_not_do_is_refused_and_nothing_changes(colour, logo, told, tmp_path):
    with pytest.raises(Refusal, match=told):
        keep_look(tmp_path, colour, logo)
    assert read_look(tmp_path) == Look()
