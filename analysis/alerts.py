"""Passages of a text that people should look at: what identifies someone, what wounds, what calls for care."""

from dataclasses import dataclass

from analysis.alerts_address import find_addresses
from analysis.alerts_email import find_emails
from analysis.alerts_names import find_names
from analysis.alerts_numbers import find_numbers
from analysis.alerts_phrases import find_phrases
from analysis.alerts_text import folded


@dataclass(frozen=True)
class Alert:
    """`kind`: phone, email, address, name, insult, distress, danger or third_party; `end` is excluded."""

    kind: str
    start: int
    end: int


def find_alerts(text: str) -> list[Alert]:
    """Every passage to look at, in the order of the text; passages of one kind that overlap are one."""
    plain = folded(text)
    found = find_numbers(plain) + find_emails(plain) + find_phrases(plain)
    found += find_addresses(plain, text) + find_names(plain, text)
    alerts: list[Alert] = []
    for kind, start, end in sorted(found):
        if alerts and alerts[-1].kind == kind and start < alerts[-1].end:
            before = alerts.pop()
            start, end = before.start, max(end, before.end)
        alerts.append(Alert(kind, start, end))
    return sorted(alerts, key=lambda alert: (alert.start, alert.end))
