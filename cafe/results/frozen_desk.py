"""Where the team freezes datasets, reads their marks, compares them with today, names them, takes their tables."""

import zipfile
from functools import partial
from io import BytesIO
from uuid import uuid4

from flask import Blueprint, current_app, flash, render_template, request, send_file, url_for

from cafe import access
from cafe.background import runner
from cafe.background import services as background
from cafe.clock import now
from cafe.errors import Refusal
from cafe.results.charts import note, number
from cafe.results.freezing import checked_title, find, freeze, frozen_frames, frozen_list, frozen_results
from cafe.results.labels import labels
from cafe.results.models import AUDIENCES
from cafe.results.moves import moves
from cafe.results.naming import delete, rename
from cafe.results.opening import WHO, latest_lines, open_to, opening_of
from cafe.results.opening import note as log
from cafe.results.rendering import live_results
from cafe.results.shelf import csv_tables
from cafe.results.site import BY_SLUG
from cafe.web import current_actor, page_or_fragment, read_key, requires, see_other

bp = Blueprint("frozen", __name__, url_prefix="/jeux")
KIND = "frozen"
DONE = {
    "made": "jeu figé", "renamed": "nouveau titre", "deleted": "jeu supprimé", "taken": "tables téléchargées",
    "opened": "ouvert", "closed": "fermé", "live": "lecture en direct",
}  # fmt: skip


@bp.get("")
@requires(access.may_analyse)
def index():
    return _index()


def _index(title="", error="", status=200):
    openings = {audience: opening_of(audience) for audience in AUDIENCES}
    page = {"datasets": frozen_list(), "openings": openings, "log": latest_lines(), "who": WHO, "done": DONE}
    page["pages_named"] = lambda slugs: ", ".join(BY_SLUG[slug].title for slug in slugs.split())
    return render_template("results/frozen/index.html", **page, title=title, error=error, key=str(uuid4())), status


@bp.post("")
@requires(access.may_analyse)
def ask():
    """Begin to freeze, and go where it can be waited for."""
    key, typed = read_key(request.form), request.form.get("title", "")
    try:
        title = checked_title(typed)
    except Refusal as refusal:
        return _index(typed, str(refusal), refusal.status)
    staff_id, moment = current_actor().staff_id, now()
    work_id, is_new = background.begin(key, KIND, staff_id, moment)
    if is_new:
        job = partial(_freeze, title, key, staff_id, moment)
        runner.start(current_app._get_current_object(), work_id, job)
    return see_other(url_for("results.frozen.wait", work_id=work_id))


def _freeze(title, key, staff_id, moment, tell) -> dict:
    return {"number": freeze(title, key, staff_id, moment, tell)}


@bp.get("/en-cours/<int:work_id>")
@requires(access.may_analyse)
def wait(work_id):
    work = background.find(work_id, KIND, now())
    return page_or_fragment("results/frozen/wait.html", "results/frozen/_work.html", work=work)


@bp.get("/<int:number>")
@requires(access.may_analyse)
def show(number):
    return _show(number)


def _show(number, error="", status=200):
    page = {"dataset": find(number), "readers": [WHO[audience] for audience in open_to(number)]}
    return render_template("results/frozen/show.html", **page, error=error, key=str(uuid4())), status


@bp.post("/<int:number>/titre")
@requires(access.may_organise)
def name(number):
    try:
        rename(number, request.form.get("title", ""), read_key(request.form), current_actor().staff_id, now())
    except Refusal as refusal:
        return _show(number, str(refusal), refusal.status)
    flash("Le titre est changé.")
    return see_other(url_for("results.frozen.show", number=number))


@bp.post("/<int:number>/supprimer")
@requires(access.may_organise)
def remove(number):
    try:
        delete(number, read_key(request.form), current_actor().staff_id, now())
    except Refusal as refusal:
        return _show(number, str(refusal), refusal.status)
    flash("Le jeu est supprimé. Sa ligne reste au journal.")
    return see_other(url_for("results.frozen.index"))


@bp.get("/<int:number>/comparer")
@requires(access.may_analyse)
def compare(number):
    """What moved between the dataset and today."""
    dataset, live = find(number), live_results()
    moved = moves(frozen_results(number), live.results) if live.results else []
    known = {"named": labels().options, "figure": _figure}
    return render_template("results/frozen/compare.html", dataset=dataset, shown=live, moved=moved, **known)


def _figure(value, is_mean):
    return "—" if value is None else note(value) if is_mean else number(value, digits=1)


@bp.get("/<int:number>/tables.zip")
@requires(access.may_export)
def tables(number):
    """The five tables, from which anyone finds the hash again; taken by someone, and the log says so."""
    dataset, content = find(number), BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for file, table in csv_tables(frozen_frames(number)).items():
            archive.writestr(file, table)
    log(str(uuid4()), "taken", current_actor().staff_id, now(), frozen_id=dataset.id, detail=dataset.title)
    content.seek(0)
    return send_file(content, "application/zip", as_attachment=True, download_name=f"jeu-{number}.zip")
