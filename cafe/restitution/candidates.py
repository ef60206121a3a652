"""The words that a deck of these results would quote: those retained by moderators, then each output's most telling."""

from cafe.results.filters import Filters, Shown
from cafe.results.frames import contribution_names
from cafe.results.labels import Labels
from cafe.results.page import build_page
from cafe.results.services import Results
from cafe.results.site import PAGES


def candidates(results: Results, labels: Labels) -> list[int]:
    """Their contributions' numbers; `results` are those of this moment, so that pseudonyms mean the same."""
    wanted = _retained(results) | results.once("typical", lambda: _typical(results, labels))
    return sorted(number for number, name in contribution_names().items() if name in wanted)


def _retained(results: Results) -> set[str]:
    table = results.report.verbatims
    return set(table.loc[table["retained"] == 1, "contribution"]) & results.quotable


def _typical(results: Results, labels: Labels) -> set[str]:
    """What the pages of results quote beside each output."""
    built = (build_page(results, page, Filters(), Shown("total"), labels) for page in PAGES if page.sections)
    return {quote["contribution"] for page in built for section in page.sections for quote in section.quotes}
