"""The words that a deck of these results would quote: those retained by moderators, then each output's most telling."""

from cafe.people.models import Group
from cafe.results.frames import contribution_names
from cafe.results.page import Labels, build_page
from cafe.results.services import Results
from cafe.results.site import PAGES


def candidates(results: Results, groups: list[Group], labels: Labels) -> list[int]:
    """Their contributions' numbers; `results` are those of this moment, so that pseudonyms mean the same."""
    wanted = _retained(results) | _typical(results, groups, labels)
    return sorted(number for number, name in contribution_names().items() if name in wanted)


def _retained(results: Results) -> set[str]:
    table = results.report.verbatims
    return set(table.loc[table["retained"] == 1, "contribution"]) & results.quotable


def _typical(results: Results, groups: list[Group], labels: Labels) -> set[str]:
    """What the pages of results quote beside each output."""
    built = (build_page(results, page, {}, groups, labels) for page in PAGES if page.sections)
    return {quote["contribution"] for page in built for section in page.sections for quote in section.quotes}
