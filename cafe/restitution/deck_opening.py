"""The first slides: the cover, the objectives, who was heard, how."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from analysis.referential import Family
from cafe.people.days import written_day
from cafe.people.phases import Stage
from cafe.restitution.deck import Bars, Prose, Row, Slide, Sphere, Spheres
from cafe.restitution.deck_sections import listed
from cafe.restitution.fitting import pieces
from cafe.restitution.source import Source
from cafe.results.charts import people, quoted
from cafe.results.routes import SOURCES

PLACES = 10
# A page of prose: points, and lines.
SIZE, WIDTH, LINES = 18, 850, 13
FICTION = "Démonstration : personnes et messages fictifs."
METHOD = (
    "Chacun reçoit les mêmes questions, en entretien, en atelier, au café numérique ou seul devant le questionnaire.",
    "Les réponses se choisissent ou se classent. Les paroles libres reçoivent des tags d’un seul référentiel, par des "
    "règles lisibles que l’équipe relit.",
    "Le chiffre principal est la part des réponses exprimées : chaque réponse compte une fois par personne, si "
    "souvent qu’elle la dise.",
    "Chaque groupe pèse autant, quel que soit le nombre de personnes entendues.",
    "Les personnes ont été choisies, non tirées au sort. L’intervalle de stabilité à 95 % dit ce que deviendrait un "
    "chiffre avec d’autres personnes ; il n’est pas une marge d’erreur de sondage.",
    "Un groupe de moins de 5 personnes est dit « fragile » ; un chiffre qui repose sur lui, « indicatif ».",
    "Les paroles sont signées d’un groupe, jamais d’un nom, et citées tant que leurs auteurs le veulent bien.",
)


@dataclass(frozen=True)
class Setting:
    """What a deck says of its dialogue besides figures. `frozen`: the dataset that it rests on, empty when live."""

    title: str
    fictional: bool
    made_on: date
    phases: Sequence[Stage] = ()
    families: tuple[Family, ...] = ()
    statements: dict[str, str] = field(default_factory=dict)
    guide: str = ""
    frozen: str = ""


def cover(setting: Setting) -> Slide:
    return Slide(setting.title, (Prose(("Restitution du dialogue", written_day(setting.made_on))),), kind="cover")


def prose_slides(words: str, title: str, chapter: str, topic: str, last: str = "") -> Iterator[Slide]:
    """A text of people on as many slides as it takes, none of its words left out; `last` ends the last one."""
    parts = list(pieces(words, SIZE, WIDTH, LINES))
    if last and parts:
        whole = f"{parts[-1]}\n\n{last}"
        parts[-1:] = list(pieces(whole, SIZE, WIDTH, LINES))
    for place, part in enumerate(parts, 1):
        paragraphs = tuple(line for line in part.split("\n") if line.strip())
        count = f" ({place}/{len(parts)})" if len(parts) > 1 else ""
        yield Slide(title, (Prose(paragraphs),), chapter, f"{topic}{count}")


def objective_slides(source: Source, chapter: str) -> list[Slide]:
    if not source.written.objectives.strip():
        told = ("L’équipe n’a pas encore écrit ni publié les objectifs du dialogue.",)
        return [Slide("Ce que le dialogue cherchait", (Prose(told),), chapter, "Les objectifs")]
    return list(prose_slides(source.written.objectives, "Ce que le dialogue cherchait", chapter, "Les objectifs"))


def heard_slides(source: Source, setting: Setting, chapter: str) -> list[Slide]:
    told = source.report.summary
    made = [_map(source, told, chapter), _ways(told, chapter)]
    places = _places(told, chapter)
    return made + ([places] if places else []) + [_dates(setting, told, chapter)]


def _map(source: Source, told: dict, chapter: str) -> Slide:
    """The spheres: the operator inside, the others around, each disc's area its people."""
    subgroups: dict[str, list[str]] = {}
    for row in told.get("participants_by_subgroup", ()):
        if row["subgroup"]:
            subgroups.setdefault(row["group"], []).append(f"{row['subgroup']} ({row['n']})")
    spheres = tuple(
        Sphere(
            source.group(row["group"]), row["n"], ", ".join(subgroups.get(row["group"], ())), row["side"] == "internal"
        )
        for row in told["groups"] if row["n"]
    )  # fmt: skip
    heard = f"{people(told['participants'])} entendue{'s' if told['participants'] > 1 else ''}"
    title = f"{heard}, dans {len(spheres)} groupe{'s' if len(spheres) > 1 else ''} de parties prenantes."
    caption = "Chaque disque a pour surface le nombre de personnes de son groupe. Au centre, l’opérateur."
    missing = [source.group(code) for code in told["empty_groups"]]
    weak = f"personne n’a été entendu parmi : {listed(missing)}" if missing else ""
    return Slide(title, (Spheres(spheres, caption),), chapter, "Qui a été entendu", "", weak)


def _ways(told: dict, chapter: str) -> Slide:
    counts = sorted(told["contributions_by_source"].items(), key=lambda pair: (-pair[1], pair[0]))
    rows = _counts([(SOURCES.get(code, code).capitalize(), count) for code, count in counts])
    title = (
        f"{_spaced(told['contributions'])} contributions et {_spaced(told['answers'])} réponses ont été recueillies."
    )
    if not rows:
        return Slide(title, (Prose(("Aucune parole libre n’a encore été recueillie.",)),), chapter, "Comment")
    facts = (
        f"{_spaced(told['prompted'])} contributions répondent à une relance ; elles ne comptent pas comme spontanées"
    )
    return Slide(title, (Bars(rows, "count", "Contributions, par façon de consulter."),), chapter, "Comment", facts)


def _places(told: dict, chapter: str) -> Slide | None:
    places = sorted(
        told.get("participants_by_place", ()), key=lambda row: (row["place"] == "", -row["n"], row["place"])
    )
    named = [row for row in places if row["place"]]
    if not named:
        return None
    rest = sum(row["n"] for row in places) - sum(row["n"] for row in named[:PLACES])
    pairs = [(row["place"], row["n"]) for row in named[:PLACES]] + ([("Ailleurs, ou non dit", rest)] if rest else [])
    first = named[0]
    title = f"D’où l’on parle : {people(first['n'])} disent {quoted(first['place'])}."
    caption = "Personnes, par lieu tel qu’il a été dit. Les lieux de moins de 5 personnes sont réunis."
    return Slide(title, (Bars(_counts(pairs), "count", caption),), chapter, "Les lieux")


def _counts(pairs: list[tuple[str, int]]) -> tuple[Row, ...]:
    return tuple(Row(label, float(count), None, None, _spaced(count), "") for label, count in pairs)


def _spaced(count: int) -> str:
    """« 5 454 »."""
    return f"{count:,}".replace(",", "\N{NARROW NO-BREAK SPACE}")


def _dates(setting: Setting, told: dict, chapter: str) -> Slide:
    lines = [
        f"{stage.label} : du {written_day(stage.starts_on)} au {written_day(stage.ends_on)}. {stage.purpose}"
        if stage.starts_on and stage.ends_on else f"{stage.label} : sans dates encore. {stage.purpose}"
        for stage in setting.phases
    ]  # fmt: skip
    said = [date.fromisoformat(told[name]) for name in ("said_from", "said_to") if told.get(name)]
    if len(said) == 2:
        lines.append(f"Les paroles comptées ici vont du {written_day(said[0])} au {written_day(said[1])}.")
    return Slide("Le dialogue se tient en quatre phases.", (Prose(tuple(lines), "list"),), chapter, "Les dates")


def method_slide(chapter: str) -> Slide:
    title = "Mêmes questions à tous, un seul référentiel, et chaque groupe pèse autant."
    return Slide(title, (Prose(METHOD, "list"),), chapter, "La méthode")
