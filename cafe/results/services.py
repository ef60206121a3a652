"""The results of the dialogue, or of a part of it, as it stands: what they rest on, and their computation."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from importlib import import_module

from sqlalchemy import select

from analysis.report import Options, Report, report
from cafe.extensions import db
from cafe.guide.published import current_guide
from cafe.moderation.models import Retained
from cafe.referential.services import current_tagger
from cafe.results.errors import Measured, TaggerErrors
from cafe.results.frames import contribution_names
from cafe.results.queries import said_to_the_team
from cafe.results.slices import WHOLE, Slice, frames_of

# Besides a section a family, those that have a question of their own; then what follows the sections.
MORE_SECTIONS, AFTERWARDS = 4, 3


@dataclass(frozen=True)
class Results:
    """The report of a part, the référentiel's version that made it, what it rests on and when it was made.

    `quotable`: the contributions, under their stable pseudonyms, that were not said to the team alone. `cloud`: the
    words placed (`cloud.PlacedWord`), None when they are yet to be. `built`: what pages made of it in this process,
    kept as long as the results are.
    """

    report: Report
    version: int
    digest: str
    made_at: datetime
    quotable: frozenset[str]
    guide: int
    cloud: list | None
    errors: Measured
    part: Slice
    built: dict = field(default_factory=dict, compare=False)

    def once(self, key, build: Callable[[], object]):
        """What `build` makes, made once a process."""
        if key not in self.built:
            self.built[key] = build()
        return self.built[key]


def compute(
    now: datetime,
    digest: str,
    part: Slice = WHOLE,
    errors: TaggerErrors | None = None,
    tell: Callable[[int, int], None] = lambda done, total: None,
) -> Results:
    """The whole report of this moment, under stable pseudonyms that no page shows; `tell`: how far it is."""
    tagger, names = current_tagger(), contribution_names()
    kept = set(db.session.scalars(select(Retained.contribution_id)))
    measured = (errors or TaggerErrors()).measure()
    options = Options(
        retained=frozenset(names[number] for number in kept & names.keys()),
        text_errors={option: (found.sensitivity, found.specificity) for option, found in measured.items()},
    )
    quotable = frozenset(names.values()) - {names[number] for number in said_to_the_team() & names.keys()}
    total = len(tagger.referential.families) + MORE_SECTIONS + AFTERWARDS
    made = report(frames_of(part), tagger.referential, options, _counting(tell, total))
    tell(total - 1, total)
    guide = current_guide()
    number = guide.number if guide else 0
    return Results(made, tagger.version, digest, now, quotable, number, cloud_of(made), measured, part)


def cloud_of(made: Report) -> list:
    """The words of a report, placed."""
    # What draws takes half a second to load: only who draws waits for it.
    return import_module("cafe.results.cloud").place_words(made.words)


def _counting(tell: Callable[[int, int], None], total: int) -> Callable[[str], None]:
    """Told each section read, tells how many there are of all."""
    done = 0

    def count(_section: str) -> None:
        nonlocal done
        done += 1
        tell(min(done, total - AFTERWARDS), total)

    return count
