"""The bounds that keep the house legible."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
ALL = [path for room in ("analysis", "cafe") for path in sorted((ROOT / room).rglob("*.py"))]
SOURCES = [path for path in ALL if "versions" not in path.parts]
LONGEST_FILE, LONGEST_FUNCTION, LONGEST_VIEW = 250, 40, 20


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_files_and_functions_stay_short(path):
    source = path.read_text(encoding="utf-8")
    assert source.count("\n") <= LONGEST_FILE
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef):
            bound = LONGEST_VIEW if path.name.endswith(("routes.py", "desk.py", "host.py")) else LONGEST_FUNCTION
            assert node.end_lineno - node.lineno + 1 <= bound, node.name


def test_templates_are_never_compiled_at_each_request():
    assert not [path for path in SOURCES if "render_template_string" in path.read_text(encoding="utf-8")]


def test_nothing_typed_is_marked_safe_in_a_template():
    assert not [path for path in (ROOT / "templates").rglob("*.html") if "|safe" in path.read_text(encoding="utf-8")]
