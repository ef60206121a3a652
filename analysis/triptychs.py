"""The triptychs: population × essential use × obstacle, and the propositions made for each."""

from itertools import product

import pandas as pd

from analysis.frames import SILENT, Frames
from analysis.verbatims import signatures

PROPOSITIONS, USE_QUESTION = "essentiels", "usages.proposition."
COLUMNS = ("population", "use", "obstacle", "proposition", "contribution", "participant", "text", "signature")
# Each side of a triptych with the family that names it.
SIDES = {"population": "populations", "use": "usages", "obstacle": "freins"}


def proposals(frames: Frames, referential) -> pd.DataFrame:
    """A row a triptych and proposition of a text; what is not known is empty.

    The texts: those asked for propositions, those that may count as one and say what they are about, those tagged with
    one. A side comes
    from `about` when it names one; else the population is the person's target, the use their answer to
    `usages.proposition.<champ>`; else the tags on the text, each making a triptych. Only texts with an obstacle.
    """
    tags = {family: _by_text(frames, family) for family in (*SIDES.values(), PROPOSITIONS)}
    known = {side: _codes(referential, family) for side, family in SIDES.items()}
    targets = frames.participants.set_index("participant")["target"].where(lambda t: ~t.isin(SILENT), "")
    uses, signed = _chosen_uses(frames), signatures(frames)
    rows = []
    for text in frames.contributions.itertuples(index=False):
        found = tags[PROPOSITIONS].get(text.contribution, [])
        if not (found or _proposes(text)):
            continue
        told = {"population": targets[text.participant], "use": uses.get((text.participant, text.about), "")}
        told |= {side: text.about for side, codes in known.items() if text.about in codes}
        sides = [_side(told.get(side, ""), tags[family].get(text.contribution)) for side, family in SIDES.items()]
        rows += [
            (*sides_of, proposition, text.contribution, text.participant, text.text, signed[text.participant])
            for *sides_of, proposition in product(*sides, found or [""])
            if sides_of[-1]
        ]
    return pd.DataFrame(rows, columns=list(COLUMNS))


def _proposes(text) -> bool:
    may_count = {"*", PROPOSITIONS} & set(text.feeds.split())
    return text.question.split(".")[0] == PROPOSITIONS or bool(text.about and may_count)


def triptychs(made: pd.DataFrame) -> pd.DataFrame:
    """Each triptych: population, use, obstacle, people, texts, and the codes of its propositions, most people first."""
    sides, order = list(SIDES), ["people", "texts", *SIDES]
    counts = {"people": ("participant", "nunique"), "texts": ("contribution", "nunique")}
    table = made.groupby(sides, as_index=False).agg(**counts)
    proposed = made[made["proposition"] != ""].groupby([*sides, "proposition"], as_index=False).agg(**counts)
    proposed = proposed.sort_values(["people", "proposition"], ascending=[False, True])
    listed = proposed.groupby(sides)["proposition"].agg(tuple).to_dict()
    places = zip(*(table[side] for side in sides), strict=True)
    table = table.assign(propositions=[listed.get(place, ()) for place in places])
    return table.sort_values(order, ascending=[False, False, True, True, True], ignore_index=True)


def _side(told: str, tagged: list[str] | None) -> list[str]:
    return [told] if told else tagged or [""]


def _by_text(frames: Frames, family: str) -> dict[str, list[str]]:
    pairs = frames.tags.loc[frames.tags["family"] == family, ["contribution", "tag"]].drop_duplicates()
    return pairs.sort_values("tag").groupby("contribution")["tag"].agg(list).to_dict()


def _codes(referential, family: str) -> set[str]:
    return {tag.code for known in referential.families if known.code == family for tag in known.tags}


def _chosen_uses(frames: Frames) -> dict[tuple[str, str], str]:
    rows = frames.answers[frames.answers["question"].str.startswith(USE_QUESTION)]
    rows = rows[~rows["option"].isin(SILENT)]
    champs = rows["question"].str.removeprefix(USE_QUESTION)
    return dict(zip(zip(rows["participant"], champs, strict=True), rows["option"], strict=True))
