"""The essentials: propositions placed by what the groups outside expect and what those inside hold.

A matrix of stakeholders' expectations, not the double materiality of sustainability reports.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.frames import Frames
from analysis.heard import fed
from analysis.intervals import percentile_interval
from analysis.people import People, people_of
from analysis.points import Measured
from analysis.strata import Cells, Drawing, Stratum, cut
from analysis.views import FEW_PEOPLE
from analysis.weighting import mean_of_groups

FAMILIES = ("essentiels",)
HELD = ("incontournable", "souhaitable")
OTHER = "autre."
AXES = ("external", "internal")
FIGURES = ("", "_low", "_high", "_n", "_groups")
COLUMNS = (
    "family", "theme", "proposition", *(axis + figure for axis in AXES for figure in FIGURES),
    "unset", "assumed", "placement", "fragile",
)  # fmt: skip


@dataclass(frozen=True)
class Thresholds:
    """From which share each axis is high."""

    external: float = 0.3
    internal: float = 0.3

    def place(self, external: float, internal: float) -> str:
        """« prioritaire »: high on both; « à explorer »: outside alone; « embarqué »: inside alone; else nothing."""
        if np.isnan(external) or np.isnan(internal):
            return ""
        names = {(True, True): "prioritaire", (True, False): "à explorer", (False, True): "embarqué"}
        return names.get((external >= self.external, internal >= self.internal), "")


def materiality(
    frames: Frames,
    referential,
    drawing: Drawing,
    thresholds: Thresholds | None = None,
    families: Sequence[str] = FAMILIES,
) -> pd.DataFrame:
    """A row a proposition: a_g, the share of people of g who hold it among those who expressed on its theme, by axis.

    Whoever said it incontournable or souhaitable holds it; an unset stance counts as souhaitable: `unset` is how many
    people hold it by that alone, `assumed` 1 when there are some. One expresses on a theme by a tag on it or on any
    proposition under it, whatever the stance, in the texts that count for the family; answers have no stance and are
    not read. The external axis is the mean of a_g over the external groups that expressed, the internal one over the
    internal groups, whether they are in the total or not.
    """
    people = people_of(frames)
    rows = []
    for family in referential.families:
        if family.code in families:
            said = _said(frames, people, family.code)
            for theme, options in _themes(family, said).items():
                rows += _theme_rows(family.code, theme, options, said, people, drawing, thresholds or Thresholds())
    return pd.DataFrame(rows, columns=list(COLUMNS))


def propositions(family) -> frozenset[str]:
    """The codes that one may hold or reject: those under the family's themes, or all of a flat family's."""
    under = {tag.code for tag in family.tags if tag.parent}
    return frozenset(under or {tag.code for tag in family.tags})


def _said(frames: Frames, people: People, family: str) -> pd.DataFrame:
    """The tags of the family in the texts that count: person, tag, stance."""
    tags = frames.tags[frames.tags["family"] == family]
    at = pd.Index(frames.contributions["contribution"]).get_indexer(tags["contribution"])
    person = people.positions(frames.contributions["participant"].iloc[at])
    return tags.assign(person=person)[fed(frames.contributions, (family,))[at, 0]]


def _themes(family, said: pd.DataFrame) -> dict[str, list[str]]:
    """Each theme's propositions; a flat family is one theme. What people added is under the theme that it names."""
    themes = {tag.code: [] for tag in family.tags if not tag.parent}
    parents = {tag.code: tag.parent for tag in family.tags if tag.parent}
    if not parents:
        return {family.code: sorted({*themes, *said["tag"]})}
    added = {tag: tag.removeprefix(OTHER) for tag in said["tag"].unique() if tag.startswith(OTHER)}
    for tag, theme in sorted((added | parents).items()):
        themes.setdefault(theme, []).append(tag)
    return {theme: options for theme, options in themes.items() if options}


def _theme_rows(family: str, theme: str, options, said, people: People, drawing: Drawing, thresholds: Thresholds):
    own = said[said["tag"].isin([*options, theme])]
    spoke = np.unique(own["person"])
    held, firm = (_held(own[own["stance"].isin(kinds)], spoke, options) for kinds in ((*HELD, ""), HELD))
    part = Measured(tuple(options), spoke, held, np.ones(len(spoke)), np.ones(len(spoke), dtype=bool))
    (strata,) = cut([part], Cells(people.group, people.groups), people.units, drawing, f"materiality/{theme}")
    outside = {group: stratum for group, stratum in strata.items() if people.external[group]}
    inside = {group: stratum for group, stratum in strata.items() if not people.external[group]}
    axes = _axis("external", list(outside.values()), options) | _axis("internal", list(inside.values()), options)
    unset = (held - firm).sum(axis=0)
    few = any(stratum.people < FEW_PEOPLE for stratum in strata.values())
    for place, option in enumerate(options):
        row = {name: figures[place] for name, figures in axes.items()}
        row |= {"family": family, "theme": theme, "proposition": option, "unset": int(unset[place])}
        placement = thresholds.place(row["external"], row["internal"])
        yield row | {"assumed": int(unset[place] > 0), "placement": placement, "fragile": "indicatif" if few else ""}


def _held(rows: pd.DataFrame, spoke: np.ndarray, options: list[str]) -> np.ndarray:
    table = np.zeros((len(spoke), len(options)))
    columns = pd.Index(options).get_indexer(rows["tag"])
    known = columns >= 0
    table[np.searchsorted(spoke, rows["person"].to_numpy()[known]), columns[known]] = 1
    return table


def _axis(name: str, strata: list[Stratum], options: list[str]) -> dict[str, np.ndarray]:
    """The mean of the groups' shares, its interval, and the people and groups that it rests on."""
    value = low = high = np.full(len(options), np.nan)
    if strata:
        value = mean_of_groups([stratum.value for stratum in strata])
    if strata and all(stratum.draws is not None for stratum in strata):
        low, high = percentile_interval(mean_of_groups([stratum.draws for stratum in strata]))
    counts = [np.full(len(options), number) for number in (sum(s.people for s in strata), len(strata))]
    return dict(zip([name + figure for figure in FIGURES], (value, low, high, *counts), strict=True))
