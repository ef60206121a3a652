"""The stakeholders in and out of a spreadsheet; what goes out holds no name and no contact."""

from flask import Blueprint, Response, render_template, request

from analysis.cells import csv_bytes
from analysis.workbooks import xlsx_bytes
from cafe import access
from cafe.clock import now
from cafe.errors import NotFound, Refusal
from cafe.people import queries, stakeholders, stakeholders_queries
from cafe.people.fields import fold
from cafe.people.spreadsheets import FIELDS, read_sheet
from cafe.people.stakeholders_fields import CONTACT_HEADINGS, HEADINGS, STATUS_LABELS
from cafe.web import accept_files, current_actor, requires

bp = Blueprint("files", __name__, url_prefix="/fichier")
accept_files(bp, "files.upload")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
TYPES = {"csv": "text/csv", "xlsx": XLSX}
COLUMNS = {fold(heading): name for name, heading in (HEADINGS | CONTACT_HEADINGS).items()}
CONTACT_COLUMNS = {heading: name for heading, name in FIELDS.items() if name in CONTACT_HEADINGS}


@bp.get("")
@requires(access.may_contact)
def choose():
    return _choose()


def _choose(error="", status=200):
    page = {"groups": queries.all_groups(), "headings": HEADINGS | CONTACT_HEADINGS, "statuses": STATUS_LABELS}
    return render_template("people/stakeholders/file.html", **page, error=error), status


@bp.post("")
@requires(access.may_contact)
def upload():
    """Add the good lines of a file; the answer says what became of each. Sent again, it adds nothing."""
    file = request.files.get("file")
    try:
        sheet = read_sheet(file.read() if file else b"", COLUMNS | CONTACT_COLUMNS)
        report = stakeholders.import_stakeholders(sheet, current_actor().staff_id, now())
    except Refusal as refusal:
        return _choose(str(refusal), refusal.status)
    return render_template("people/stakeholders/filed.html", report=report)


@bp.get("/modele.csv")
@requires(access.may_contact)
def model():
    return _file("modele-parties-prenantes", "csv", csv_bytes([(HEADINGS | CONTACT_HEADINGS).values()]))


@bp.get("/parties-prenantes.<kind>")
@requires(access.may_contact)
def download(kind):
    """Everyone, in the columns that the import reads, but for names and contacts: they never leave."""
    rows = [HEADINGS.values(), *map(_row, stakeholders_queries.every_stakeholder())]
    if kind not in TYPES:
        raise NotFound("Ce format n’existe pas.")
    return _file("parties-prenantes", kind, csv_bytes(rows) if kind == "csv" else xlsx_bytes("parties prenantes", rows))


def _row(found) -> list[str]:
    shown = {**found._mapping, "status": STATUS_LABELS[found.status], "next_on": found.next_on or ""}
    return [shown[name] for name in HEADINGS]


def _file(name: str, kind: str, body: bytes) -> Response:
    disposition = f"attachment; filename={name}.{kind}"
    return Response(body, mimetype=TYPES[kind], headers={"Content-Disposition": disposition})
