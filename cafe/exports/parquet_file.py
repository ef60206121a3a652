from itertools import islice
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from cafe.exports.json_file import TAG_FIELDS, as_object
from cafe.exports.reading import Corpus
from cafe.exports.table import BASE

BATCH = 5_000
TEXTS = ("contribution", "participant", "group", "subgroup", "target", "question", "source", "text")
TAG = pa.struct([(name, pa.int32() if name in ("start", "end") else pa.string()) for name in TAG_FIELDS])
TYPES = dict.fromkeys(TEXTS, pa.string()) | {
    "day": pa.int16(), "created_at": pa.timestamp("s", tz="UTC"), "team_only": pa.bool_(), "tags": pa.list_(TAG),
}  # fmt: skip


def write_parquet(corpus: Corpus, path: Path) -> None:
    """The flat table, typed; each column says what it means, and tags keep their spans."""
    schema = pa.schema([pa.field(name, TYPES[name], metadata={"meaning": BASE[name]}) for name in BASE])
    found = corpus.said()
    with pq.ParquetWriter(path, schema, compression="zstd") as writer:
        while batch := list(islice(found, BATCH)):
            objects = [as_object(said) | {"created_at": said.created_at} for said in batch]
            writer.write_table(pa.Table.from_pylist(objects, schema))
