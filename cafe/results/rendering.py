"""What to show in a request: what is computed of this moment, else the last there is, and a thread at work."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from flask import current_app

from cafe.background import runner
from cafe.background import services as background
from cafe.clock import now
from cafe.results import store
from cafe.results.errors import TaggerErrors
from cafe.results.freezing import frozen_results
from cafe.results.models import FrozenDataset
from cafe.results.readers_desk import dataset_read
from cafe.results.services import Results, compute
from cafe.results.slices import WHOLE, Slice
from cafe.results.standing import losses_mark
from cafe.results.state import state_digest
from cafe.web import current_actor

KIND = "results"
# Results of the whole, then of its parts, kept at most: each takes a few megabytes.
KEPT, KEPT_PARTS = 3, 12


@dataclass(frozen=True)
class Shown:
    """What was computed, None before the first; the work that makes newer one, if any; the dataset, if frozen."""

    results: Results | None
    work: background.Progress | None
    dataset: FrozenDataset | None = None


@dataclass(frozen=True)
class Wanted:
    """Something long to compute: its kind and name, what it rests on, where it is kept, and how it is made."""

    kind: str
    name: str
    digest: str
    folder: Path
    kept: int
    make: Callable[[Callable[[int, int], None]], object]


def results_to_show(part: Slice = WHOLE, slug: str = "") -> Shown:
    """What this reader reads on a page: a frozen dataset, whole, as it was, or the live results of a part."""
    dataset = dataset_read(slug)
    return Shown(frozen_results(dataset.id), None, dataset) if dataset else live_results(part)


def live_results(part: Slice = WHOLE) -> Shown:
    return find_or_begin(_wanted(part))


def computed_now() -> Results:
    """The live results, computed here if nobody did yet: for what is no request, and may wait."""
    wanted = _wanted(WHOLE)
    if known := store.load(wanted.folder, wanted.name, wanted.digest):
        return known
    made = wanted.make(lambda done, total: None)
    store.save(wanted.folder, wanted.name, wanted.digest, made, wanted.kept)
    return made


def compute_again(part: Slice) -> None:
    """Begin anew a computation that was cut short or failed."""
    begin_again(_wanted(part))


def _wanted(part: Slice) -> Wanted:
    errors: TaggerErrors = current_app.extensions["tagger_errors"]
    digest, moment = digest_of(state_digest(), errors.mark()), now()
    folder, kept = (results_folder(), KEPT) if part == WHOLE else (results_folder() / "parts", KEPT_PARTS)
    return Wanted(KIND, part.key, digest, folder, kept, lambda tell: compute(moment, digest, part, errors, tell))


def digest_of(*marks: str) -> str:
    """One mark of several, short enough to name a file and a piece of work."""
    return hashlib.sha256("\n".join(marks).encode()).hexdigest()[:40]


def results_folder() -> Path:
    """Where what is computed is kept, as long as nothing that it may quote is taken back."""
    return store.standing_folder(current_app.config["HOUSE"].data / "results", losses_mark())


def find_or_begin(wanted: Wanted) -> Shown:
    """Never computes: a request that finds nothing fresh begins the work and shows what there is."""
    if fresh := store.load(wanted.folder, wanted.name, wanted.digest):
        return Shown(fresh, None)
    work = _begin(wanted, _key(wanted))
    if work.state != "done":
        return Shown(store.latest(wanted.folder, wanted.name), work)
    # Done since we looked; or long ago, and forgotten since.
    if fresh := store.load(wanted.folder, wanted.name, wanted.digest):
        return Shown(fresh, None)
    return Shown(store.latest(wanted.folder, wanted.name), _begin(wanted, f"{wanted.kind} again {work.id}"))


def begin_again(wanted: Wanted) -> None:
    """Begin anew what failed or was cut short, and nothing else."""
    shown = find_or_begin(wanted)
    if shown.work and shown.work.state in ("failed", "stalled"):
        _begin(wanted, f"{wanted.kind} again {shown.work.id}")


def _key(wanted: Wanted) -> str:
    return f"{wanted.kind} {wanted.name} {wanted.digest}"


def _begin(wanted: Wanted, key: str) -> background.Progress:
    """Begin the computation asked for under this key, once."""
    work_id, is_new = background.begin(key, wanted.kind, current_actor().staff_id, now())
    if is_new:

        def job(tell) -> dict:
            store.save(wanted.folder, wanted.name, wanted.digest, wanted.make(tell), wanted.kept)
            return {}

        runner.start(current_app._get_current_object(), work_id, job)
    return background.find(work_id, wanted.kind, now())
