"""The slides of the abacus and of the materiality matrix."""

import pandas as pd
from sqlalchemy import select

from cafe.corpus.models import Question
from cafe.corpus.votes import SCALES
from cafe.extensions import run
from cafe.restitution.deck import Cell, Grid, Level, Point, Points, Slide, Stack, StackRow
from cafe.restitution.deck_sections import silence, weak_words
from cafe.restitution.fitting import short
from cafe.restitution.source import Source
from cafe.results.charts import people, percent, quoted
from cafe.results.regnier_figures import decimal

VOTES, PLACED = 6, 10
INDEX = {"colours": "mean", "words": "net"}
NAMED = {"colours": "Moyenne", "words": "Solde"}
HEAD = ("Intervalle", "Consensus", "Ne sait pas", "Ne se prononce pas", "n")
NAMES = ("prioritaire", "à explorer", "embarqué")
ABACUS = (
    "Part de chaque niveau parmi les avis ; « ne sait pas » et « ne se prononce pas » sont à part. Chaque groupe pèse "
    "autant. Trié du plus au moins d’accord, puis du plus au moins partagé."
)
MATRIX = (
    "Vers la droite : la part des groupes extérieurs qui tient la proposition. Vers le haut : celle des personnes de "
    "l’opérateur. Une lecture des parties prenantes, non la double matérialité des rapports de durabilité."
)


def statements() -> dict[str, str]:
    """What was voted on, in the words that people read."""
    rows = run(select(Question.code, Question.text).where(Question.code.startswith("regnier.")))
    return dict(rows.tuples().all())


def vote_slides(source: Source, chapter: str, said: dict[str, str]) -> list[Slide]:
    """The abacus, each scale apart: the whole, then each group's index."""
    table = source.report.regnier
    table = table[(table["opinions"] > 0)] if len(table) else table
    if table.empty:
        return [silence(chapter, ["L’abaque de Régnier : les affirmations et les votes"])]
    made = []
    for scale in SCALES:
        own = table[table["scale"] == scale]
        total = own[own["view"] == "total"]
        # What only groups out of the total voted on (the citizens of a café) is told apart: no total holds it.
        others = own[~own["statement"].isin(total["statement"])]
        for whole in (total, others[others["view"] == "all"]):
            for start in range(0, len(whole), VOTES):
                made.append(_abacus(whole[start : start + VOTES], scale, said, chapter, whole.iloc[0]))
            made += _by_group(source, own[own["statement"].isin(whole["statement"])], whole, scale, said, chapter)
    return made


def _abacus(rows: pd.DataFrame, scale: str, said: dict[str, str], chapter: str, first: pd.Series) -> Slide:
    names = [f"colour_{level.code}" if scale == "colours" else level.code for level in SCALES[scale]]
    levels = tuple(Level(level.code, level.sign, level.label.lower()) for level in SCALES[scale])
    stacked = tuple(
        StackRow(words_of(row, said), tuple(float(row[name]) for name in names), _told(row, scale))
        for row in rows.to_dict("records")
    )  # fmt: skip
    title = f"Le plus d’accord : {quoted(short(words_of(first, said), 110).rstrip('.'))} ({_index(first, scale)})."
    low, high = int(rows["n"].min()), int(rows["n"].max())
    facts = f"n = {people(high)}" if low == high else f"n = {low} à {people(high)}"
    facts += " · hors du total : seuls des groupes qui n’y comptent pas ont voté" if first["view"] == "all" else ""
    return Slide(title, (Stack(levels, stacked, ABACUS, (NAMED[scale], *HEAD)),), chapter, "L’abaque de Régnier", facts,
                 weak_words(rows["fragile"].max()))  # fmt: skip


def words_of(row, said: dict[str, str]) -> str:
    return said.get(row["statement"], row["statement"])


def _told(row: dict, scale: str) -> tuple[str, ...]:
    bounds = "—" if pd.isna(row["low"]) else f"{decimal(row['low'])} à {decimal(row['high'])}"
    silent = percent(row["blanc"]), percent(row["noir"])
    return (decimal(row[INDEX[scale]]), bounds, decimal(row["consensus"]), *silent, str(row["n"]))


def _index(row, scale: str) -> str:
    value = decimal(row[INDEX[scale]])
    return f"moyenne {value} sur 5" if scale == "colours" else f"solde {value}"


def _by_group(source: Source, own: pd.DataFrame, whole: pd.DataFrame, scale: str, said, chapter: str) -> list[Slide]:
    """The index of each statement, group by group."""
    groups = [group.code for group in source.groups if ((own["view"] == "group") & (own["group"] == group.code)).any()]
    if len(groups) < 2:
        return []
    index = own[own["view"] == "group"].set_index(["statement", "group"])
    rows = tuple(
        (Cell(short(said.get(code, code), 90)), *(_group_cell(index, code, group, scale) for group in groups))
        for code in whole["statement"].head(2 * VOTES)
    )
    split = _most_split(index, whole["statement"], scale)
    title = f"Là où les groupes s’accordent le moins : {quoted(short(said.get(split, split), 110).rstrip('.'))}."
    caption = "Moyenne de 1 à 5" if scale == "colours" else "Solde : incontournable + souhaitable − contre"
    head = ("Affirmation", *(short(source.group(group), 30) for group in groups))
    grid = Grid(head, rows, (0.4, *[0.6 / len(groups)] * len(groups)), f"{caption}, et n entre parenthèses.")
    weak = "fragile : un groupe a moins de 5 personnes" if (index["fragile"] != "").any() else ""
    return [Slide(title, (grid,), chapter, "L’abaque, par groupe", "", weak)]


def _group_cell(index: pd.DataFrame, code: str, group: str, scale: str) -> Cell:
    if (code, group) not in index.index:
        return Cell("—")
    row = index.loc[(code, group)]
    return Cell(f"{decimal(row[INDEX[scale]])} ({row['n']})")


def _most_split(index: pd.DataFrame, codes: pd.Series, scale: str) -> str:
    values = index[INDEX[scale]].astype(float).unstack()
    spread = (values.max(axis=1) - values.min(axis=1)).reindex(codes).fillna(-1)
    return str(spread.idxmax())


def matrix_slides(source: Source, chapter: str) -> list[Slide]:
    """The propositions that both axes place: all on one slide, or a slide a theme."""
    table = source.report.materiality
    placed = table[table["external"].notna() & table["internal"].notna()].reset_index(drop=True)
    if placed.empty:
        silent = "La matrice des essentiels, qui demande des propositions du dehors et de l’opérateur"
        return [silence(chapter, [silent])]
    parts = [placed] if len(placed) <= PLACED else [rows for _, rows in placed.groupby("theme")]
    return [_matrix(source, rows, chapter, len(parts) > 1) for rows in parts]


def _matrix(source: Source, rows: pd.DataFrame, chapter: str, by_theme: bool) -> Slide:
    points = tuple(_point(source, place, row) for place, row in enumerate(_best(rows).itertuples(), 1))
    limits = source.report.summary["thresholds"]
    first = rows.iloc[0]
    theme = source.named(first["family"], first["theme"])
    matrix = Points(points, (limits["external"], limits["internal"]), MATRIX)
    counts = rows["placement"].value_counts()
    told = [f"{counts[name]} « {name} »" for name in NAMES if name in counts]
    title = f"{theme} : " if by_theme else ""
    title += ", ".join(told) + "." if told else "rien ne passe les seuils des deux côtés."
    facts = (
        f"n = {people(int(rows['external_n'].max()))} au dehors, "
        f"{people(int(rows['internal_n'].max()))} de l’opérateur · "
        f"seuils : {percent(limits['external'])} et {percent(limits['internal'])}"
    )
    if rows["assumed"].any():
        facts += " · une position non notée compte comme « souhaitable »"
    topic = f"La matrice des essentiels{f' : {theme.lower()}' if by_theme else ''}"
    return Slide(title[0].upper() + title[1:], (matrix,), chapter, topic, facts, weak_words(rows["fragile"].max()))


def _best(rows: pd.DataFrame) -> pd.DataFrame:
    """In the order in which they are told: by placement, then by what both sides expect."""
    order = {name: place for place, name in enumerate((*NAMES, ""))}
    keyed = rows.assign(order=rows["placement"].map(order), both=-(rows["external"] + rows["internal"]))
    return keyed.sort_values(["order", "both", "proposition"]).head(PLACED)


def _point(source: Source, place: int, row) -> Point:
    sides = (
        f"{percent(value)}{'' if pd.isna(low) else f' ({percent(low)[:-2]}–{percent(high)[:-2]})'}"
        for value, low, high in ((row.external, row.external_low, row.external_high),
                                 (row.internal, row.internal_low, row.internal_high))
    )  # fmt: skip
    label = source.named(row.family, row.proposition)
    return Point(place, label, float(row.external), float(row.internal), row.placement, tuple(sides))
