"""REFI-QDA files that come back: their codes found again by identifier, name or description."""

import zipfile
import zlib
from collections import Counter
from pathlib import Path
from xml.etree import ElementTree

from analysis.referential import Referential
from cafe.errors import Refusal
from cafe.exports.refi import code_tree, every_code
from cafe.exports.tag_files import Coded, TagFile

PROJECT, CODEBOOK = "{urn:QDA-XML:project:1.0}", "{urn:QDA-XML:codebook:1.0}"
HEAVIEST = 300 * 1024 * 1024
UNREADABLE = "Ce fichier REFI-QDA ne se lit pas : exportez-le à nouveau depuis votre logiciel."
NO_PROJECT = "Ce fichier n’est pas un projet .qdpx. Un classeur revient enregistré en « CSV UTF-8 »."
# What the readers of zip and XML raise on files that are broken, locked by a password, or not what their name says.
FAULTS = (
    zipfile.BadZipFile, zlib.error, ElementTree.ParseError, LookupError, ValueError, TypeError, RuntimeError, EOFError,
)  # fmt: skip


def read_qdc(path: Path, referential: Referential) -> TagFile:
    """A codebook: which codes we have, and which we do not. It holds no text, so it can lay no tag."""
    try:
        root = ElementTree.parse(path).getroot()
    except FAULTS:
        raise Refusal(UNREADABLE) from None
    if root.tag != f"{CODEBOOK}CodeBook":
        raise Refusal(UNREADABLE)
    keys = _keys(root, CODEBOOK, referential)
    names = {code.get("guid"): code.get("name", "") for code in root.iter(f"{CODEBOOK}Code")}
    unknown = Counter(names[guid] for guid, key in keys.items() if key is None)
    return TagFile("qdc", [], unknown, codes=len(keys))


def read_qdpx(path: Path, referential: Referential) -> TagFile:
    """A project: each text source with its codings, in code points, end excluded."""
    try:
        with zipfile.ZipFile(path) as archive:
            if sum(member.file_size for member in archive.infolist()) > HEAVIEST:
                raise Refusal("Ce projet est trop lourd : 300 Mo au plus, une fois ouvert.")
            root = ElementTree.fromstring(archive.read(_project(archive)))
            if root.tag != f"{PROJECT}Project":
                raise Refusal(UNREADABLE)
            return _read_project(root, archive, _keys(root, PROJECT, referential))
    except FAULTS:
        raise Refusal(UNREADABLE) from None


def _project(archive: zipfile.ZipFile) -> str:
    found = [name for name in archive.namelist() if name.endswith(".qde") and "/" not in name]
    if not found:
        raise Refusal(NO_PROJECT)
    return found[0]


def _read_project(root, archive: zipfile.ZipFile, keys: dict[str, str | None]) -> TagFile:
    names = {code.get("guid"): code.get("name", "") for code in root.iter(f"{PROJECT}Code")}
    unknown: Counter = Counter()
    coded = [_source(source, archive, keys, names, unknown) for source in root.iter(f"{PROJECT}TextSource")]
    return TagFile("qdpx", coded, unknown, codes=len(keys))


def _source(source, archive: zipfile.ZipFile, keys: dict, names: dict, unknown: Counter) -> Coded:
    spans, whole = set(), set()
    for selection in source.findall(f"{PROJECT}PlainTextSelection"):
        place = int(selection.get("startPosition")), int(selection.get("endPosition"))
        spans |= {(key, *place) for key in _codings(selection, keys, names, unknown)}
    whole |= set(_codings(source, keys, names, unknown))
    name = source.get("name", "").removesuffix(".txt")
    return Coded(name, _text(source, archive), spans=frozenset(spans), whole=frozenset(whole))


def _codings(place, keys: dict, names: dict, unknown: Counter) -> list[str]:
    found = []
    for reference in place.findall(f"{PROJECT}Coding/{PROJECT}CodeRef"):
        code = reference.get("targetGUID")
        if keys.get(code):
            found.append(keys[code])
        else:
            unknown[names.get(code, "")] += 1
    return found


def _text(source, archive: zipfile.ZipFile) -> str:
    path = source.get("plainTextPath", "")
    if not path:
        return source.findtext(f"{PROJECT}PlainTextContent", "")
    return archive.read("sources/" + path.removeprefix("internal://")).decode("utf-8-sig").replace("\r\n", "\n")


def _keys(root, namespace: str, referential: Referential) -> dict[str, str | None]:
    """Each code that may be laid, by its identifier in the file, with our key « family:code »; None when unknown."""
    ours = [code for code in every_code(code_tree(referential)) if code.codable]
    families = {code.name.casefold() for code in code_tree(referential)}
    known = {code.guid: code.key for code in ours}
    known |= {code.name.casefold(): code.key for code in ours} | {code.key: code.key for code in ours}
    found = {}
    for code in root.iter(f"{namespace}Code"):
        name = code.get("name", "").strip().casefold()
        meaning = code.findtext(f"{namespace}Description", "").partition(" — ")[0].strip()
        key = known.get(code.get("guid", "").lower()) or known.get(name) or known.get(meaning)
        if key or (code.get("isCodable") == "true" and name not in families):
            found[code.get("guid")] = key
    return found
