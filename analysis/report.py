"""Every output of the brief from the frames alone: `report(frames, referential, options) → Report`."""

from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import pandas as pd

from analysis.abacus import abacus
from analysis.frames import Frames
from analysis.freins import CHAMPS, ENJEUX
from analysis.gaps import gaps
from analysis.heard import fed, hear
from analysis.materiality import Thresholds, materiality
from analysis.misclassified import Errors, corrected_cited, errors_over_people
from analysis.pairs import pair_gaps
from analysis.regnier import regnier
from analysis.scoring import DRAWS, SEED, Progress, as_frame, sections_of
from analysis.sections import CITED, CRITICAL, DEPENDENCE, TOUCHED
from analysis.stakes_tables import stakes_tables
from analysis.strata import Drawing
from analysis.summary import summary
from analysis.triptychs import proposals, triptychs
from analysis.verbatims import verbatims
from analysis.views import COLUMNS
from analysis.vocabulary import recurrent_words, specific_words, used_words

LINKS, INITIATIVES, USES = "liens", "initiatives", "usages"
TOP = 10


@dataclass(frozen=True)
class Options:
    """What the report may be asked. `retained`: the contributions that people kept; `errors`: the tagger's, measured
    over people, by (section, option); `text_errors`: over texts, by (family, option), brought to people here.

    `guide`: the version of the guide that was followed, told as it is.
    """

    draws: int = DRAWS
    seed: int = SEED
    thresholds: Thresholds = field(default_factory=Thresholds)
    retained: frozenset[str] = frozenset()
    errors: Errors = field(default_factory=dict)
    text_errors: Errors = field(default_factory=dict)
    guide: str = ""
    quotes: int = 5


@dataclass(frozen=True)
class Report:
    """The outputs, in the order of the brief; lessons and leads (n° 14) are written by people.

    Frames of figures have the columns of `scores.csv`, the option's `label`, and `stable`: the share of draws in which
    the option stays among the first three. They hold every measure and view.
    """

    links: pd.DataFrame  # 1: section liens
    words: pd.DataFrame  # 2: lemma, people, texts, occurrences, of what was said on the link
    specific_words: pd.DataFrame  # 2: by, name, lemma, here, elsewhere, log_odds, z
    initiatives: pd.DataFrame  # 3: owner, rank, option, label, people, and the figures of « cited »; ten an owner
    initiatives_known: pd.DataFrame  # 3: owner, asked, asked_and_cite, cite, in people
    all_initiatives: pd.DataFrame  # 3: section initiatives
    populations: pd.DataFrame  # 4: populations, populations.touchees, populations.citees
    uses: pd.DataFrame  # 5: usages.dependance, usages.critiques, usages
    uses_by_dependency: pd.DataFrame  # 5: option, label, dependency (1–5), critical (share), n of each, view, group
    obstacles: pd.DataFrame  # 6: freins.enjeux, freins.champs
    reasons: pd.DataFrame  # 7: raisons
    essentials: pd.DataFrame  # 8: essentiels
    materiality: pd.DataFrame  # 8: the columns of materiality.csv
    success_factors: pd.DataFrame  # 9: experience_client, partenariats, modele_economique
    stakes_tables: pd.DataFrame  # 10: a row a person and enjeu
    by_target: pd.DataFrame  # 11: every section, in the views target and group_target
    gaps: pd.DataFrame  # 12: the columns of gaps.csv
    pair_gaps: pd.DataFrame  # 12: the same between two groups, each pair once
    convergences: pd.DataFrame  # 12: section, measure, way, group (empty: between groups), w, mean_rho
    regnier: pd.DataFrame  # 12: the columns of regnier.csv
    abacus: pd.DataFrame  # 12: a row a person and statement: person, group, statement, scale, value
    verbatims: pd.DataFrame  # 13: family, tag, rank, text, signature, retained, typicality…
    triptychs: pd.DataFrame  # 15: population, use, obstacle, people, texts, propositions
    proposals: pd.DataFrame  # 15: a row a triptych and proposition of a text
    organisation: pd.DataFrame  # 16: gouvernance, acteurs_internes, mesure_impact, modele_economique
    corrected: pd.DataFrame  # beside « cited »: section, view, group, option, cited, corrected
    coverage: pd.DataFrame  # family, people, people_without, texts, texts_without
    summary: dict  # what figures rest on: people by group, versions, seed, draws, silent answers, added options


class _Study:
    """What the outputs share, computed once."""

    def __init__(self, frames: Frames, referential, options: Options, progress: Progress):
        self.frames, self.referential, self.options = frames, referential, options
        self.drawing = Drawing(options.draws, options.seed)
        self.heard = hear(frames)
        self.sections = list(sections_of(self.heard, referential, self.drawing, progress=progress))

    @cached_property
    def scores(self) -> pd.DataFrame:
        """Every section, with the labels of the options and how stable their ranks are."""
        labels = {(family.code, tag.code): tag.label for family in self.referential.families for tag in family.tags}
        table = as_frame(self.sections, (*COLUMNS, "stable"))
        families = table["section"].str.split(".").str[0]
        pairs = zip(families, table["option"], strict=True)
        return table.assign(label=[labels.get(pair, pair[1]) for pair in pairs])

    def of(self, *names: str) -> pd.DataFrame:
        return self.scores[self.scores["section"].isin(names)].reset_index(drop=True)

    @cached_property
    def owners(self) -> dict[str, str]:
        """Each known initiative's owner."""
        own = (family for family in self.referential.families if family.code == INITIATIVES)
        return {tag.code: tag.parent for family in own for tag in family.tags if tag.parent}

    @cached_property
    def gaps(self) -> pd.DataFrame:
        return gaps(self.sections, self.heard.people, self.drawing)

    @cached_property
    def errors(self) -> Errors:
        """The tagger's errors over people: those given, those brought from texts."""
        brought = errors_over_people(self.sections, self.options.text_errors, self.frames, self.heard.people)
        return brought | dict(self.options.errors)

    @cached_property
    def proposals(self) -> pd.DataFrame:
        return proposals(self.frames, self.referential)

    @cached_property
    def link_words(self) -> pd.DataFrame:
        """The words of the texts asked about the link; where no question bears its name, of those that count for it."""
        texts = self.frames.contributions
        asked = (texts["question"] == LINKS).to_numpy()
        return used_words(texts[asked if asked.any() else fed(texts, (LINKS,))[:, 0]])

    @cached_property
    def summary(self) -> dict:
        made = summary(self.frames, self.referential, self.sections, self.heard.people, self.drawing)
        limits = self.options.thresholds
        return made | {"guide": self.options.guide, "thresholds": vars(limits)}


def report(frames: Frames, referential, options: Options | None = None, progress: Progress = None) -> Report:
    """The whole report; the frames given are not changed. `progress` is told each section read."""
    study = _Study(frames, referential, options or Options(), progress)
    options = study.options
    return Report(
        links=study.of(LINKS),
        words=recurrent_words(study.link_words),
        specific_words=specific_words(study.link_words, frames),
        initiatives=_initiatives(study),
        initiatives_known=_initiatives_known(study),
        all_initiatives=study.of(INITIATIVES),
        populations=study.of("populations", TOUCHED, CITED),
        uses=study.of(DEPENDENCE, CRITICAL, USES),
        uses_by_dependency=_uses_by_dependency(study.of(DEPENDENCE, CRITICAL)),
        obstacles=study.of(ENJEUX, CHAMPS),
        reasons=study.of("raisons"),
        essentials=study.of("essentiels"),
        materiality=materiality(frames, referential, study.drawing, options.thresholds),
        success_factors=study.of("experience_client", "partenariats", "modele_economique"),
        stakes_tables=stakes_tables(frames),
        by_target=study.scores[study.scores["target"] != ""].reset_index(drop=True),
        gaps=study.gaps,
        pair_gaps=pair_gaps(study.sections, study.heard.people, study.drawing),
        convergences=_convergences(study.gaps),
        regnier=regnier(study.heard, study.drawing),
        abacus=abacus(study.heard),
        verbatims=verbatims(frames, options.retained, options.quotes),
        triptychs=triptychs(study.proposals),
        proposals=study.proposals,
        organisation=study.of("gouvernance", "acteurs_internes", "mesure_impact", "modele_economique"),
        corrected=corrected_cited(study.sections, study.errors, study.heard.people),
        coverage=_coverage(study.summary),
        summary=study.summary,
    )


def _initiatives(study: _Study) -> pd.DataFrame:
    """The ten initiatives of each owner that most people cite: people, not mentions; groups weigh the same."""
    table = study.of(INITIATIVES)
    table = table[(table["measure"] == "cited") & (table["view"] == "total") & (table["value"] > 0)]
    cites = _citing(study)
    owner = [_owner(study.owners, option) for option in table["option"]]
    table = table.assign(owner=owner, people=[int(cites[option].sum()) for option in table["option"]])
    table["rank"] = table.groupby("owner").cumcount() + 1
    return table[table["rank"] <= TOP].sort_values(["owner", "rank"], ignore_index=True)


def _initiatives_known(study: _Study) -> pd.DataFrame:
    """For each owner, the people asked by its own question, those of them who cite something of it, and all who do."""
    cites, texts = _citing(study), study.frames.contributions
    rows = []
    for owner in sorted(set(study.owners.values())):
        own = [column for option, column in cites.items() if _owner(study.owners, option) == owner]
        know = set(study.heard.people.index[np.any(own, axis=0)]) if own else set()
        asked = set(texts.loc[texts["question"] == f"{INITIATIVES}.{owner}", "participant"])
        rows.append((owner, len(asked), len(asked & know), len(know)))
    return pd.DataFrame(rows, columns=["owner", "asked", "asked_and_cite", "cite"])


def _owner(owners: dict[str, str], option: str) -> str:
    return owners.get(option) or option.removeprefix("autre.")


def _citing(study: _Study) -> dict[str, np.ndarray]:
    """Who, of the total's groups, cites each initiative."""
    people = study.heard.people
    cites: dict[str, np.ndarray] = {}
    for section in study.sections:
        if (section.name, section.measure) == (INITIATIVES, "cited"):
            (part,) = section.parts
            table = np.zeros((len(people), len(part.options)), dtype=bool)
            table[part.people] = part.numerator > 0
            table &= people.in_total[people.group][:, None]
            cites |= dict(zip(part.options, table.T, strict=True))
    return cites


def _uses_by_dependency(table: pd.DataFrame) -> pd.DataFrame:
    """Each use in the total, each group and each profile: how dependent (1–5), and how many find it critical."""
    table = table[table["view"].isin(["total", "all", "group", "profile"])]
    place = ["view", "group", "profile", "option", "label"]
    rated = table[table["section"] == DEPENDENCE].set_index(place)[["value", "n"]]
    chosen = table[(table["section"] == CRITICAL) & (table["measure"] == "cited")].set_index(place)[["value", "n"]]
    rated.columns, chosen.columns = ["dependency", "n_dependency"], ["critical", "n_critical"]
    return rated.join(chosen, how="outer").reset_index()


def _convergences(table: pd.DataFrame) -> pd.DataFrame:
    """Kendall's W of each section, measure and way: between the groups, then within each of them."""
    head = ["section", "measure", "way"]
    between = table.drop_duplicates(head).assign(group="", w=lambda rows: rows["w_between"])
    within = table.drop_duplicates([*head, "group"]).assign(w=lambda rows: rows["w_within"], mean_rho=float("nan"))
    made = pd.concat([between, within]) if len(table) else between
    return made[[*head, "group", "w", "mean_rho"]].reset_index(drop=True)


def _coverage(told: dict) -> pd.DataFrame:
    return pd.DataFrame([{"family": family} | reach for family, reach in told["coverage"].items()])
