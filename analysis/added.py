"""Options that people added: their share among those to whom they were offered, as far as the tables can say."""

from collections.abc import Collection

import numpy as np
import pandas as pd

from analysis.frames import Frames
from analysis.people import People
from analysis.scoring import Section


def added_options(sections: Collection[Section], frames: Frames, referential, people: People) -> list[dict]:
    """Each option that the référentiel does not hold, with the share of people who cite it since it first appeared.

    The tables do not say when an option was offered, nor to whom. What they say: the day of each person's last text.
    An option is taken as offered from the day of the first person who cites it; `share` is then the mean over the
    groups of the total, among the `n` people heard from that day on. People without a dated text are `undated`, and
    left out. Where nobody who cites it is dated, `share` is None.
    """
    known = {tag.code for family in referential.families for tag in family.tags}
    heard_on = _last_days(frames, people)
    found = []
    for section in sections:
        if section.measure == "cited":
            (part,) = section.parts
            for place, option in enumerate(part.options):
                cites = part.numerator[:, place] > 0
                if option not in known and cites.any():
                    figures = _since(cites, part.people, heard_on, people)
                    found.append({"section": section.name, "option": option} | figures)
    return found


def _last_days(frames: Frames, people: People) -> np.ndarray:
    days = frames.contributions.groupby("participant")["created_at"].max()
    return pd.Series(people.index).map(days).fillna("").astype(str).to_numpy()


def _since(cites: np.ndarray, who: np.ndarray, heard_on: np.ndarray, people: People) -> dict:
    days, dated = heard_on[who], heard_on[who] != ""
    first = min(days[cites & dated], default="")
    offered = dated & (days >= first) & bool(first)
    groups = people.group[who]
    shares = [
        cites[offered & (groups == group)].mean()
        for group in np.unique(groups[offered])
        if people.in_total[group]
    ]  # fmt: skip
    share = float(np.mean(shares)) if shares else None
    return {"since": first, "n": int(offered.sum()), "share": share, "undated": int((~dated).sum())}
