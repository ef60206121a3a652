"""What was taken back leaves the files of the results, whether or not anyone reads them."""

from pathlib import Path

from cafe.results import store
from cafe.results.freezing import frozen_list, settle
from cafe.results.standing import losses_mark


def let_losses_go(root: Path) -> int:
    """Drop live results that may quote what was taken back, purge the datasets; returns how many were purged.

    `root`: the live results' folder.
    """
    mark = losses_mark()
    store.standing_folder(root, mark)
    behind = [dataset for dataset in frozen_list() if dataset.mark != mark]
    for dataset in behind:
        settle(dataset)
    return len(behind)
