"""The tagger that the référentiel's latest version makes."""

from functools import lru_cache
from threading import Lock

from analysis.referential import Referential, parse_referential
from analysis.tagging import Tagger
from cafe.referential.versions import has_referential, latest_version, source_of


class VersionedTagger:
    """A tagger that knows which published version it speaks for."""

    def __init__(self, referential: Referential, version: int):
        self.referential, self.version = referential, version
        self._tagger = Tagger(referential)
        self._follow_ups = {
            (family.code, tag.code): tag.follow_up for family in referential.families for tag in family.tags
        }

    def tag(self, text: str, question: str = ""):
        return self._tagger.tag(text, question)

    def follow_up(self, family: str, tag: str) -> str:
        """The question that the référentiel holds for a tag, empty when it has none."""
        return self._follow_ups.get((family, tag), "")


# Several threads that wait for a new version's tagger build it once, not each.
_building = Lock()


def current_tagger() -> VersionedTagger:
    """The tagger of the latest version; built once a process, since building it reads every rule."""
    latest = latest_version()
    with _building:
        return _tagger(latest.number, latest.digest)


def prepare_tagger() -> None:
    """Build the tagger before anyone posts, if a référentiel is published: the first post would wait for seconds."""
    if has_referential():
        current_tagger()


@lru_cache(maxsize=4)
def _tagger(version: int, _digest: str) -> VersionedTagger:
    return VersionedTagger(parse_referential(source_of(version)), version)
