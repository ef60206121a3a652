"""What the room's forms send: a new workshop, who is there, hands, notes; a phone's answer."""

from dataclasses import dataclass

from cafe.errors import Refusal
from cafe.guide.definition import RATED
from cafe.guide.services import Sent
from cafe.guide.steps import Given, Step
from cafe.guide.workshop_hands import Hands
from cafe.guide.workshops import NewWorkshop
from cafe.people.fields import clean
from cafe.people.stakeholders_fields import read_day
from cafe.web import read_key, read_number


def read_workshop(sent) -> NewWorkshop:
    label, place, group, subgroup = (clean(sent.get(name, ""))[:80] for name in ("label", "place", "group", "subgroup"))
    day = read_day(sent.get("held_on", "").strip()[:20])
    return NewWorkshop(label, place, day, group, subgroup, read_number(sent.get("seats", "")))


def read_seats(sent) -> tuple[dict[int, str], set[int]]:
    """Each seat's profile, and the seats that agreed."""
    profiles = {
        read_number(name.removeprefix("profile-")): value for name, value in sent.items() if name.startswith("profile-")
    }
    return profiles, {read_number(number) for number in sent.getlist("agreed")}


def read_hands(sent, step: Step) -> Hands:
    """The hands by option, or the room's own order of the options."""
    codes = [option.code for option in step.options]
    if step.question.kind == "rate":
        codes = [f"{code}={level}" for code in codes for level in range(1, RATED + 1)]
    counts = {code: _number(sent.get(f"hands-{code}", "")) for code in codes}
    placed = {code: _number(sent.get(f"order-{code}", "")) for code in codes}
    order = sorted((code for code in codes if placed[code]), key=lambda code: placed[code])
    if len({placed[code] for code in order}) < len(order):
        raise Refusal("Deux réponses ont le même rang. Donnez un rang à chacune.")
    return Hands(read_key(sent), step.key, {code: count for code, count in counts.items() if count}, tuple(order))


def _number(typed: str) -> int:
    typed = typed.strip()
    if typed and not (typed.isascii() and typed.isdigit() and len(typed) < 4):
        raise Refusal("Un compte de mains est un nombre. Corrigez-le.")
    return int(typed or 0)


@dataclass(frozen=True)
class PhoneForm:
    """A phone's answer to the room's question: `step` is the one that its page showed."""

    key: str
    step: str
    was: str
    state: str

    @classmethod
    def read(cls, sent) -> "PhoneForm":
        return cls(read_key(sent), sent.get("step", ""), sent.get("was", ""), sent.get("state", ""))

    def sent(self, form, step: Step) -> Sent:
        """The answer to keep."""
        offered = tuple(option.code for option in step.options)
        return Sent(self.key, self.was, self._given(form, step), offered)

    def _given(self, form, step: Step) -> Given:
        kind = step.question.kind
        if self.state:
            return Given(kind, state=self.state)
        if kind == "open":
            return Given(kind, text=form.get("text", ""))
        if kind in ("rank", "rate"):
            values = ((option.code, form.get(f"value-{option.code}", "")) for option in step.options)
            return Given(kind, tuple((code, value) for code, value in values if value))
        return Given(kind, tuple((code, "1") for code in form.getlist("pick")))
