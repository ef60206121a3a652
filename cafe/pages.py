"""The pages of the site: every room's blueprints, and what draws them. A command that shows none starts without."""

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from cafe import assets, display, responses, signing
from cafe.coding.desk import bp as coding_pages
from cafe.exports.routes import bp as exports_pages
from cafe.exports.stakes_desk import bp as stakes_pages
from cafe.extensions import compress, csrf
from cafe.forum.desk import bp as forum_desk
from cafe.forum.host import bp as host_pages
from cafe.forum.routes import bp as forum_pages
from cafe.guide.desk import bp as guide_desk
from cafe.guide.interview_desk import bp as interview_pages
from cafe.guide.link_routes import bp as guide_links
from cafe.guide.routes import bp as guide_pages
from cafe.guide.workshop_desk import bp as workshops_pages
from cafe.guide.workshop_routes import bp as workshop_phones
from cafe.messages.grid import bp as grid_pages
from cafe.messages.routes import bp as messages_pages
from cafe.moderation.routes import bp as moderation_pages
from cafe.people.committee_desk import bp as committee_pages
from cafe.people.desk import bp as people_desk
from cafe.people.routes import bp as people_pages
from cafe.people.stakeholders_desk import bp as stakeholders_pages
from cafe.restitution.deck_desk import bp as deck_pages
from cafe.restitution.quotes_desk import bp as quotes_pages
from cafe.restitution.routes import bp as restitution_pages
from cafe.restitution.writing_desk import bp as writing_pages
from cafe.results.routes import bp as results_pages
from cafe.web import SmallInt
from config import Config

PAGES = (
    people_pages, people_desk, stakeholders_pages, committee_pages, forum_pages, forum_desk, host_pages,
    guide_desk, guide_links, guide_pages, workshops_pages, workshop_phones, moderation_pages, messages_pages,
    grid_pages, results_pages, coding_pages, exports_pages, interview_pages, stakes_pages, deck_pages,
    restitution_pages, writing_pages, quotes_pages,
)  # fmt: skip


def add_pages(app: Flask, config: Config) -> None:
    """Give an application the pages of the site."""
    app.url_map.converters["int"] = SmallInt
    if config.trusted_proxies:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=config.trusted_proxies, x_proto=config.trusted_proxies)
    for extension in (csrf, compress):
        extension.init_app(app)
    for pages in PAGES:
        app.register_blueprint(pages)
    for room in (assets, display, responses, signing):
        room.init_app(app)
