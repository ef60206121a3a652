"""What the guide says of a question known by its code alone: its words, its families, what its tagger is told."""

from dataclasses import dataclass

from cafe.guide.definition import Guide, Question
from cafe.guide.keeping import NO_FAMILY


@dataclass(frozen=True)
class Asked:
    """The current guide, if any, read by the codes of the tables."""

    guide: Guide | None

    def question(self, code: str, feeds: str) -> dict[str, str]:
        """The columns of a question to be made; one that the guide does not have says its code."""
        known = self._find(code)
        if known is None:
            return {"text": code, "context": code, "feeds": feeds}
        return {
            "text": known.text.interview, "context": self.context(code, False),
            "feeds": known.feeds_text or NO_FAMILY,
        }  # fmt: skip

    def context(self, code: str, prompted: bool) -> str:
        """What the tagger is told of words said to this question, as when they are noted in an interview."""
        known = self._find(code)
        if known is None:
            return code
        asked = known.follow_up if prompted else known.text
        return f"{self.guide.label} : {asked.interview}"

    def _find(self, code: str) -> Question | None:
        """The question of this code, or the one whose instance about an option it names."""
        if self.guide is None:
            return None
        parts = code.split(".")
        names = (".".join(parts[:length]) for length in range(len(parts), 0, -1))
        known = next(filter(None, map(self.guide.question, names)), None)
        return known if known and (known.code == code or known.over) else None
