"""Where analysts write beside an output, read what was written before, and choose what the committee reads."""

from uuid import uuid4

from flask import Blueprint, flash, render_template, request, url_for

from cafe import access
from cafe.clock import now
from cafe.errors import NotAllowed, NotFound, Refusal
from cafe.referential.versions import current_referential
from cafe.results import notes
from cafe.results.readers_desk import dataset_read
from cafe.results.rendering import results_to_show
from cafe.web import current_actor, read_key, read_number, requires, see_other

bp = Blueprint("notes", __name__, url_prefix="/notes")


def notes_beside(place: str, dataset):
    """The notes that this reader reads beside an output."""
    committee = not access.may_analyse(current_actor())
    return notes.standing_notes(place, dataset.id if dataset else None, committee)


@bp.get("/<output>")
@requires(access.may_analyse)
def write(output):
    """One's note: begun, to begin, or to write anew from the one that `reprend` names."""
    page, frozen_id = notes.page_of(output), _frozen_id()
    replaced = _replaced(output, frozen_id)
    text = notes.draft_of(output, frozen_id, current_actor().staff_id) or (replaced.text if replaced else "")
    return _write(output, page, text, str(uuid4()))


def _frozen_id() -> int | None:
    dataset = dataset_read()
    return dataset.id if dataset else None


def _replaced(place, frozen_id):
    number = read_number(request.values.get("reprend", ""))
    return next((note for note in notes.standing_notes(place, frozen_id) if note.id == number), None)


def _write(place, page, text, key, error="", status=200):
    dataset = dataset_read()
    frozen_id = dataset.id if dataset else None
    context = {"place": place, "title": notes.PLACES[place], "back": page, "most": notes.LONGEST, "dataset": dataset}
    context |= {"standing": notes.standing_notes(place, frozen_id), "history": notes.history(place, frozen_id)}
    context |= {"replaced": _replaced(place, frozen_id), "text": text, "key": key, "error": error}
    return render_template("results/notes.html", **context), status


@bp.post("/<output>")
@requires(access.may_analyse)
def keep(output):
    """Add the note; what is refused comes back with its words."""
    page, actor, key = notes.page_of(output), current_actor(), read_key(request.form)
    try:
        notes.write_note(_sent(output), key, actor.staff_id, access.may_organise(actor), now())
    except (NotFound, NotAllowed):
        raise
    except Refusal as refusal:
        fresh = str(uuid4()) if refusal.status == 409 else key
        return _write(output, page, request.form.get("text", ""), fresh, str(refusal), refusal.status)
    flash("La note est gardée, datée et signée." if request.form.get("text", "").strip() else "La note est retirée.")
    return see_other(url_for("results.section", slug=page, _anchor=f"notes-{output}"))


def _sent(place) -> notes.NewNote:
    shown, replaces = results_to_show(), read_number(request.form.get("reprend", ""))
    made_at, version = (
        (shown.results.made_at, shown.results.version) if shown.results else (None, current_referential()[0])
    )
    text, for_committee = request.form.get("text", ""), "committee" in request.form
    return notes.NewNote(place, _frozen_id(), text, for_committee, replaces or None, made_at, version)


@bp.post("/<output>/brouillon")
@requires(access.may_analyse)
def draft(output):
    """Keep the draft; nothing to show."""
    notes.page_of(output)
    notes.save_draft(output, _frozen_id(), request.form.get("text", ""), current_actor().staff_id, now())
    return "", 204
