"""The deck put together, in the order of a restitution; pure: the same source and setting make the same deck."""

from cafe.restitution.deck import Deck, Prose, Slide, cleaned
from cafe.restitution.deck_closing import annex_slides, fragile_slide, light_slides, passage_slides
from cafe.restitution.deck_opening import (
    FICTION,
    Setting,
    cover,
    heard_slides,
    method_slide,
    objective_slides,
)
from cafe.restitution.deck_outputs import (
    cloud_slides,
    convergence_slides,
    gap_slides,
    initiative_slides,
    profile_slides,
    stakes_slides,
    target_slides,
    triptych_slides,
)
from cafe.restitution.deck_sections import gathered, page_slides
from cafe.restitution.deck_votes import matrix_slides, vote_slides
from cafe.restitution.source import Source
from cafe.results.site import BY_SLUG, PAGES

HEARD, SAID, APART, KEPT, ANNEX = PARTS = (
    "Le dialogue", "Ce qui a été dit", "Ce qui rapproche, ce qui sépare", "Ce que nous en retenons", "Annexe",
)  # fmt: skip
IN_SHORT = ("liens", "populations", "usages", "freins", "raisons", "essentiels")


def build_deck(source: Source, setting: Setting) -> Deck:
    """Every slide, from the cover to the annex."""
    said = _said(source)
    slides = [
        cover(setting), _contents(), *_in_short(said),
        _part(HEARD), *objective_slides(source, HEARD), *heard_slides(source, setting, HEARD), method_slide(HEARD),
        _part(SAID), *said,
        _part(APART), *_apart(source, setting),
        _part(KEPT), *_kept(source, setting),
        _part(ANNEX), *annex_slides(source, setting, ANNEX),
    ]  # fmt: skip
    notice = FICTION if setting.fictional else ""
    return cleaned(Deck(setting.title, setting.made_on, notice, tuple(slides)))


def _part(title: str) -> Slide:
    return Slide(title, kind="chapter")


def _contents() -> Slide:
    return Slide("Ce document, en cinq parties", (Prose(PARTS, "list"),), "", "Sommaire")


def _in_short(said: list[Slide]) -> list[Slide]:
    """The first fact of the main outputs, on one slide."""
    lines = []
    for slug in IN_SHORT:
        page = BY_SLUG[slug]
        first = next((slide for slide in said if slide.chapter == page.title and slide.facts), None)
        if first:
            weak = f" ({first.weak})" if first.weak else ""
            lines.append(f"{page.title} — {first.title.rstrip('.')}{weak}.")
    return [Slide("Ce qu’il faut retenir des chiffres", (Prose(tuple(lines), "list"),), "", "En bref")] if lines else []


def _said(source: Source) -> list[Slide]:
    """The outputs of the brief, from the link to governance."""
    made: list[Slide] = []
    for page in PAGES:
        if not page.sections:
            continue
        if page.slug == "initiatives":
            made += initiative_slides(source, page.title)
        else:
            made += page_slides(source, page)
        if page.slug == "liens":
            made += cloud_slides(source, page.title)
        elif page.slug == "usages":
            made += [slide for section in page.sections[:2] for slide in profile_slides(source, section, page.title)]
        elif page.slug == "essentiels":
            made += matrix_slides(source, page.title)
    made += stakes_slides(source, "Tables des enjeux") + target_slides(source, "Par population prioritaire")
    return gathered(made, SAID)


def _apart(source: Source, setting: Setting) -> list[Slide]:
    titles = {section.name: section for page in PAGES for section in page.sections}
    chapter = BY_SLUG["ecarts"].title
    made = convergence_slides(source, chapter, titles) + gap_slides(source, chapter, titles)
    made += vote_slides(source, BY_SLUG["regnier"].title, setting.statements)
    return gathered(made + triptych_slides(source, BY_SLUG["triptyques"].title), APART)


def _kept(source: Source, setting: Setting) -> list[Slide]:
    return [
        *passage_slides(source.written.lessons, KEPT, "Enseignement"),
        *passage_slides(source.written.leads, KEPT, "Piste"),
        *light_slides(source, KEPT), fragile_slide(source, setting, KEPT),
    ]  # fmt: skip
