import json
from pathlib import Path

from cafe.exports.reading import Corpus
from cafe.exports.said import Said
from cafe.exports.table import BASE, moment, tag_labels

TAG_FIELDS = ("family", "code", "start", "end", "rule", "origin", "stance")


def write_json(corpus: Corpus, path: Path) -> None:
    """One object: the dialogue, what its fields and tags mean, and the contributions; the words as they were said."""
    head = {
        "title": corpus.title, "made_at": corpus.made_at.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "referential": {"version": corpus.version, "hash": corpus.referential.hash},
        "dictionary": BASE, "groups": corpus.groups, "labels": dict(tag_labels(corpus.referential)),
    }  # fmt: skip
    with path.open("w", encoding="utf-8") as file:
        file.write(json.dumps(head, ensure_ascii=False, indent=1).removesuffix("\n}") + ',\n "contributions": [')
        between = "\n"
        for said in corpus.said():
            file.write(between + json.dumps(as_object(said), ensure_ascii=False))
            between = ",\n"
        file.write("\n ]\n}\n")


def as_object(said: Said) -> dict:
    """A contribution as an object: numbers as numbers, tags with their spans in code points, end excluded."""
    tags = [{name: getattr(tag, name) for name in TAG_FIELDS} for tag in said.tags]
    return {
        "contribution": said.name, "participant": said.person.name, "group": said.person.group,
        "subgroup": said.person.subgroup, "target": said.person.target, "day": said.day or None,
        "question": said.question, "source": said.source, "created_at": moment(said),
        "team_only": said.team_only, "text": said.text, "tags": tags,
    }  # fmt: skip
