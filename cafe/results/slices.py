"""A part of the dialogue: a period, a way of answering, a group, a target; its frames and the key it is kept under."""

import hashlib
from dataclasses import astuple, dataclass, replace
from datetime import date, datetime, time, timedelta

from analysis.frames import Frames
from cafe.results.frames import frames_between, frames_from_base
from cafe.zones import PARIS

# Days are those of the people who answer.
EVER = datetime(1970, 1, 1, tzinfo=PARIS), datetime(9999, 1, 1, tzinfo=PARIS)


@dataclass(frozen=True)
class Slice:
    """What is kept; an empty field keeps everything. `until`: its whole day."""

    since: date | None = None
    until: date | None = None
    source: str = ""
    group: str = ""
    target: str = ""

    @property
    def key(self) -> str:
        """What names it in a file and in a piece of work; empty for the whole."""
        return hashlib.sha256(repr(astuple(self)).encode()).hexdigest()[:12] if self != WHOLE else ""

    def bounds(self) -> tuple[datetime, datetime]:
        """The first moment kept, and the first one after."""
        first = datetime.combine(self.since, time(), PARIS) if self.since else EVER[0]
        return first, datetime.combine(self.until + timedelta(days=1), time(), PARIS) if self.until else EVER[1]


WHOLE = Slice()


def frames_of(part: Slice) -> Frames:
    """The frames of a part: who was not heard in it is not there. Pseudonyms are those of the whole.

    A way of answering keeps its texts, and the answers of the people who have one of them: answers have no way.
    """
    if part == WHOLE:
        return frames_from_base(stable_pseudonyms=True)
    frames = frames_between(*part.bounds()) if part.since or part.until else frames_from_base(stable_pseudonyms=True)
    return narrowed(frames, part)


def narrowed(frames: Frames, part: Slice) -> Frames:
    """Of these frames, the way, the group and the target of a part."""
    texts = frames.contributions
    texts = texts[texts["source"] == part.source] if part.source else texts
    people = frames.participants
    for column in ("group", "target"):
        if wanted := getattr(part, column):
            people = people[people[column] == wanted]
    heard = set(texts["participant"]) | (set() if part.source else set(frames.answers["participant"]))
    return _under(frames, people[people["participant"].isin(heard)], texts)


def _under(frames: Frames, people, texts) -> Frames:
    """What these people said, of these texts."""
    texts = texts[texts["participant"].isin(people["participant"])]
    answers = frames.answers[frames.answers["participant"].isin(people["participant"])]
    tags = frames.tags[frames.tags["contribution"].isin(texts["contribution"])]
    kept = {"participants": people, "contributions": texts, "answers": answers, "tags": tags}
    return replace(frames, **{name: table.reset_index(drop=True) for name, table in kept.items()})
