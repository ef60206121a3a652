"""What every figure rests on: who was heard, what the tags reach, which référentiel, which draws."""

from collections.abc import Collection
from dataclasses import asdict

import pandas as pd

from analysis.added import added_options
from analysis.coverage import coverage, whole_coverage
from analysis.frames import BLACK, BLANK, SILENT, Frames
from analysis.people import People
from analysis.scoring import Section
from analysis.strata import Drawing
from analysis.views import FEW_PEOPLE


def summary(frames: Frames, referential, sections: Collection[Section], people: People, drawing: Drawing) -> dict:
    """The content of `summary.json`."""
    sizes = frames.participants["group"].value_counts()
    groups = {row["group"]: row | {"n": int(sizes.get(row["group"], 0))} for row in frames.groups.to_dict("records")}
    return {
        "participants": len(frames.participants),
        "participants_by_group": {group: row["n"] for group, row in sorted(groups.items())},
        "groups": [groups[group] for group in sorted(groups)],
        "fragile_groups": [group for group, row in sorted(groups.items()) if 0 < row["n"] < FEW_PEOPLE],
        "empty_groups": [group for group, row in sorted(groups.items()) if not row["n"]],
        "participants_by_subgroup": _places(frames, ["group", "subgroup"]),
        "participants_by_place": _places(frames, ["place"]),
        "said_from": _day(frames.contributions["created_at"].min()),
        "said_to": _day(frames.contributions["created_at"].max()),
        "contributions": len(frames.contributions),
        "contributions_by_source": _counts(frames.contributions["source"]),
        "prompted": int((frames.contributions["prompted"] == 1).sum()),
        "answers": len(frames.answers),
        "tags": len(frames.tags),
        "any_tag": asdict(whole_coverage(frames)),
        "coverage": {family.code: asdict(coverage(frames, family.code)) for family in referential.families},
        "silent_answers": _silent(frames),
        "sections": _sections(sections),
        "added_options": added_options(sections, frames, referential, people),
        "referential": {"slug": referential.slug, "version": referential.version, "hash": referential.hash},
        "draws": drawing.draws,
        "seed": drawing.seed,
    }


def _places(frames: Frames, columns: list[str]) -> list[dict]:
    """The people of each subgroup or place; those of fewer than five people together, under no name."""
    people = frames.participants
    sizes = people.groupby(columns)["participant"].transform("size")
    few = (sizes < FEW_PEOPLE) | (people[columns[-1]] == "")
    told = people.assign(**{columns[-1]: people[columns[-1]].mask(few, "")})
    return told.groupby(columns).size().rename("n").reset_index().to_dict("records")


def _day(moment) -> str:
    """« 2026-01-05 » of a moment; empty when nothing is dated."""
    return str(moment)[:10] if isinstance(moment, str) else ""


def _counts(values: pd.Series) -> dict[str, int]:
    return {str(name): int(count) for name, count in values.value_counts().sort_index().items()}


def _silent(frames: Frames) -> dict[str, dict[str, int]]:
    """How many people, by question, said that they do not know (`nsp`, `blanc`) or refused (`refus`, `noir`)."""
    answers = frames.answers
    silence = answers["option"].where(answers["option"].isin(SILENT), answers["value"])
    is_vote = (answers["kind"] == "regnier") & answers["value"].isin([BLANK, BLACK])
    own = answers.assign(silence=silence)[answers["option"].isin(SILENT) | is_vote]
    counts = own.groupby(["question", "silence"])["participant"].nunique()
    found: dict[str, dict[str, int]] = {}
    for (question, kind), count in counts.items():
        found.setdefault(question, {})[kind] = int(count)
    return found


def _sections(sections: Collection[Section]) -> dict[str, dict[str, int]]:
    """The people with each measure of each section that someone spoke in."""
    found: dict[str, dict[str, int]] = {}
    for section in sections:
        heard = len({person for part in section.parts for person in part.people.tolist()})
        if heard:
            found.setdefault(section.name, {})[section.measure] = heard
    return found
