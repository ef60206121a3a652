"""The slides of the outputs that are no plain section: words, initiatives, targets, tables des enjeux, triptychs."""

import pandas as pd

from analysis.triptychs import SIDES
from cafe.restitution.deck import Bars, Cell, Grid, Prose, Quotes, Row, Slide, Stack, StackRow, Word, Words
from cafe.restitution.deck import Level as StackLevel
from cafe.restitution.deck_sections import group_slide, listed, reading, silence, weak_words
from cafe.restitution.fitting import short
from cafe.restitution.source import Source, rows_of
from cafe.results.charts import number, people, percent, quoted
from cafe.results.regnier_figures import decimal
from cafe.results.sentences import headline
from cafe.results.site import BY_SLUG, SectionTitle

CLOUD, SIZES, FEWEST = 40, 5, 2
TOP, TARGETS, TRIPTYCHS, MARKS = 8, 8, 8, 6
OWNERS = {
    "operateur": "De l’opérateur", "autres_operateurs": "D’autres opérateurs", "autres_acteurs": "D’autres acteurs",
}  # fmt: skip
CITED = "Part des personnes qui citent l’initiative, chaque groupe pesant autant."
ENJEUX, CHAMPS = (section for section in BY_SLUG["freins"].sections)


def cloud_slides(source: Source, chapter: str) -> list[Slide]:
    """The words of most people, and those that mark each group."""
    table = source.report.words
    table = table[table["people"] >= FEWEST].head(CLOUD)
    if table.empty:
        return [silence(chapter, ["Les mots du lien entre précarité et numérique"])]
    top = table["people"].max()
    words = (Word(row.lemma, int(row.people), max(1, round(SIZES * row.people / top))) for row in table.itertuples())
    first = [f"{quoted(row.lemma)} ({people(row.people)})" for row in table.head(3).itertuples()]
    caption = "La taille dit combien de personnes emploient le mot, sous toutes ses formes ; le nombre est à côté."
    cloud = Words(tuple(sorted(words, key=lambda word: word.word)), caption)
    made = [Slide(f"Les mots qui reviennent : {listed(first)}.", (cloud,), chapter, "Les mots du lien")]
    return made + _marks(source, chapter)


def _marks(source: Source, chapter: str) -> list[Slide]:
    table = source.report.specific_words
    own = table[table["by"] == "group"]
    rows = [
        (Cell(source.group(code)), Cell(_marking(words.head(MARKS))))
        for code, words in own.groupby("name")
    ]  # fmt: skip
    if not rows:
        return []
    caption = "Mots qu’un groupe dit plus que les autres (rapport de chances, a priori de Dirichlet), et ses personnes."
    grid = Grid(("Groupe", "Ses mots"), tuple(rows), (0.3, 0.7), caption)
    return [Slide("Chaque groupe a ses mots pour le dire.", (grid,), chapter, "Les mots propres à un groupe")]


def _marking(words: pd.DataFrame) -> str:
    return ", ".join(f"{row.lemma} ({row.here})" for row in words.itertuples())


def initiative_slides(source: Source, chapter: str) -> list[Slide]:
    """The ten initiatives of each owner that most people cite."""
    table, known = source.report.initiatives, source.report.initiatives_known.set_index("owner")
    made, silent = [], []
    for owner, title in OWNERS.items():
        rows = table[table["owner"] == owner]
        topic = f"Initiatives connues : {title[0].lower()}{title[1:]}"
        if rows.empty:
            silent.append(title)
            continue
        rows = rows.assign(label=[source.named("initiatives", option) for option in rows["option"]])
        named = dict(zip(rows["option"], rows["label"], strict=True))
        bars = Bars(rows_of(rows), "share", reading(rows, CITED))
        quotes = source.quotes("initiatives", rows["option"].tolist())
        blocks = (bars, Quotes(quotes)) if quotes else (bars,)
        facts = f"n = {people(int(rows['n'].max()))} · n efficace {rows['kish'].iloc[0]:.0f} · {_known(known, owner)}"
        weak = weak_words(rows["fragile"].iloc[0])
        made.append(Slide(headline(rows, named), blocks, chapter, topic, facts, weak))
    return made + ([silence(chapter, silent)] if silent else [])


def _known(known: pd.DataFrame, owner: str) -> str:
    if owner not in known.index or not known.loc[owner, "asked"]:
        return f"citées par {people(int(known.loc[owner, 'cite']) if owner in known.index else 0)}"
    row = known.loc[owner]
    return f"{row['asked_and_cite']} des {people(int(row['asked']))} à qui la question a été posée en citent une"


def profile_slides(source: Source, section: SectionTitle, chapter: str) -> list[Slide]:
    """A section by profile of people: « overall and by beneficiary profile »."""
    whole = source.whole(section)
    facts = f"n = {people(int(whole['n'].max()))}" if len(whole) else ""
    return group_slide(source, section, chapter, "profile", "", facts)


def target_slides(source: Source, chapter: str) -> list[Slide]:
    """What each priority target needs: its obstacles, the most chosen target first."""
    chosen = source.scores
    counts = chosen[(chosen["view"] == "target") & (chosen["section"] == ENJEUX.name)].groupby("target")["n"].max()
    targets = [str(code) for code in counts.sort_index().sort_values(ascending=False, kind="stable").index]
    if not targets:
        return [silence(chapter, ["Chaque résultat, par population prioritaire"])]
    made = [slide for code in targets[:TARGETS] for slide in _target(source, code, chapter)]
    rest = [source.labels.targets.get(code, code) for code in targets[TARGETS:]]
    if rest:
        made.append(Slide("D’autres populations ont été choisies.", (Prose(tuple(rest), "list"),), chapter, "Ailleurs"))
    return made


def _target(source: Source, code: str, chapter: str) -> list[Slide]:
    label = source.labels.targets.get(code, code)
    champs, enjeux = source.of(CHAMPS, "target", code), source.of(ENJEUX, "target", code)
    champs = champs[champs["value"] > 0].head(TOP)
    if champs.empty:
        return []
    sentence = headline(champs, dict(zip(champs["option"], champs["label"], strict=True)))
    bars = Bars(rows_of(champs), "share", reading(champs, "Part des réponses exprimées pour cette population."))
    first = champs.iloc[0]
    facts = f"n = {people(int(first['n']))} · n efficace {first['kish']:.0f}"
    topic = f"Pour : {label}"
    rows = tuple((Cell(row.label), Cell(percent(row.value))) for row in enjeux.itertuples())
    beside = (Grid(("Enjeu", "Part"), rows, (0.74, 0.26), "Les enjeux, pour cette population."),) if rows else ()
    return [Slide(sentence, (bars, *beside), chapter, topic, facts, weak_words(first["fragile"] or ""))]


def stakes_slides(source: Source, chapter: str) -> list[Slide]:
    """The tables des enjeux together: in how many of them each enjeu has each rank."""
    table = source.report.stakes_tables
    ranked = table[table["rank"].notna()]
    if ranked.empty:
        return [silence(chapter, ["Les tables des enjeux"])]
    counts = ranked.groupby(["enjeu", "rank"]).size().unstack(fill_value=0).sort_index(axis=1)
    counts = counts.sort_values(list(counts.columns), ascending=False)
    levels = tuple(StackLevel(f"rang{rank}", f"{rank}.", _nth(int(rank))) for rank in counts.columns)
    rows = tuple(
        StackRow(
            source.named("freins", enjeu), tuple(float(share) for share in own / own.sum()),
            (f"{int(own.iloc[0])} sur {int(own.sum())}",),
        )
        for enjeu, own in counts.iterrows()
    )  # fmt: skip
    tables, first = ranked["participant"].nunique(), counts.index[0]
    named = quoted(source.named("freins", first))
    title = f"Sur {tables} tables des enjeux, {named} est le plus souvent au premier rang."
    caption = "Part des tables où l’enjeu a été classé, par rang donné. Chaque personne pèse autant."
    facts = f"n = {people(tables)} qui ont classé des enjeux"
    return [Slide(title, (Stack(levels, rows, caption, ("Au 1er rang",)),), chapter, "Les tables des enjeux", facts)]


def _nth(rank: int) -> str:
    return "au 1er rang" if rank == 1 else f"au {rank}e rang"


def triptych_slides(source: Source, chapter: str) -> list[Slide]:
    """The triptychs that most people name, with what they propose."""
    table = source.report.triptychs
    told = table[(table["population"] != "") & (table["use"] != "")]
    if told.empty:
        return [silence(chapter, ["Les triptyques : population, usage, frein"])]
    rows = [_triptych(source, row) for row in told.head(TRIPTYCHS).itertuples()]
    top = [cell.text for cell in rows[0]]
    head = ("Population", "Usage", "Frein", "Ce qui est proposé", "Personnes")
    caption = f"Les {len(rows)} plus nommés, sur {len(told)} complets ; les propositions les plus dites d’abord."
    title = f"Le plus nommé : {top[0]} × {top[1]} × {top[2]} ({people(int(top[4]))})."
    grid = Grid(head, tuple(rows), (0.19, 0.17, 0.21, 0.33, 0.1), caption)
    return [Slide(title, (grid,), chapter, "Les triptyques")]


def _triptych(source: Source, row) -> tuple[Cell, ...]:
    sides = [source.named(family, getattr(row, side)) for side, family in SIDES.items()]
    proposed = ", ".join(source.named("essentiels", code) for code in row.propositions[:3]) or "—"
    return tuple(Cell(text) for text in (*sides, proposed, str(row.people)))


def gap_slides(source: Source, chapter: str, titles: dict[str, SectionTitle]) -> list[Slide]:
    """The gaps that stand out: the solid ones first, then the widest."""
    table = source.report.gaps
    table = table[(table["measure"] == "expressed") & (table["separated"] == 1)]
    table = table.assign(weak=table["fragile"] != "", wide=-table["gap"].abs())
    table = table.sort_values(["weak", "wide"], kind="stable")
    if table.empty:
        lines = ("Aucun écart entre groupes ne se distingue au seuil de 5 %, ou un seul groupe a parlé.",)
        return [Slide("Aucun écart net entre les groupes.", (Prose(lines),), chapter, "Les écarts")]
    first = table.head(TOP)
    rows = tuple(_gap(source, row, titles) for row in first.itertuples())
    widest = first.iloc[0]
    way, said = "plus" if widest["gap"] > 0 else "moins", _option(source, widest["section"], widest["option"], titles)
    title = (
        f"L’écart le plus large : {quoted(said)}, cité {way} par "
        f"{quoted(source.group(widest['group']))} que par les autres "
        f"({percent(widest['value'])} contre {percent(widest['others'])})."
    )
    caption = (
        "Un groupe moins la moyenne des autres, en points, et son intervalle, dans une même façon de répondre ; "
        "nets au seuil de 5 % (Benjamini–Hochberg)."
    )
    weak = "fragile : un groupe comparé a moins de 5 personnes" if (first["fragile"] != "").any() else ""
    facts = f"{len(table)} écarts nets ; {len(rows)} sont ici, ceux des groupes de 5 personnes ou plus d’abord"
    return [Slide(title, (Bars(rows, "points", caption),), chapter, "Les écarts", facts, weak)]


def _option(source: Source, section: str, option: str, titles: dict[str, SectionTitle]) -> str:
    family = titles[section].family if section in titles else section
    return short(source.named(family, option), 60)


def _gap(source: Source, row, titles: dict[str, SectionTitle]) -> Row:
    # A chart keeps 62 signs of a label: the number of people must be among them.
    group, people = short(source.group(row.group), 22), f"n = {row.n}"
    option = short(_option(source, row.section, row.option, titles), 55 - len(group) - len(people))
    label = f"{group} · {option}, {people}"
    low, high = (None, None) if pd.isna(row.low) else (float(row.low), float(row.high))
    interval = "" if low is None else f"{_signed(low)} à {_signed(high)}"
    return Row(label, float(row.gap), low, high, _signed(row.gap), interval)


def _signed(gap: float) -> str:
    return f"{'+' if gap > 0 else '−' if gap < 0 else ''}{number(abs(gap))}"


def convergence_slides(source: Source, chapter: str, titles: dict[str, SectionTitle]) -> list[Slide]:
    """How far the groups rank the options alike, section by section."""
    table = source.report.convergences
    table = table[(table["measure"] == "expressed") & (table["group"] == "") & table["w"].notna()]
    table = table[table["section"].isin(titles)].sort_values(["w", "section"], ascending=[False, True])
    if table.empty:
        return [silence(chapter, ["Les convergences, qui demandent deux groupes au moins"])]
    rows = [
        (Cell(titles[row.section].title), Cell("réponses" if row.way == "answers" else "mots"),
         Cell(decimal(row.w)), Cell(decimal(row.mean_rho)))
        for row in table.itertuples()
    ]  # fmt: skip
    top = titles[table.iloc[0]["section"]].title
    title = f"Les groupes se rejoignent le plus sur {quoted(top)}, avec un W de {decimal(table.iloc[0]['w'])}."
    caption = "W de Kendall : 0, chacun son ordre ; 1, le même ordre. ρ : la corrélation moyenne des rangs."
    grid = Grid(("Section", "Façon", "W", "ρ moyen"), tuple(rows[:12]), (0.55, 0.15, 0.15, 0.15), caption)
    return [Slide(title, (grid,), chapter, "Les convergences")]
