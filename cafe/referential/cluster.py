"""Tag texts on a Dask cluster: batches go out, their tags come back in the order of the file."""

from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from distributed import Client, LocalCluster

from analysis.batches import tag_batch
from analysis.errors import BadInput

# Batches on their way for each worker: none waits, and memory stays flat.
AHEAD = 3
PATIENCE = "10s"
# Any free port, on this machine alone: left to itself a cluster asks for one that another may hold.
STATUS_PAGE = "127.0.0.1:0"


@contextmanager
def _client(address: str | None) -> Iterator[Client]:
    if address:
        try:
            client = Client(address, timeout=PATIENCE)
        except (OSError, ValueError) as error:
            raise BadInput(f"La grappe Dask ne répond pas à l’adresse « {address} ».") from error
        with client:
            yield client
    else:
        with LocalCluster(threads_per_worker=1, dashboard_address=STATUS_PAGE) as cluster, Client(cluster) as client:
            yield client


def tag_on_cluster(
    source: str, parts: Iterable[list[dict[str, str]]], address: str | None
) -> Iterator[tuple[int, list[dict]]]:
    """For each batch, how many texts it had and their tags; on the cluster at `address`, or on one made here."""
    with _client(address) as client:
        rules = client.scatter(source, broadcast=True)
        most = AHEAD * max(len(client.scheduler_info(n_workers=-1)["workers"]), 1)
        waiting: deque = deque()
        for part in parts:
            waiting.append((len(part), client.submit(tag_batch, rules, part, pure=False)))
            if len(waiting) >= most:
                yield _first(waiting)
        while waiting:
            yield _first(waiting)


def _first(waiting: deque) -> tuple[int, list[dict]]:
    count, future = waiting.popleft()
    return count, future.result()
