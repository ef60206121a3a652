"""What a draft changes before it is published: the texts that gain or lose a tag, and every share."""

from collections.abc import Callable
from dataclasses import replace

import pandas as pd

from analysis.frames import Frames
from analysis.referential import Referential
from analysis.scoring import score
from analysis.tagging import Tagger
from cafe.coding.corpus import Text, merged_pairs, read_texts
from cafe.corpus.asked import told
from cafe.results.frames import frames_from_base

SHOWN = 20
BEAT = 200


def compare(source: Referential, tell: Callable[[int, int], None]) -> dict:
    """The comparison of a référentiel with the tags in the base: changes by tag, and shares by section."""
    texts, tagger = read_texts(merged_pairs(source)), Tagger(source)
    found = []
    for place, text in enumerate(texts):
        if place % BEAT == 0:
            tell(place, len(texts))
        tags = tagger.tag(text.text, told(tagger, text.asked, text.about))
        found.append(frozenset((tag.family, tag.tag) for tag in tags))
    return {"texts": len(texts), "tags": _changes(texts, found), "shares": _shares(source, texts, found)}


def _changes(texts: list[Text], found: list[frozenset]) -> list[dict]:
    gained, lost = {}, {}
    for text, pairs in zip(texts, found, strict=True):
        before, after = text.before(), text.after(pairs)
        for pair in after - before:
            gained.setdefault(pair, []).append(text.id)
        for pair in before - after:
            lost.setdefault(pair, []).append(text.id)
    return [
        {
            "family": family, "code": code, "gained": len(gained.get((family, code), ())),
            "lost": len(lost.get((family, code), ())), "gains": gained.get((family, code), [])[:SHOWN],
            "losses": lost.get((family, code), [])[:SHOWN],
        }
        for family, code in sorted(gained.keys() | lost.keys())
    ]  # fmt: skip


def _shares(source: Referential, texts: list[Text], found: list[frozenset]) -> list[dict]:
    """The expressed shares of the whole that change, in points of a hundred, before and after."""
    frames = frames_from_base(stable_pseudonyms=True)
    after = replace(frames, tags=_tags(frames, texts, found))
    was, will = (_whole(version, source) for version in (frames, after))
    both = ((place, was.get(place), will.get(place)) for place in sorted(was.keys() | will.keys()))
    return [
        {"section": section, "option": option, "before": before, "after": value}
        for (section, option), before, value in both
        if _differs(before, value)
    ]


def _tags(frames: Frames, texts: list[Text], found: list[frozenset]) -> pd.DataFrame:
    # Stable pseudonyms follow the order of the base, as these texts do.
    names = sorted(frames.contributions["contribution"])
    rows = [
        {"contribution": name, "family": family, "tag": code}
        for name, text, pairs in zip(names, texts, found, strict=True)
        for family, code in sorted(text.after(pairs))
    ]
    tags = pd.DataFrame(rows, columns=["contribution", "family", "tag"])
    return tags.reindex(columns=frames.tags.columns).fillna(
        {"start": 0, "end": 0, "rule": "", "origin": "rule", "stance": ""}
    )


def _whole(frames: Frames, source: Referential) -> dict[tuple[str, str], float]:
    scores = score(frames, source, draws=2)
    rows = scores[(scores["view"] == "total") & (scores["measure"] == "expressed")]
    return {(row.section, row.option): float(row.value) for row in rows.itertuples() if pd.notna(row.value)}


def _differs(before: float | None, after: float | None) -> bool:
    return before is None or after is None or abs(before - after) > 1e-9

