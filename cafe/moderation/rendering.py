"""The moderation's pages put together and rendered, and the way back to the one that a form came from."""

from uuid import uuid4

from flask import flash, render_template, request, url_for

from cafe import access
from cafe.errors import NotFound, Refusal
from cafe.forum.queries import latest_cafe
from cafe.moderation import exchange, queries, waiting
from cafe.moderation.care import signs_of
from cafe.moderation.forms import read_done, read_filters, read_view
from cafe.moderation.ideas import find_ideas
from cafe.moderation.lit import light
from cafe.moderation.retaining import sections, sections_of
from cafe.moderation.undoing import undoable
from cafe.moderation.wording import FLAGS, REASONS
from cafe.referential.services import current_tagger
from cafe.web import current_actor, read_number, see_other


def timezone() -> str:
    cafe = latest_cafe()
    return cafe.timezone if cafe else "Europe/Paris"


def tag_labels() -> dict:
    """What a card with tags needs: the families, the labels, the passages lit."""
    families = current_tagger().referential.families
    labels = {(family.code, tag.code): tag.label for family in families for tag in family.tags}

    def lit(item, spans=()):
        tagged = [(tag.start, tag.end, labels.get((tag.family, tag.code), tag.code)) for tag in item.standing]
        return light(item.text, [*tagged, *spans])

    return {"families": families, "labels": labels, "lit": lit, "timezone": timezone()}


def _gestures() -> dict:
    """What the forms that decide need."""
    undo = undoable(read_done(request.args.get("fait", "")))
    return {"reasons": REASONS, "undo": undo, "others": waiting.others_than(current_actor().name), "key": uuid4()}


def list_page(filters, error="", status=200):
    items, more = queries.find_items(filters)
    page = {"items": items, "more": more, "filters": filters, "counts": queries.counts(), "asked": queries.asked()}
    return render_template("moderation/index.html", **page, **tag_labels(), **_gestures(), error=error), status


def queue_page(view, error="", status=200):
    """The queue; a page beyond its end shows its beginning."""
    cards, more = waiting.waiting_cards(view)
    page = {"cards": cards, "more": more, "view": view, "counts": waiting.waiting_counts(view)}
    page["sent"] = request.form if error else {}
    return render_template("moderation/queue.html", **page, **_gestures(), timezone=timezone(), error=error), status


def contribution_page(contribution_id, error="", status=200):
    """One contribution, what surrounds it and what was decided, said and kept of it."""
    item = queries.find_item(contribution_id)
    if item is None:
        raise NotFound("Cette contribution n’existe pas, ou son auteur l’a retirée.")
    card, may_care = waiting.find_card(item.id), access.may_care(current_actor())
    spans = [(start, end, FLAGS[kind]) for start, end, kind in card.flags]
    tagger, may_judge = current_tagger(), item.author_id != current_actor().own_participant_id
    page = {
        "item": item, "card": card, "may_judge": may_judge, "error": error, "sent": request.form if error else {},
        "spans": spans + (signs_of(item.id) if may_care else []), "ideas": find_ideas(item),
        "decisions": queries.decisions(item.id, may_care), "notes": exchange.notes(item.id),
        "sections": sections(tagger.referential.families), "retained": sections_of(item.id), "other_key": uuid4(),
    }  # fmt: skip
    page |= queries.around(item)
    return render_template("moderation/show.html", **page, **tag_labels(), **_gestures()), status


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
