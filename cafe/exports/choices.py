"""What an export holds, as it was asked for: the filters, and how people are told apart."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields

from cafe.corpus.models import SOURCES

REVIEWED = {"oui": True, "non": False}
SOURCE_LABELS = dict(zip(SOURCES, ("Café", "Questionnaire", "Entretien", "Atelier"), strict=True))


@dataclass(frozen=True)
class Choices:
    """Filters (empty: all) and options; `tag` is a family, or « family:code »; `reviewed` is oui, non or empty.

    `public`: small cells are coarsened, moments are days, words said to the team alone stay. `stable`: the same names
    at each export, by which corrected tags find their way back.
    """

    group: str = ""
    target: str = ""
    source: str = ""
    question: str = ""
    day: int = 0
    tag: str = ""
    reviewed: str = ""
    public: bool = False
    stable: bool = False

    @classmethod
    def read(cls, sent: Mapping[str, str]) -> "Choices":
        """From a form or an address; what is not readable counts as not asked."""
        typed = {name: sent.get(name, "")[:120].replace("\0", "") for name in ("group", "target", "question", "tag")}
        day = sent.get("day", "")
        return cls(
            **typed,
            source=sent.get("source", "") if sent.get("source") in SOURCES else "",
            day=int(day) if day.isascii() and day.isdigit() and len(day) < 4 else 0,
            reviewed=sent.get("reviewed", "") if sent.get("reviewed") in REVIEWED else "",
            public=bool(sent.get("public")),
            stable=bool(sent.get("stable")),
        )

    @property
    def filters_texts(self) -> bool:
        """Whether some contributions of those heard are left out, beyond their authors' group and target."""
        return bool(self.source or self.question or self.day or self.tag or self.reviewed)

    def chosen(self) -> dict:
        return {name: value for name, value in asdict(self).items() if value}

    def written(self) -> str:
        """As the log keeps them: only what was chosen."""
        return json.dumps(self.chosen(), ensure_ascii=False)

    @classmethod
    def unwritten(cls, written: str) -> "Choices":
        known = {field.name for field in fields(cls)}
        return cls(**{name: value for name, value in json.loads(written).items() if name in known})


LABELS = {
    "group": "groupe", "target": "cible", "source": "façon", "question": "question", "day": "jour", "tag": "tag",
    "reviewed": "relu",
}  # fmt: skip


def told(choices: Choices) -> str:
    """The choices in French, for the log: « groupe grand_public, jour 3, public »."""
    parts = [f"{label} {value}" for name, label in LABELS.items() if (value := getattr(choices, name))]
    parts += ["public"] if choices.public else []
    parts += ["pseudonymes stables"] if choices.stable else []
    return ", ".join(parts) or "tout"
