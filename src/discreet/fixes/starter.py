"""What ``discreet init`` writes: redactors that are the project's own from then on, and depend on nothing."""

from __future__ import annotations

from collections.abc import Sequence

HEAD = '''\
"""What of a person may be shown in logs, on consoles and in error messages.

Written by `discreet init`, and yours to change. Each function takes whatever a message shows, None too, and returns a
text that tells nobody who it is. `[tool.discreet]` in pyproject.toml says which is for what.
"""

'''

REDACT = '''\

def redact(value: object) -> str:
    """Nothing of it, but whether there was anything."""
    return "-" if value is None or (isinstance(value, str) and not value) else "***"
'''

LIBRARIES = {
    "presidio-anonymizer": '''\
from presidio_anonymizer import AnonymizerEngine
from presidio_anonymizer.entities import RecognizerResult

_ENGINE = AnonymizerEngine()


def redact(value: object) -> str:
    """What presidio-anonymizer puts in its place; all of it is taken for personal data."""
    text = "" if value is None else str(value)
    if not text:
        return "-"
    return str(_ENGINE.anonymize(text, [RecognizerResult("PERSONAL_DATA", 0, len(text), 1.0)]).text)
''',
    "scrubadub": '''\
import scrubadub


def redact(value: object) -> str:
    """What scrubadub makes of it, and nothing of what it finds nothing in."""
    text = "" if value is None else str(value)
    if not text:
        return "-"
    cleaned = str(scrubadub.clean(text))
    return cleaned if cleaned != text else "***"
''',
}
"""By library: the one for everything, as it makes it."""

FUNCTIONS = {
    "email": (
        "mask_email",
        '''\
def mask_email(value: object) -> str:
    """The first letter of an email address and the end of its domain: ``j***@***.org``. Nothing of a longer text."""
    name, at, domain = str(value).partition("@")
    end = domain.rpartition(".")[2]
    if not at or " " in name or not end.isalnum():
        return redact(value)
    return f"{name[:1]}***@***.{end}"
''',
    ),
    "phone": (
        "mask_phone",
        '''\
def mask_phone(value: object) -> str:
    """The last two digits of a phone number: ``***17``."""
    digits = [character for character in str(value) if character.isdigit()]
    return "***" + "".join(digits[-2:]) if len(digits) > 6 else redact(value)
''',
    ),
    "national_id": (
        "mask_national_id",
        '''\
def mask_national_id(value: object) -> str:
    """The last two characters of the number of an identity card: ``***4X``."""
    text = str(value)
    return "***" + text[-2:] if len(text) > 6 else redact(value)
''',
    ),
    "card_number": (
        "mask_card_number",
        '''\
def mask_card_number(value: object) -> str:
    """The last four digits of a payment card, which may be shown: ``***1881``."""
    digits = [character for character in str(value) if character.isdigit()]
    return "***" + "".join(digits[-4:]) if len(digits) > 11 else redact(value)
''',
    ),
}
"""By category: the name of a function, and its text."""


def module_text(categories: Sequence[str], library: str | None = None) -> str:
    """The text of the module, with the functions for some categories beside the one for everything.

    Args:
        categories: Those with a function of their own.
        library: What makes the one for everything, if a library does.
    """
    general = LIBRARIES[library] if library is not None else REDACT
    return HEAD + "\n\n".join((general, *(FUNCTIONS[key][1] for key in categories)))


def declared(text: str, module: str, categories: Sequence[str]) -> str:
    """A ``pyproject.toml`` that declares the functions, everything else as it was.

    Args:
        text: The file as it is, without redactors in it.
        module: The dotted name of the module they are in.
        categories: Those with a function of their own.
    """
    newline = "\r\n" if "\r\n" in text else "\n"
    lines = text.splitlines(keepends=True)
    general = f'redactor = "{module}:redact"{newline}'
    at = next((number for number, line in enumerate(lines) if _is_header(line)), None)
    if at is not None:
        lines[at] = lines[at] if lines[at].endswith(("\n", "\r")) else lines[at] + newline
        lines.insert(at + 1, general)
    else:
        lines.extend((_gap(lines, newline), f"[tool.discreet]{newline}", general))
    if categories:
        rows = (f'{key} = "{module}:{FUNCTIONS[key][0]}"{newline}' for key in categories)
        lines.extend((_gap(lines, newline), f"[tool.discreet.redactors]{newline}", *rows))
    return "".join(lines)


def _is_header(line: str) -> bool:
    return "".join(line.partition("#")[0].split()) == "[tool.discreet]"


def _gap(lines: Sequence[str], newline: str) -> str:
    """What goes before a new table: an empty line, after the end of the last one."""
    if not lines:
        return ""
    return newline if lines[-1].endswith(("\n", "\r")) else newline * 2
