"""The moderation's pages put together and rendered, and the way back to the one that a form came from."""

from functools import lru_cache
from uuid import uuid4

from flask import current_app, flash, render_template, request, url_for
from markupsafe import Markup

from cafe import access
from cafe.errors import NotFound, Refusal
from cafe.forum.rendering import TOKEN
from cafe.moderation import exchange, queries, waiting
from cafe.moderation.cards import Card, find_card
from cafe.moderation.care import signs_of
from cafe.moderation.forms import read_done, read_filters, read_view
from cafe.moderation.ideas import find_ideas
from cafe.moderation.lit import light
from cafe.moderation.regnier_queries import statements_from
from cafe.moderation.retaining import sections, sections_of
from cafe.moderation.stances import KEYS, STANCES, held_in
from cafe.moderation.undoing import undoable
from cafe.moderation.wording import FLAGS, REASONS
from cafe.referential.services import current_tagger
from cafe.signing import form_token
from cafe.web import current_actor, read_number, see_other
from cafe.zones import dialogue_zone

KEPT = 5_000


def tag_labels() -> dict:
    """What a card with tags needs: the families, the labels, the passages lit."""
    families = current_tagger().referential.families
    labels = {(family.code, tag.code): tag.label for family in families for tag in family.tags}

    def lit(item, spans=()):
        tagged = [(tag.start, tag.end, labels.get((tag.family, tag.code), tag.code)) for tag in item.standing]
        return light(item.text, [*tagged, *spans])

    def held(item):
        return held_in([(tag.family, tag.code, tag.stance) for tag in item.standing], families)

    stances = {"held": held, "stances": STANCES, "keys": KEYS}
    page = {"families": families, "labels": labels, "lit": lit, "timezone": dialogue_zone()}
    return page | stances | {"by_name": {f"{family}:{code}": label for (family, code), label in labels.items()}}


def _gestures() -> dict:
    """What the forms that decide need."""
    undo = undoable(read_done(request.args.get("fait", "")))
    others = waiting.others_than(current_actor().name)
    return {"reasons": REASONS, "undo": undo, "others": others, "key": uuid4(), "token": form_token()}


def list_page(filters, error="", status=200):
    items, more = queries.find_items(filters)
    page = {"items": items, "more": more, "filters": filters, "counts": queries.counts(), "asked": queries.asked()}
    return render_template("moderation/index.html", **page, **tag_labels(), **_gestures(), error=error), status


def queue_page(view, error="", status=200):
    """The queue; after a refusal, the message that it is about keeps what was typed."""
    queue, gestures = waiting.read_queue(view), _gestures()
    shown = tuple(view.link().items()), tuple(gestures["others"]), current_actor().name, dialogue_zone()
    families = current_tagger().referential.families
    held = {card.id: tuple(held_in(card.propositions, families)) for card in queue.cards}
    refused_on = read_number(request.form.get("message", "")) if error else 0
    cards = [
        _render_card(card, held[card.id], *shown, sent=request.form)
        if card.id == refused_on
        else _card_html(card.content, held[card.id], *shown)
        for card in queue.cards
    ]
    page = {"queue": queue, "view": view, "cards": Markup("".join(cards).replace(TOKEN, gestures["token"]))}
    return render_template("moderation/queue.html", **page, **gestures, error=error), status


def _render_card(card, held, place, others, me, zone, sent) -> str:
    page = {"card": card, "place": place, "others": others, "me": me, "timezone": zone, "sent": sent}
    page |= {"held": held, "stances": STANCES, "keys": KEYS}
    template = current_app.jinja_env.get_template("moderation/_queue_card.html")
    return template.render(**page, reasons=REASONS, token=TOKEN)


@lru_cache(KEPT)
def _card_html(content, *shown) -> str:
    """A card as it stands, rendered once for as long as nothing in it changes."""
    return _render_card(Card(*content), *shown, sent={})


def contribution_page(contribution_id, error="", status=200):
    """One contribution, what surrounds it and what was decided, said and kept of it."""
    item = queries.find_item(contribution_id)
    if item is None:
        raise NotFound("Cette contribution n’existe pas, ou son auteur l’a retirée.")
    card, may_care = find_card(item.id), access.may_care(current_actor())
    spans = [(start, end, FLAGS[kind]) for start, end, kind in card.flags]
    tagger, may_judge = current_tagger(), access.may_judge(current_actor(), item.author_id)
    page = {
        "item": item, "card": card, "may_judge": may_judge, "error": error, "sent": request.form if error else {},
        "spans": spans + (signs_of(item.id) if may_care else []), "ideas": find_ideas(item),
        "decisions": queries.decisions(item.id, may_care), "notes": exchange.notes(item.id),
        "sections": sections(tagger.referential.families), "retained": sections_of(item.id), "other_key": uuid4(),
    }  # fmt: skip
    page |= queries.around(item) | {"statements": statements_from(item.id)}
    return render_template("moderation/show.html", **page, **tag_labels(), **_gestures()), status


def stances_fragment(number: int, said: str, undo: int | None):
    """What changes once a stance is said, for htmx: the buttons in the queue, the whole card elsewhere."""
    sent, filters = request.form, read_filters(request.form)
    back = sent.get("back", "page")
    place = read_view(sent, current_actor()).link() if back == "file" else filters.link()
    page = {"item": queries.find_item(number), "back": back, "place": place.items(), "said": said, "undo": undo}
    page |= {"filters": filters, "pickable": back == "liste", "card": back == "page", "token": form_token()}
    return render_template("moderation/_stances_set.html", **page, **tag_labels())


def go_back(sentence: str, done: str = "", anchor: str | None = None):
    """To the page that the form came from, which says what was done and offers to take it back."""
    flash(sentence)
    sent, fait = request.form, {"fait": done} if done else {}
    if sent.get("back") == "page":
        return see_other(url_for("moderation.show", contribution_id=read_number(sent.get("message", "")), **fait))
    if sent.get("back") == "liste":
        return see_other(url_for("moderation.index", **read_filters(sent).link(), **fait))
    view = read_view(sent, current_actor()).link()
    return see_other(url_for("moderation.queue", **view, **fait, _anchor=anchor))


def refused(refusal: Refusal):
    """The page that the form came from, with what was refused and what was typed."""
    sent = request.form
    if sent.get("back") == "page":
        return contribution_page(read_number(sent.get("message", "")), str(refusal), refusal.status)
    if sent.get("back") == "liste":
        return list_page(read_filters(sent), str(refusal), refusal.status)
    return queue_page(read_view(sent, current_actor()), str(refusal), refusal.status)
