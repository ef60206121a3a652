"""The organiser's desk for the guide: its versions listed, read, compared; draft, preview and links have own rooms."""

from flask import Blueprint, flash, render_template, request, url_for

from cafe import access
from cafe.clock import now
from cafe.guide import drafts, versions
from cafe.guide.comparing import KINDS, WAYS, compare, told
from cafe.guide.drafts_desk import bp as draft_pages
from cafe.guide.links_desk import bp as link_pages
from cafe.guide.preview_desk import bp as preview_pages
from cafe.guide.preview_desk import read_named
from cafe.guide.published import guide_of
from cafe.guide.yaml_files import yaml_file
from cafe.web import current_actor, requires, see_other
from cafe.zones import dialogue_zone

bp = Blueprint("guide_desk", __name__, url_prefix="/guides")
for room in (draft_pages, preview_pages, link_pages):
    bp.register_blueprint(room)
bp.add_app_template_filter(told)


@bp.context_processor
def _words():
    return {"zone": dialogue_zone(), "ways": WAYS, "kinds": KINDS}


@bp.get("")
@requires(access.may_organise)
def index():
    draft = drafts.find_draft()
    examined = draft and drafts.examine(draft.source)
    page = {"draft": draft, "examined": examined, "refusals": drafts.refusals_for(examined) if draft else []}
    return render_template("guide/desk/index.html", lines=versions.version_lines(), **page)


@bp.post("/livre")
@requires(access.may_organise)
def publish_shipped():
    """For an install without any: sent twice, it is published once."""
    drafts.publish_shipped(current_actor().staff_id, now())
    flash("Le guide livré est publié. On peut répondre.")
    return see_other(url_for("guide_desk.index"))


@bp.get("/<int:version_id>")
@requires(access.may_organise)
def show(version_id):
    """Every question of a version, with its words for each way of asking."""
    return render_template("guide/desk/version.html", version=guide_of(version_id))


@bp.get("/<int:version_id>/guide.yaml")
@requires(access.may_organise)
def download(version_id):
    version = guide_of(version_id)
    return yaml_file(versions.source_of(version_id), f"{version.guide.slug}-v{version.number}.yaml")


@bp.get("/comparer")
@requires(access.may_organise)
def comparing():
    """What changes between two versions, or up to the draft; by default, what the latest text brings."""
    lines, draft = versions.version_lines(), drafts.find_draft()
    names = [drafts.NAME] * bool(draft) + [str(line.id) for line in lines]
    after = request.args.get("apres") or next(iter(names), "")
    before = request.args.get("avant") or _name_before(after, names)
    page = {"lines": lines, "draft": draft, "before": before, "after": after, "draft_name": drafts.NAME}
    if names:
        old, new = read_named(before), read_named(after)
        page |= {"readable": old and new, "sentences": compare(old, new) if old and new else []}
    return render_template("guide/desk/comparing.html", **page)


def _name_before(after, names):
    """The text that came before this one; the first has none but itself."""
    older = names[names.index(after) + 1 :] if after in names else []
    return older[0] if older else after
