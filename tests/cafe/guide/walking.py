"""Someone who answers alone, without scripts: reads each page's form, touches a button, follows where it leads."""

import re
from html import unescape
from uuid import uuid4

from cafe.demo.guide_rows import Sitter, add_sittings
from cafe.guide.engine import next_step
from cafe.guide.published import current_guide
from cafe.guide.steps import Given

BUTTON = re.compile(r'<button[^>]*name="do" value="([^"]*)"')
INPUT = re.compile(r'<input type="hidden" name="(\w+)" value="([^"]*)"')
RESUME = re.compile(r'class="button" href="([^"]+)">Reprendre')
KIND = re.compile(r'data-kind="(\w+)"')


class Walker:
    """A citizen's browser on the questionnaire."""

    def __init__(self, client):
        self.client = client
        self.page, self.place = "", ""

    def open(self, place: str) -> "Walker":
        answer = self.client.get(place, follow_redirects=True)
        self.page, self.place = answer.text, answer.request.full_path.rstrip("?")
        return self

    def begin(self) -> "Walker":
        self.open("/questionnaire")
        return self.send(None, to="/questionnaire/commencer")

    def resume(self) -> "Walker":
        self.open("/questionnaire")
        return self.open(RESUME.search(self.page)[1])

    @property
    def buttons(self) -> list[str]:
        return [unescape(value) for value in BUTTON.findall(self.page)]

    @property
    def kind(self) -> str:
        found = KIND.search(self.page)
        return found[1] if found else ""

    @property
    def step(self) -> str:
        return dict(INPUT.findall(self.page)).get("step", "")

    def fields(self, do: str | None, **typed) -> dict:
        """What the browser sends: hidden fields, the picks in their order, the button, and what was typed."""
        form = self.page[self.page.find("<main") :]
        hidden = [(name, unescape(value)) for name, value in INPUT.findall(form)]
        known = {name: value for name, value in hidden if name != "pick"}
        known["pick"] = [value for name, value in hidden if name == "pick"]
        return known | ({"do": do} if do else {}) | typed

    def send(self, do: str | None, to: str = "", **typed) -> "Walker":
        """Touch a button and follow; `status` keeps the first answer's."""
        self.sent = (to or self.place.partition("?")[0], self.fields(do, **typed))
        return self.replay()

    def replay(self) -> "Walker":
        """Send the very same form, again."""
        answer = self.client.post(self.sent[0], data=self.sent[1])
        self.status, self.location = answer.status_code, answer.location
        if answer.status_code == 303:
            return self.open(answer.location.partition("#")[0])
        self.page = answer.text
        return self


def begin_before(key: str, participant_id: int, now) -> None:
    """A sitting in which all the steps before this one got « je ne sais pas »."""
    version, given = current_guide(), {}
    while (step := next_step(version.guide, given, "alone")).key != key:
        kind = step.question.kind
        given[step.key] = Given(kind, state="" if kind == "info" else "nsp")
    add_sittings(version, "alone", [Sitter(participant_id, str(uuid4()), given, now, finished=False)], "secret")
