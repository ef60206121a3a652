"""REFI-QDA 1.5 project: texts, codes, who laid each tag and where, groups as variables of each person's case."""

import zipfile
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory

from cafe.exports.choices import SOURCE_LABELS
from cafe.exports.reading import Corpus
from cafe.exports.refi import ORIGIN, code_tree, guid, write_codes
from cafe.exports.said import RULES, Laid, Person, Said
from cafe.exports.table import moment
from cafe.exports.xml_file import XmlFile

NAMESPACE = "urn:QDA-XML:project:1.0"
PERSON_VARIABLES = {"group": "Groupe", "subgroup": "Sous-groupe", "target": "Population prioritaire"}
TEXT_VARIABLES = {"day": "Jour", "question": "Question", "source": "Façon de répondre"}
VARIABLES = PERSON_VARIABLES | TEXT_VARIABLES


@dataclass
class Met:
    """What was met while the sources were written, and which the project says before them."""

    users: set[str] = field(default_factory=lambda: {RULES})
    codes: set[str] = field(default_factory=set)
    cases: dict[Person, list[str]] = field(default_factory=dict)


def write_qdpx(corpus: Corpus, path: Path) -> None:
    with TemporaryDirectory() as folder, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        sources, project, met = Path(folder) / "sources.xml", Path(folder) / "project.qde", Met()
        with sources.open("w", encoding="utf-8", newline="\n") as file:
            xml = XmlFile(file, declared=False)
            for said in corpus.said():
                _write_source(xml, archive, said, met)
        with project.open("w", encoding="utf-8", newline="\n") as file:
            _write_project(XmlFile(file), corpus, met, sources)
        archive.write(project, "project.qde")


def _write_project(xml: XmlFile, corpus: Corpus, met: Met, sources: Path) -> None:
    made = corpus.made_at.strftime("%Y-%m-%dT%H:%M:%SZ")
    attributes = {
        "xmlns": NAMESPACE, "name": corpus.title or ORIGIN, "origin": ORIGIN, "creatingUserGUID": guid("user", RULES),
        "creationDateTime": made,
    }  # fmt: skip
    with xml.element("Project", attributes):
        with xml.element("Users"):
            for user in sorted(met.users):
                xml.leaf("User", attributes={"guid": guid("user", user), "name": _user_name(user, corpus.version)})
        with xml.element("CodeBook"):
            write_codes(xml, code_tree(corpus.referential, met.codes))
        with xml.element("Variables"):
            for name, label in VARIABLES.items():
                kind = "Integer" if name == "day" else "Text"
                xml.leaf("Variable", "", {"guid": guid("variable", name), "name": label, "typeOfVariable": kind})
        if met.cases:
            _write_cases(xml, met, corpus.groups)
            with xml.element("Sources"), sources.open(encoding="utf-8") as file:
                for line in file:
                    xml.raw(line)
        xml.leaf("Description", f"Référentiel, version {corpus.version} ({corpus.referential.hash[:12]}).")


def _user_name(user: str, version: int) -> str:
    """A pseudonym: no login, no name."""
    return f"Règles du référentiel v{version}" if user == RULES else user.replace("equipe-", "Équipe ").capitalize()


def _write_cases(xml: XmlFile, met: Met, groups: dict[str, str]) -> None:
    with xml.element("Cases"):
        for person in sorted(met.cases, key=lambda person: person.name):
            with xml.element("Case", {"guid": guid("case", person.name), "name": person.name}):
                for name in PERSON_VARIABLES:
                    value = getattr(person, name)
                    _write_value(xml, name, groups.get(value, value) if name == "group" else value)
                for source in met.cases[person]:
                    xml.leaf("SourceRef", attributes={"targetGUID": guid("source", source)})


def _write_value(xml: XmlFile, variable: str, value: str | int) -> None:
    if value:
        with xml.element("VariableValue"):
            xml.leaf("VariableRef", attributes={"targetGUID": guid("variable", variable)})
            xml.leaf("IntegerValue" if isinstance(value, int) else "TextValue", str(value))


def _write_source(xml: XmlFile, archive: zipfile.ZipFile, said: Said, met: Met) -> None:
    source = guid("source", said.name)
    archive.writestr(f"sources/{source}.txt", said.text)
    met.cases.setdefault(said.person, []).append(said.name)
    attributes = {
        "guid": source, "name": said.name, "plainTextPath": f"internal://{source}.txt",
        "creationDateTime": moment(said),
    }  # fmt: skip
    met.codes.update(tag.key for tag in said.tags)
    met.users.update(user for tag in said.tags for user in (tag.by, tag.held_by))
    with xml.element("TextSource", attributes):
        whole = []
        for (start, end), tags in groupby(said.tags, lambda tag: (tag.start, tag.end)):
            if start < end:
                _write_selection(xml, said, start, end, list(tags))
            else:
                whole += tags
        for tag in whole:
            _write_coding(xml, said, tag)
        values = {"day": said.day, "question": said.question, "source": SOURCE_LABELS.get(said.source, said.source)}
        for name in TEXT_VARIABLES:
            _write_value(xml, name, values[name])


def _write_selection(xml: XmlFile, said: Said, start: int, end: int, tags: list[Laid]) -> None:
    """A passage, with one coding a tag: laid by the rules or a person, held by whoever confirmed it."""
    attributes = {
        "guid": guid("selection", f"{said.name} {start}-{end}"), "name": said.text[start:end][:60],
        "startPosition": str(start), "endPosition": str(end), "creatingUser": guid("user", tags[0].by),
        "creationDateTime": moment(said),
    }  # fmt: skip
    with xml.element("PlainTextSelection", attributes):
        for tag in tags:
            _write_coding(xml, said, tag)


def _write_coding(xml: XmlFile, said: Said, tag: Laid) -> None:
    name = f"{said.name} {tag.key} {tag.start}-{tag.end}"
    attributes = {
        "guid": guid("coding", name), "creatingUser": guid("user", tag.held_by),
        "creationDateTime": moment(said),
    }  # fmt: skip
    with xml.element("Coding", attributes):
        xml.leaf("CodeRef", attributes={"targetGUID": guid("code", tag.key)})
