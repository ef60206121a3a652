"""The last slides: lessons and leads, the committee's lights, what is fragile, the annex."""

from collections.abc import Iterator
from math import ceil

from cafe.people.days import written_day
from cafe.restitution.deck import Cell, Grid, Prose, Slide
from cafe.restitution.deck_opening import FICTION, Setting, prose_slides
from cafe.restitution.deck_sections import listed
from cafe.restitution.fitting import short
from cafe.restitution.source import Source
from cafe.restitution.written import Light, Passage
from cafe.results.charts import percent, quoted
from cafe.results.site import PAGES

DEFINED, LONGEST = 9, 150
NOT_YET = "L’équipe n’a encore rien publié ici."
TERMS = (
    ("Réponses exprimées", "Part d’une réponse parmi toutes celles qui ont été données ; une fois par personne."),
    ("n", "Les personnes sur lesquelles le chiffre repose."),
    ("n efficace", "Ce que pèsent ces personnes quand chaque groupe compte autant (Kish : G² / Σ 1/n)."),
    ("Intervalle de stabilité", "2 000 tirages (Rao–Wu), par personne ou par atelier ; 95 % d’entre eux y tombent."),
    ("Fragile, indicatif", "Un groupe de moins de 5 personnes ; un chiffre qui repose sur un tel groupe."),
    ("Écart net", "q ≤ 0,05 après correction de Benjamini–Hochberg, dans une même façon de répondre."),
    ("W de Kendall", "De 0, chacun son ordre, à 1, le même ordre pour tous."),
    ("Consensus", "1 − D de Leik : 1 quand tous ont le même avis, 0 quand ils se partagent entre les extrêmes."),
    ("Prioritaire, à explorer, embarqué", "Tenu par les deux côtés ; par le dehors seul ; par l’opérateur seul."),
)


def passage_slides(passages: tuple[Passage, ...], chapter: str, topic: str) -> list[Slide]:
    """Each lesson or lead on its slides, with what was decided after."""
    if not passages:
        return [Slide(f"{topic}s : à écrire", (Prose((NOT_YET,)),), chapter, f"{topic}s")]
    made = []
    for place, passage in enumerate(passages, 1):
        decided = f"Ce qui a été décidé : {passage.decided}" if passage.decided else ""
        title = passage.title or f"{topic} n° {place}"
        words = passage.words if passage.words.strip() else "Ce texte est vide."
        made += prose_slides(words, title, chapter, f"{topic} n° {place}", decided)
    return made


def light_slides(source: Source, chapter: str) -> list[Slide]:
    lights = source.written.lights
    if not lights:
        told = ("Le comité d’experts n’a pas encore laissé d’avis.",)
        return [Slide("L’éclairage du comité d’experts", (Prose(told),), chapter, "Le comité")]
    return [slide for light in lights for slide in _light(light, chapter)]


def _light(light: Light, chapter: str) -> Iterator[Slide]:
    title, signed = f"Le comité, sur la phase {quoted(light.phase)}", f"— {light.signed}, le {written_day(light.on)}"
    return prose_slides(light.words, title, chapter, "L’avis du comité", signed)


def fragile_slide(source: Source, setting: Setting, chapter: str) -> Slide:
    lines = tuple(_weak_lines(source, setting))
    title = "Ce qui est fragile, et comment lire ces chiffres."
    return Slide(title, (Prose(lines, "list"),), chapter, "Ce qui est fragile")


def _weak_lines(source: Source, setting: Setting) -> Iterator[str]:
    told = source.report.summary
    if setting.fictional:
        yield FICTION
    yield "Les personnes ont été choisies pour ce qu’elles vivent ou font : elles ne représentent pas la population."
    if told["fragile_groups"]:
        groups = listed([source.group(code) for code in told["fragile_groups"]])
        yield f"Moins de 5 personnes dans : {groups}. Leurs chiffres sont fragiles."
    if told["empty_groups"]:
        yield f"Personne n’a été entendu dans : {listed([source.group(code) for code in told['empty_groups']])}."
    if weak := _weak_sections(source):
        yield f"Indicatif, car un groupe y compte moins de 5 personnes : {listed(weak)}."
    reach = told["any_tag"]
    if reach["texts"]:
        without = percent(reach["texts_without"] / reach["texts"])
        yield f"{without} des textes n’ont aucun tag : ils se lisent, sans compter."
    yield from _quoting(source)


def _weak_sections(source: Source) -> list[str]:
    found = []
    for title in (title for page in PAGES for title in page.sections):
        rows = source.whole(title)
        if len(rows) and rows["fragile"].iloc[0]:
            found.append(quoted(title.title))
    return found


def _quoting(source: Source) -> Iterator[str]:
    gone = source.written.withdrawn
    if gone == 1:
        yield "Une citation a quitté cette édition : son auteur l’a retirée ou s’y oppose."
    elif gone:
        yield f"{gone} citations ont quitté cette édition : leurs auteurs les ont retirées ou s’y opposent."
    else:
        yield "Aucune citation n’a été retirée depuis l’édition précédente."


def annex_slides(source: Source, setting: Setting, chapter: str) -> list[Slide]:
    terms = _table(("Terme", "Ce qu’il veut dire"), TERMS, "Les formules entières sont dans le carnet des données.")
    made = [
        Slide("Les mots des chiffres", (terms,), chapter, "Méthode"),
        Slide("Ce qui a fait ce document", (_versions(source, setting),), chapter, "Versions et empreintes"),
    ]
    return made + list(_dictionary(setting, chapter))


def _versions(source: Source, setting: Setting) -> Grid:
    told, results = source.report.summary, source.results
    known = told["referential"]
    dates = written_day(results.made_at.date())
    lines = (
        ("Données", setting.frozen or f"En direct, telles que calculées le {dates}"),
        ("Empreinte des données", results.digest),
        ("Référentiel", f"{known['slug']}, version {results.version}"),
        ("Empreinte du référentiel", known["hash"]),
        ("Guide", f"version {told['guide'] or setting.guide}" if told["guide"] or setting.guide else "sans guide"),
        ("Tirages", f"{told['draws']}, graine {told['seed']}"),
        ("Seuils de la matrice", " et ".join(percent(value) for value in told["thresholds"].values())),
        ("Personnes, contributions, tags", f"{told['participants']}, {told['contributions']}, {told['tags']}"),
        ("Document", f"fait le {written_day(setting.made_on)}"),
    )
    return _table(("Quoi", "Lequel"), lines, "Les mêmes données, avec les mêmes versions, donnent les mêmes chiffres.")


def _dictionary(setting: Setting, chapter: str) -> Iterator[Slide]:
    """What each tag means, family by family; those whose label says it all are left out."""
    for family in setting.families:
        lines = [(tag.label, tag.definition) for tag in family.tags if tag.definition]
        # As many on each page: a last one with a single line would look like a mistake.
        length = ceil(len(lines) / ceil(len(lines) / DEFINED)) if lines else 1
        pages = [lines[start : start + length] for start in range(0, len(lines), length)]
        for place, page in enumerate(pages, 1):
            count = f" ({place}/{len(pages)})" if len(pages) > 1 else ""
            table = _table(("Tag", "Définition"), page, "Le référentiel entier, avec ses règles, est dans les données.")
            yield Slide(f"{family.label} : ce que chaque tag veut dire", (table,), chapter, f"Dictionnaire{count}")


def _table(head: tuple[str, str], lines, caption: str) -> Grid:
    rows = tuple((Cell(short(first, 70)), Cell(short(second, LONGEST))) for first, second in lines)
    return Grid(head, rows, (0.32, 0.68), caption)
