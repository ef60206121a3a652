"""The results to show in a request: those of this moment if they are computed, else the last, and a thread at work."""

from dataclasses import dataclass
from pathlib import Path

from flask import current_app

from cafe.background import runner
from cafe.background import services as background
from cafe.clock import now
from cafe.results import store
from cafe.results.freezing import frozen_results
from cafe.results.models import FrozenDataset
from cafe.results.readers_desk import dataset_read
from cafe.results.services import Results, compute, state_digest
from cafe.results.standing import losses_mark
from cafe.web import current_actor

KIND = "results"


@dataclass(frozen=True)
class Shown:
    """Results, None before the first; the work that makes newer ones, if it is under way; the dataset, if frozen."""

    results: Results | None
    work: background.Progress | None
    dataset: FrozenDataset | None = None


def results_to_show(slug: str = "") -> Shown:
    """What this reader reads on a page; a frozen dataset stays as it is, the live results are those of the day."""
    dataset = dataset_read(slug)
    return Shown(frozen_results(dataset.id), None, dataset) if dataset else live_results()


def live_results() -> Shown:
    """Never computes: a request that finds nothing fresh begins the work and shows what there is."""
    folder, digest = standing_folder(), state_digest()
    if fresh := store.load(folder, digest):
        return Shown(fresh, None)
    work = begin(f"results {digest[:40]}")
    if work.state != "done":
        return Shown(store.latest(folder), work)
    # Done since we looked; or long ago, and forgotten since.
    fresh = store.load(folder, digest)
    return Shown(fresh, None) if fresh else Shown(store.latest(folder), begin(f"results again {work.id}"))


def standing_folder() -> Path:
    """Where the live results are kept, as long as nothing that they may quote is taken back."""
    return store.standing_folder(current_app.config["HOUSE"].data / "results", losses_mark())


def begin(key: str) -> background.Progress:
    """Begin the computation asked for under this key, once."""
    work_id, is_new = background.begin(key, KIND, current_actor().staff_id, now())
    if is_new:
        folder, moment = standing_folder(), now()

        def job(tell) -> dict:
            tell(0, 1)
            results = compute(moment)
            store.save(folder, results.digest, results)
            return {}

        runner.start(current_app._get_current_object(), work_id, job)
    return background.find(work_id, KIND, now())
