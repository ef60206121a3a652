"""What citizens see of the results, once the organiser opened them: what comes first, then each page's figures."""

from flask import render_template

from cafe.results.freezing import frozen_results
from cafe.results.opening import opening_of
from cafe.results.page import Labels
from cafe.results.public import public_sections
from cafe.results.quoting import citable
from cafe.results.readers_desk import dataset_read, pages_read
from cafe.results.site import SitePage


def results_are_open() -> bool:
    """Whether citizens have results to read."""
    return opening_of("citizens").way == "opened"


def citizens_index(labels: Labels):
    """The first sentence of each page that is open and rests on enough people."""
    dataset = dataset_read()
    results, words = frozen_results(dataset.id), citable(dataset.id)
    built = [(page, public_sections(results, page, labels, words)) for page in pages_read()]
    cards = [(page, sections[0]) for page, sections in built if sections]
    return render_template("results/public/index.html", dataset=dataset, cards=cards)


def citizens_page(page: SitePage, labels: Labels):
    """One page: bars, what groups say, words that were kept."""
    dataset = dataset_read(page.slug)
    sections = public_sections(frozen_results(dataset.id), page, labels, citable(dataset.id))
    return render_template("results/public/page.html", dataset=dataset, page=page, sections=sections)
