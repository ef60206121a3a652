"""The participants as arrays, in the order of their names: what every later computation indexes."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.frames import SILENT, Frames

PLACES = ("subgroup", "profile", "target")


@dataclass(frozen=True)
class People:
    """Each person's group and place by number; `units`: the person, or the workshop for its people.

    `places[column]` gives each person's value as a number, −1 where there is none, and the values.
    """

    index: pd.Index
    groups: tuple[str, ...]
    group: np.ndarray
    in_total: np.ndarray
    external: np.ndarray
    units: np.ndarray
    places: dict[str, tuple[np.ndarray, tuple[str, ...]]]

    def __len__(self) -> int:
        return len(self.index)

    def positions(self, participants: pd.Series) -> np.ndarray:
        """Where these participants stand."""
        return self.index.get_indexer(participants)


def people_of(frames: Frames) -> People:
    """The participants of these frames."""
    table = frames.participants.sort_values("participant", ignore_index=True)
    groups = frames.groups.sort_values("group", ignore_index=True)
    alone = np.arange(len(table))
    workshops = pd.factorize(table["cluster"].where(table["cluster"] != ""), sort=True)[0] + len(table)
    return People(
        index=pd.Index(table["participant"]),
        groups=tuple(groups["group"]),
        group=pd.Index(groups["group"]).get_indexer(table["group"]),
        in_total=(groups["in_total"] == 1).to_numpy(),
        external=(groups["side"] != "internal").to_numpy(),
        units=np.where(workshops < len(table), alone, workshops),
        places={column: _coded(table[column]) for column in PLACES},
    )


def _coded(values: pd.Series) -> tuple[np.ndarray, tuple[str, ...]]:
    said = values.where(~values.isin(["", *SILENT]))
    codes, names = pd.factorize(said, sort=True)
    return codes, tuple(names)
