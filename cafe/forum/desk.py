"""The organiser's desk: the cafés, what each lacks, its settings, its archive; its questions have their own room."""

from flask import Blueprint, flash, render_template, request, url_for

from cafe import access
from cafe.clock import now
from cafe.errors import Refusal
from cafe.forum import arranging, calendar
from cafe.forum.desk_forms import CAFE_FIELDS, NEW_CAFE, Form, read_cafe, shown_cafe, timezones
from cafe.forum.import_desk import bp as import_pages
from cafe.forum.page import find_cafe_or_refuse
from cafe.forum.questions_desk import bp as question_pages
from cafe.people.queries import all_groups
from cafe.web import requires, see_other

bp = Blueprint("forum_desk", __name__, url_prefix="/organisation/cafe")
for room in (question_pages, import_pages):
    bp.register_blueprint(room)
ARCHIVED = "Le café est archivé : il ne prend plus rien, et aucun message ne part."


@bp.get("")
@requires(access.may_organise)
def index():
    return render_template("forum/desk/index.html", lines=calendar.cafes(now()))


@bp.get("/nouveau")
@requires(access.may_organise)
def new():
    return _settings_page(None, Form(dict.fromkeys(CAFE_FIELDS, "") | NEW_CAFE))


def _settings_page(cafe, form, refusal=None):
    page = {"cafe": cafe, "form": form, "groups": all_groups(), "timezones": timezones()}
    status = refusal.status if refusal else 200
    return render_template("forum/desk/settings.html", **page, error=str(refusal or "")), status


@bp.post("/nouveau")
@requires(access.may_organise)
def create():
    form = read_cafe(request.form)
    try:
        cafe = arranging.arrange(form.settled(), form.groups)
    except Refusal as refusal:
        return _settings_page(None, form, refusal)
    flash("Le café est créé. Écrivez ses questions, jour par jour.")
    return see_other(url_for("forum_desk.show", slug=cafe.slug))


@bp.get("/<slug>")
@requires(access.may_organise)
def show(slug):
    """The café at a glance: its days, what is ready, what lacks."""
    cafe = find_cafe_or_refuse(slug)
    page = {"days": calendar.days_of(cafe, now()), "state": calendar.state_of(cafe, now())}
    ready, groups = calendar.readiness(cafe.id), calendar.groups_of(cafe.id)
    return render_template("forum/desk/cafe.html", cafe=cafe, ready=ready, groups=groups, **page)


@bp.get("/<slug>/reglages")
@requires(access.may_organise)
def settings(slug):
    cafe = find_cafe_or_refuse(slug)
    return _settings_page(cafe, shown_cafe(cafe, list(calendar.groups_of(cafe.id))))


@bp.post("/<slug>/reglages")
@requires(access.may_organise)
def change(slug):
    cafe, form = find_cafe_or_refuse(slug), read_cafe(request.form)
    try:
        changed = arranging.change_cafe(slug, form.settled(), form.groups, now())
    except Refusal as refusal:
        return _settings_page(cafe, form, refusal)
    flash("Les réglages sont enregistrés.")
    return see_other(url_for("forum_desk.show", slug=changed.slug))


@bp.get("/<slug>/archive")
@requires(access.may_organise)
def archiving(slug):
    """What archiving does, before it is done."""
    return render_template("forum/desk/archive.html", cafe=find_cafe_or_refuse(slug))


@bp.post("/<slug>/archive")
@requires(access.may_organise)
def archive(slug):
    is_archived = request.form.get("action") == "archive"
    arranging.archive(slug, is_archived, now())
    flash(ARCHIVED if is_archived else "Le café est sorti de l’archive.")
    return see_other(url_for("forum_desk.show", slug=slug))
