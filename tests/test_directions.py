"""Who may call whom: the rules of the house, read from the imports."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SUBJECTS = (
    {"people"}, {"background"}, {"referential"}, {"corpus"}, {"forum", "guide"}, {"moderation"}, {"privacy"},
    {"messages"}, {"results"}, {"exports", "coding"}, {"restitution"}, {"demo"},
)  # fmt: skip
RANK = {subject: rank for rank, subjects in enumerate(SUBJECTS) for subject in subjects}
# Rooms that stand beside the subjects: what any layer may use, and what only the layers near the web may.
FOUNDATIONS = {"errors", "extensions", "statements", "zones"}
WEB_ROOMS = {"web", "access", "clock", "signing", "tries"}
LAYERS = {"models": 0, "queries": 1, "services": 1, "forms": 2, "routes": 3, "desk": 3, "host": 3, "commands": 3}
NEAR_WEB = {
    "routes", "desk", "host", "grid", "forms", "commands", "importing", "build", "rendering", "yaml_files",
}  # fmt: skip
NEAR_WEB_TOO = ("_desk", "_forms", "_routes")


def imports_of(path: Path, source: str) -> list[str]:
    """The modules that a file imports, « from a import b » as a.b; an import inside a function is said as such."""
    tree = ast.parse(source)
    inside = {
        id(node) for function in ast.walk(tree) if isinstance(function, ast.FunctionDef) for node in ast.walk(function)
    }
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import | ast.ImportFrom) and id(node) in inside:
            found.append("inside a function")
        if isinstance(node, ast.Import):
            found += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            found += [f"{node.module}.{alias.name}" for alias in node.names]
    return found


def faults(path: str, source: str) -> list[str]:
    """What a file imports against the rules."""
    parts = path.removesuffix(".py").split("/")
    imported = imports_of(Path(path), source)
    rules = {"analysis": _analysis_fault, "cafe": _cafe_fault}
    found = [name for name in imported if name == "inside a function"]
    return found + [name for name in imported if rules[parts[0]](parts, name.split("."))]


def _analysis_fault(_parts: list[str], name: list[str]) -> bool:
    return name[0] in ("flask", "sqlalchemy", "cafe") or name[0].startswith("flask_")


def _cafe_fault(parts: list[str], name: list[str]) -> bool:
    if len(parts) < 3:
        return False
    subject, module = parts[1], parts[2]
    if name[0].startswith("flask"):
        return module in ("models", "queries", "services")
    if name[0] != "cafe" or len(name) < 2:
        return False
    room = name[1]
    if room in RANK:
        return _subject_fault(subject, module, room, name[2] if len(name) > 2 else "")
    if subject == "demo":
        return False
    return room not in FOUNDATIONS and not (room in WEB_ROOMS and (module in NEAR_WEB or module.endswith(NEAR_WEB_TOO)))


def _subject_fault(subject: str, module: str, room: str, other: str) -> bool:
    if room != subject:
        return RANK[room] >= RANK[subject]
    if module in LAYERS and other in LAYERS:
        return LAYERS[other] > LAYERS[module]
    return False


FILES = [
    path.relative_to(ROOT).as_posix()
    for room in ("analysis", "cafe")
    for path in sorted((ROOT / room).rglob("*.py"))
    if "migrations" not in path.parts
]


@pytest.mark.parametrize("path", FILES)
def test_imports_go_one_way(path):
    assert faults(path, (ROOT / path).read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    ("path", "source"),
    [
        ("analysis/scoring.py", "import flask"),
        ("analysis/scoring.py", "from cafe.people import models"),
        ("cafe/people/services.py", "from cafe.forum.models import Cafe"),
        ("cafe/forum/models.py", "from cafe.forum.services import react"),
        ("cafe/forum/services.py", "from flask import request"),
        ("cafe/forum/queries.py", "from cafe.web import current_actor"),
        ("cafe/forum/page.py", "def late():\n    from cafe.people import models"),
    ],
)
def test_a_wrong_import_is_seen(path, source):
    assert faults(path, source)
