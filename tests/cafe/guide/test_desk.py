"""The guide's desk, lived through its real pages: versions, the draft, the preview, publishing."""

import html
import io
import re

import pytest
from sqlalchemy import delete, func, select

from cafe.extensions import db, writing
from cafe.guide.models import GuideDraft, GuideVersion
from cafe.guide.reading import SHIPPED, guide_hash
from cafe.guide.sittings import progress_of
from tests.cafe.guide.sitting import begin

DESK, DRAFT = "/guides", "/guides/brouillon"
NEXT = SHIPPED.read_text(encoding="utf-8").replace("version: 1", "version: 2")
OTHER_TITLE = NEXT.replace("title: Pour commencer", "title: Au début")
FAULTY = NEXT.replace("minutes: 10", "minutes: dix").replace("kind: info", "kind: infos", 1)


@pytest.fixture
def organiser(client_as):
    client = client_as("organiser")
    client.get(DRAFT)
    return client


def words(page):
    return html.unescape(page.text)


def textarea(page) -> str:
    return re.search(r"<textarea[^>]*>\n(.*?)</textarea>", words(page), re.DOTALL)[1]


def token_of(page) -> str:
    return re.search(r'name="token" value="(\w*)"', page.text)[1]


def kept(house):
    with house.app.app_context():
        return db.session.scalar(select(GuideDraft.source))


def versions(house) -> list[int]:
    with house.app.app_context():
        return list(db.session.scalars(select(GuideVersion.number).order_by(GuideVersion.id)))


def write(client, source, token=None):
    token = token_of(client.get(DRAFT)) if token is None else token
    return client.send(DRAFT, source=source, token=token)


def publish(client, token=None):
    return client.send(f"{DRAFT}/publier", token=token or token_of(client.get(DRAFT)))


# Versions


def test_versions_are_listed_with_who_published_them_and_how_many_answered_each_way(organiser, house):
    with house.app.app_context():
        begin(1, house.clock.now)
        begin(2, house.clock.now)
        begin(3, house.clock.now, "interview")
    write(organiser, OTHER_TITLE)
    publish(organiser)
    page = words(organiser.get(DESK))
    assert page.index("Version 2") < page.index("Version 1") and "par organiser" in page
    assert "Seul : 2 · Entretien : 1" in page and guide_hash(OTHER_TITLE)[:8] in page


def test_a_version_is_read_with_its_three_wordings_and_downloaded_as_it_was(organiser):
    page = words(organiser.get(f"{DESK}/1"))
    for said in ("Quand on a peu d’argent", "Selon vous, quel lien", "Pour vous, quel lien", "25 min"):
        assert said in page
    file = organiser.get(f"{DESK}/1/guide.yaml")
    assert file.text == SHIPPED.read_text(encoding="utf-8") and "precarite-numerique-v1.yaml" in str(file.headers)


def test_an_install_without_a_guide_publishes_the_shipped_one_once(organiser, house):
    with house.app.app_context(), writing() as session:
        session.execute(delete(GuideVersion))
    assert "Aucun guide n’est publié" in words(organiser.get(DESK))
    assert "rien à comparer" in words(organiser.get(f"{DESK}/comparer"))
    for _ in range(5):
        assert organiser.send(f"{DESK}/livre").location == DESK
    assert versions(house) == [1]


def test_two_versions_are_compared_in_words(organiser):
    write(organiser, OTHER_TITLE)
    changes = "Titre de partie : « Pour commencer » → « Au début »."
    assert changes in words(organiser.get(f"{DESK}/comparer"))
    publish(organiser)
    assert changes in words(organiser.get(f"{DESK}/comparer"))
    assert "Aucune différence." in words(organiser.get(f"{DESK}/comparer?avant=1&apres=1"))


LOST = (
    "/2", "/2/guide.yaml", "/0", "/comparer?avant=7", "/comparer?apres=x", f"/comparer?avant={2**63}", "/apercu/7",
    "/apercu/x", "/apercu/brouillon", "/apercu/1/telephone?n=999", "/brouillon/publier", "/brouillon/guide.yaml",
    "/brouillon/abandonner", "/liens/1", "/liens/1/affiche",
)  # fmt: skip


def test_what_does_not_exist_is_not_found(organiser):
    assert [path for path in LOST if organiser.get(DESK + path).status_code != 404] == []


# The draft


def test_a_new_draft_begins_with_the_version_in_use_under_the_next_number(organiser, house):
    page = organiser.get(DRAFT)
    assert textarea(page) == NEXT and "n’est pas encore enregistré" in words(page)
    assert write(organiser, textarea(page)).location == DRAFT
    assert kept(house) == NEXT and "prêt" in words(organiser.get(DESK))


def test_a_faulty_draft_is_kept_and_each_fault_is_told_with_its_line_and_text(organiser, house):
    assert write(organiser, FAULTY).status_code == 303
    assert kept(house) == FAULTY
    page = words(organiser.get(DRAFT))
    line = FAULTY[: FAULTY.index("minutes: dix")].count("\n") + 1
    assert "2 fautes" in page and f"<strong>Ligne {line}</strong> : « dix » n’est pas un nombre entier" in page
    assert "<code>    minutes: dix</code>" in page
    assert "2 fautes" in words(organiser.get(DESK))


def test_what_is_hard_to_read_alone_is_told_errors_apart_from_advice(organiser):
    long = "Merci de prendre ce temps " + "vraiment " * 12 + "pour nous."
    write(organiser, NEXT.replace("Merci de prendre ce temps.", long))
    page = words(organiser.get(DRAFT))
    assert "1 passage difficile à lire seul" in page and "coupez à 15 au plus" in page and "prêt" in page
    assert "1 passage difficile à lire seul" in words(organiser.get(f"{DRAFT}/publier"))


def test_a_draft_changed_meanwhile_is_not_written_over_and_both_texts_stay(organiser, client_as, house):
    write(organiser, NEXT)
    read = token_of(organiser.get(DRAFT))
    write(client_as("organiser"), OTHER_TITLE, read)
    refused = write(organiser, FAULTY, read)
    assert refused.status_code == 409 and textarea(refused) == FAULTY
    assert "title: Au début" in words(refused).partition("<pre")[2] and kept(house) == OTHER_TITLE
    assert write(organiser, FAULTY, token_of(refused)).status_code == 303
    assert kept(house) == FAULTY


def test_a_form_sent_five_times_is_one_draft(organiser, house):
    token = token_of(organiser.get(DRAFT))
    assert {write(organiser, OTHER_TITLE, token).location for _ in range(5)} == {DRAFT}
    assert kept(house) == OTHER_TITLE


def test_what_cannot_be_kept_comes_back_in_the_page(organiser, house):
    for bad in ("", "  \n", "a" * 60_001, "é’" * 40_000):
        refused = write(organiser, bad)
        assert refused.status_code == 400 and 'role="alert">Ce texte est' in words(refused)
        assert (textarea(refused) == bad, kept(house)) == (True, None)


def test_a_file_takes_the_drafts_place_faulty_or_not(organiser, house):
    write(organiser, NEXT)
    token = token_of(organiser.get(f"{DRAFT}/fichier"))
    sent = {"csrf_token": organiser.token, "token": token, "file": (io.BytesIO(b"\xef\xbb\xbfslug: a\r\n"), "g.yaml")}
    assert organiser.post(f"{DRAFT}/fichier", data=sent).status_code == 303
    assert kept(house) == "slug: a\n"


def test_a_file_that_is_no_text_is_refused(organiser, house):
    for file, told in ((b"", "Choisissez un fichier"), (b"\xff\xfe\x00", "UTF-8")):
        sent = {"csrf_token": organiser.token, "token": "", "file": (io.BytesIO(file), "g.yaml")}
        refused = organiser.post(f"{DRAFT}/fichier", data=sent)
        assert refused.status_code == 400 and told in words(refused) and kept(house) is None


NASTY = ["\0", "a: &a [1]\nb: *a", "[ " * 20_000, "a: {" * 3_000, "version: " + "9" * 5_000, "</textarea><script>x"]


def test_a_hostile_text_is_kept_told_and_harms_nothing(organiser):
    for nasty in NASTY:
        assert write(organiser, "a" + nasty).status_code == 303
        page = organiser.get(DRAFT)
        assert "faute" in page.text and "<script>x" not in page.text
        assert organiser.get(f"{DESK}/apercu/brouillon").status_code == 200
        assert "fautes" in organiser.get(f"{DESK}/comparer").text and publish(organiser).status_code == 400


def test_a_draft_is_abandoned_only_as_it_was_read(organiser, house):
    write(organiser, NEXT)
    assert organiser.send(f"{DRAFT}/abandonner", token="autre").status_code == 409
    token = token_of(organiser.get(f"{DRAFT}/abandonner"))
    assert organiser.send(f"{DRAFT}/abandonner", token=token).location == DESK
    assert kept(house) is None


# The preview


def test_a_draft_is_walked_question_by_question_in_a_frame_that_keeps_nothing(organiser):
    write(organiser, OTHER_TITLE)
    page = words(organiser.get(f"{DESK}/apercu/brouillon?facon=interview&n=2"))
    address = re.search(r'<iframe[^>]*src="([^"]+)"', page)[1]
    frame = organiser.get(address)
    assert "Selon vous, quel lien" in words(frame) and "form-action 'none'" in frame.headers["Content-Security-Policy"]
    assert organiser.get(re.search(r'href="([^"]+)">Suivante', words(frame))[1]).status_code == 200


def test_every_question_shows_in_the_frame(organiser):
    shown = [organiser.get(f"{DESK}/apercu/1/telephone?n={n}") for n in range(40)]
    pages = [words(page) for page in shown if page.status_code == 200]
    assert len(pages) > 25 and "Suivante" not in pages[-1] and "Précédente" not in pages[0]


# Publishing


def test_what_changes_is_read_before_it_is_published_for_good(organiser):
    write(organiser, OTHER_TITLE)
    page = words(organiser.get(f"{DRAFT}/publier"))
    assert "« Pour commencer » → « Au début »" in page and "Une version publiée ne change plus." in page


def test_the_same_form_sent_five_times_publishes_once(organiser, house):
    write(organiser, OTHER_TITLE)
    token = token_of(organiser.get(f"{DRAFT}/publier"))
    assert len({publish(organiser, token).location for _ in range(5)}) == 1
    assert versions(house) == [1, 2] and kept(house) is None


def test_a_draft_changed_since_it_was_read_is_not_published(organiser, house):
    write(organiser, NEXT)
    read = token_of(organiser.get(f"{DRAFT}/publier"))
    write(organiser, OTHER_TITLE)
    refused = publish(organiser, read)
    assert refused.status_code == 409 and "Relisez-le" in refused.text and versions(house) == [1]


REUSED = [
    ("version: 2", "version: 1", "La version 1 est déjà publiée : écrivez version: 2."),
    ("kind: info\n", "kind: open\n        feeds: [liens]\n", "« accueil » change de forme"),
]


def test_a_version_or_a_code_used_before_is_refused_in_one_sentence(organiser, house):
    for old, new, told in REUSED:
        write(organiser, NEXT.replace(old, new, 1))
        for page in (organiser.get(DRAFT), organiser.get(f"{DRAFT}/publier"), publish(organiser)):
            assert told in words(page)
    assert versions(house) == [1]


def test_another_slug_gives_no_code_back(organiser, house):
    other = NEXT.replace("slug: precarite-numerique", "slug: autre")
    write(organiser, other.replace("kind: info\n", "kind: open\n        feeds: [liens]\n", 1))
    assert "« accueil » change de forme" in words(publish(organiser)) and versions(house) == [1]


def test_who_began_before_goes_on_with_their_version(organiser, house):
    with house.app.app_context():
        begin(1, house.clock.now)
    write(organiser, OTHER_TITLE)
    publish(organiser)
    with house.app.app_context():
        begin(2, house.clock.now)
        titles = [progress_of(person).guide.sections[0].title for person in (1, 2)]
    assert titles == ["Pour commencer", "Au début"]


def test_the_number_of_drafts_stays_one(organiser, house):
    write(organiser, NEXT)
    write(organiser, NEXT.replace("slug: precarite-numerique", "slug: autre"))
    with house.app.app_context():
        assert db.session.scalar(select(func.count()).select_from(GuideDraft)) == 1
