"""What a step's form sends: the picks that it showed, and the button that was touched."""

from dataclasses import dataclass, replace

from cafe.guide.checks import SILENT
from cafe.guide.services import Sent
from cafe.guide.steps import PASSED, STATES, Given, Step
from cafe.web import read_key, read_number

# Buttons that stay on the step: an option taken or left, moved, added; the others' view; what is kept meanwhile.
STAYS = ("tap", "up", "down", "add", "view", "save")


@dataclass(frozen=True)
class StepForm:
    """`do` is the button, `value` what it names; `typed` what « un autre » already held when the page was made.

    All that is read here comes from the form alone: sent again, it means the same.
    """

    key: str
    step: str
    was: str
    do: str
    value: str
    picks: tuple[str, ...]
    text: str
    other: str
    typed: str
    view: int

    @classmethod
    def read(cls, sent) -> "StepForm":
        do, _, value = sent.get("do", "send").partition(":")
        words = (sent.get(name, "") for name in ("text", "other", "typed"))
        return cls(
            read_key(sent), sent.get("step", ""), sent.get("was", ""), do, value, tuple(sent.getlist("pick")), *words,
            read_number(sent.get("view", "")),
        )  # fmt: skip

    @property
    def stays(self) -> bool:
        return self.do in STAYS

    def sent(self, step: Step, order: tuple[str, ...]) -> Sent | None:
        """The answer to keep; None when the form only turns a page."""
        given = self._given(step)
        return given and Sent(self.key, self.was, given, order)

    def _given(self, step: Step) -> Given | None:
        kind = step.question.kind
        if kind == "rate":
            return _rated(self)
        if self.do in STATES:
            return Given(kind, state=self.do)
        if kind == "open":
            return Given(kind, text=self.text)
        if kind in ("choice", "statement"):
            # « pick » is a tap on an answer, which is then the whole of it.
            return Given(kind, ((self.value, "1"),)) if self.do == "pick" else Given(kind, others=self._others())
        return Given(kind) if kind == "info" else self._picked(kind)

    def _picked(self, kind: str) -> Given | None:
        picks = moved(self.picks, self.do, self.value)
        others = () if self.stays and self.do != "add" and self.other == self.typed else self._others()
        if not picks and not others and self.stays:
            return Given(kind, state=PASSED) if self.was else None
        pairs = enumerate(picks, 1) if kind == "rank" else ((1, code) for code in picks)
        return Given(kind, tuple((code, str(rank)) for rank, code in pairs), others=others)

    def _others(self) -> tuple[str, ...]:
        return (self.other,) if self.other else ()


def moved(picks: tuple[str, ...], do: str, code: str) -> tuple[str, ...]:
    """The picks once one was taken or left (`tap`), or moved by one place (`up`, `down`)."""
    if do == "tap":
        return tuple(pick for pick in picks if pick != code) if code in picks else (*picks, code)
    if do in ("up", "down") and code in picks:
        place = picks.index(code)
        other = min(max(place + (-1 if do == "up" else 1), 0), len(picks) - 1)
        changed = list(picks)
        changed[place], changed[other] = changed[other], changed[place]
        return tuple(changed)
    return picks


def _rated(form: StepForm) -> Given | None:
    """A rating more; not knowing one service says nothing of it, and of the whole only while nothing is rated."""
    rated = dict(pick.partition("=")[::2] for pick in form.picks)
    if form.do == "level":
        code, _, level = form.value.partition("=")
        rated[code] = level
    elif form.do == "nsp":
        rated.pop(form.value, None)
    if not rated and form.do in SILENT:
        return Given("rate", state=form.do)
    return Given("rate", tuple(rated.items())) if rated else None


def without_tap(form: StepForm) -> StepForm:
    """The form as it stood before a button that was refused."""
    return replace(form, do="send", value="")
