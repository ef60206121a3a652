"""The slides of a scored section: the whole with its words, then group by group."""

from collections import Counter
from dataclasses import replace

import pandas as pd

from cafe.restitution.deck import Bars, Cell, Grid, Prose, Quotes, Slide
from cafe.restitution.fitting import short
from cafe.restitution.source import Source, rows_of
from cafe.results.charts import note, number, quoted
from cafe.results.filters import Filters, Shown
from cafe.results.groups import Line, apart, lines_of
from cafe.results.page import MEAN, MEANINGS, Section, build_page
from cafe.results.site import MEANS, SectionTitle, SitePage

SHOWN, COLUMNS, LINES, LONGEST = 10, 6, 10, 44
# A title holds so many characters; beyond, so many of the options that come first in some group are told.
LONGEST_TITLE, FIRST_TOLD = 200, 3
SILENT = "Sans réponse"
INTERVAL = "À côté et sur le trait : l’intervalle de stabilité à 95 %."
LIT = "En bleu : un écart net avec les autres groupes (seuil de 5 %, Benjamini–Hochberg)."
OF_MEANS, OF_SHARES = "Moyenne des notes, de 1 à 5.", "En % des réponses exprimées dans le groupe."


def page_slides(source: Source, page: SitePage) -> list[Slide]:
    """The slides of a page of the results: those of its sections, then what nobody spoke of, in a line each."""
    built = {section.title.name: section for section in _built(source, page)}
    made = [slide for title in page.sections if title.name in built
            for slide in section_slides(source, built[title.name], page.title)]  # fmt: skip
    silent = [title.title for title in page.sections if title.name not in built]
    return made + ([silence(page.title, silent)] if silent else [])


def silence(chapter: str, silent: list[str]) -> Slide:
    """What the dialogue does not hold yet, said rather than drawn empty."""
    lines = tuple(f"{quoted(title)} : personne n’a encore rien dit qui compte ici." for title in silent)
    return Slide("Ce que le dialogue ne dit pas encore", (Prose(lines, "list"),), chapter, SILENT)


def gathered(slides: list[Slide], chapter: str) -> list[Slide]:
    """The slides, what nobody spoke of coming last, together."""
    silent = [slide for slide in slides if slide.topic == SILENT]
    lines = tuple(line for slide in silent for line in slide.blocks[0].paragraphs)
    pages = [lines[start : start + LINES] for start in range(0, len(lines), LINES)]
    told = [replace(silent[0], blocks=(Prose(page, "list"),), chapter=chapter) for page in pages]
    return [slide for slide in slides if slide.topic != SILENT] + told


def _built(source: Source, page: SitePage) -> list[Section]:
    return build_page(source.results, page, Filters(), Shown("total"), source.labels).sections


def section_slides(source: Source, section: Section, chapter: str) -> list[Slide]:
    title, is_mean = section.title, section.title.name in MEANS
    rows = source.whole(title)
    told = rows if is_mean else rows[rows["value"] > 0]
    told = told if len(told) else rows.head(1)
    shown = told.head(SHOWN)
    meaning = MEAN if is_mean else MEANINGS["expressed"]
    left = f" Les {len(told) - SHOWN} suivantes sont dans les données." if len(told) > SHOWN + 1 else ""
    bars = Bars(rows_of(shown, is_mean), "note" if is_mean else "share", reading(shown, meaning) + left)
    quotes = source.quotes(title.family, shown["option"].tolist())
    blocks = (bars, Quotes(quotes)) if quotes else (bars,)
    facts = " · ".join(section.facts)
    first = Slide(section.sentence, blocks, chapter, title.title, facts, weak_words(section.weak))
    return [first, *group_slide(source, title, chapter, "group", "", facts)]


def reading(rows: pd.DataFrame, meaning: str) -> str:
    """What a chart's bars are, and how their intervals are shown if any has one."""
    return f"{meaning} {INTERVAL}" if rows["low"].notna().any() else meaning


def weak_words(mention: str) -> str:
    return f"{mention} : un groupe a moins de 5 personnes" if mention else ""


def group_slide(source: Source, title: SectionTitle, chapter: str, view: str, target: str, facts: str) -> list[Slide]:
    """A table of groups (or of profiles) and first options; nothing when only one spoke."""
    by_profile, whole, is_mean = view == "profile", source.whole(title), title.name in MEANS
    place, labels = ("profile", {}) if by_profile else ("group", source.labels.groups)
    lines = lines_of(source.of(title, view, target), place, labels)
    if len(lines) < 2:
        return []
    # What nobody cites would only take the room of what some do.
    options = [option for option in whole["option"] if any(line.values.get(option) for line in lines)][:COLUMNS]
    named = dict(zip(whole["option"], whole["label"], strict=True))
    lit = _separated(source, title.name, is_mean) if view == "group" and not target else set()
    rows = [_line(line, options, lit, is_mean) for line in lines]
    head = ("Profil" if by_profile else "Groupe", "n", *(short(named[option], LONGEST) for option in options))
    widths = (0.24, 0.08, *[0.68 / len(options)] * len(options))
    caption = (OF_MEANS if is_mean else OF_SHARES) + (f" {LIT}" if lit else "")
    topic = f"{title.title}, par {'profil' if by_profile else 'groupe'}"
    weak = "fragile : moins de 5 personnes" if any(line.fragile for line in lines) else ""
    grid = Grid(head, tuple(rows), widths, caption)
    return [Slide(first_by_group(lines, named), (grid,), chapter, topic, facts, weak)]


def _line(line: Line, options: list[str], lit: set[tuple[str, str]], is_mean: bool) -> tuple[Cell, ...]:
    figure = note if is_mean else number
    label = f"{short(line.label, LONGEST)}{' (fragile)' if line.fragile else ''}"
    figures = [
        Cell(figure(line.values[option]) if option in line.values else "—", (line.code, option) in lit)
        for option in options
    ]
    return (Cell(label), Cell(str(line.n)), *figures)


def _separated(source: Source, section: str, is_mean: bool) -> set[tuple[str, str]]:
    """The groups and options of a section that stand out from the others."""
    return set(apart(source.results, section, "score" if is_mean else "expressed"))


def first_by_group(lines: list[Line], named: dict[str, str]) -> str:
    """What each group says first, the options that most groups put first told first.

    Labels stand in brackets: a sentence that bends round them reads badly with some (« pour en emploi »).
    """
    tops = Counter(line.first for line in lines)
    parts = []
    for option, count in sorted(tops.items(), key=lambda pair: (-pair[1], pair[0])):
        said = quoted(short(named.get(option, option), 60))
        if count == len(lines):
            return f"En tête partout : {said}."
        parts.append(f"{said} ({', '.join(line.label for line in lines if line.first == option)})")
    told = f"En tête : {' ; '.join(parts)}."
    if len(told) <= LONGEST_TITLE or len(parts) <= FIRST_TOLD:
        return told
    return f"En tête : {' ; '.join(parts[:FIRST_TOLD])} ; ailleurs, autre chose."


def listed(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} et {names[-1]}"


def as_table(rows: pd.DataFrame) -> list[dict]:
    """Rows as dictionaries, what is missing as None."""
    table = rows.astype(object)
    return table.where(table.notna(), None).to_dict("records")
