"""What all packages of the application use: loggers, masks, mail, errors, a store."""

from __future__ import annotations

CORE = {
    "__init__": '"""What all parts share."""\n',
    "logs": '''\
"""Loggers, and what they add to a record."""

import logging
from contextlib import contextmanager

ROOT = "app"


class Tagged(logging.LoggerAdapter):
    """A logger that puts a tag before what it says."""

    def process(self, msg, kwargs):
        tag = self.extra.get("tag", "-")
        return f"[{tag}] {msg}", kwargs


def logger_for(name):
    """A logger below the application's own."""
    return logging.getLogger(f"{ROOT}.{name}")


def tagged(name, tag):
    return Tagged(logger_for(name), {"tag": tag})


def audit(logger, action, reference, **details):
    """One line for those who keep the books."""
    parts = [f"{key}={value}" for key, value in sorted(details.items())]
    logger.info("audit %s %s %s", action, reference, " ".join(parts))


@contextmanager
def timed(logger, what):
    import time

    started = time.monotonic()
    try:
        yield
    finally:
        logger.debug("%s took %.3f s", what, time.monotonic() - started)
''',
    "masking": '''\
"""What may be shown of what is personal."""

import hashlib


def mask_middle(text, keep=2):
    """The ends of a text."""
    if not text or len(text) <= 2 * keep:
        return "*" * len(text or "")
    return text[:keep] + "*" * (len(text) - 2 * keep) + text[-keep:]


def mask_email(email):
    name, _, domain = email.partition("@")
    return f"{name[:1]}***@{domain}"


def fingerprint(text):
    """The same for the same text, and nobody can go back."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()[:12]
''',
    "mail": '''\
"""The way out for letters."""

import smtplib
from dataclasses import dataclass, field
from email.message import EmailMessage

from app.core.logs import logger_for
from app.core.masking import mask_email

log = logger_for("mail")
HOST = "localhost"


@dataclass
class Letter:
    """What is sent."""

    recipient: str
    subject: str
    text: str
    tags: list[str] = field(default_factory=list)

    def as_message(self):
        message = EmailMessage()
        message["To"] = self.recipient
        message["Subject"] = self.subject
        message.set_content(self.text)
        return message


def send(letter, retries=3):
    """Send a letter, or say that it could not be sent."""
    for attempt in range(1, retries + 1):
        try:
            with smtplib.SMTP(HOST) as server:
                server.send_message(letter.as_message())
        except OSError as error:
            log.warning("attempt %d failed: %s", attempt, error)
        else:
            log.info("sent '%s' to %s", letter.subject, mask_email(letter.recipient))
            return True
    return False
''',
    "errors": '''\
"""What can go wrong."""


class ApplicationError(Exception):
    """The mother of all of them."""

    status = 500

    def __init__(self, message, code="error"):
        super().__init__(message)
        self.code = code

    def as_dict(self):
        return {"code": self.code, "status": self.status}


class NotFound(ApplicationError):
    status = 404


class Invalid(ApplicationError):
    status = 400
''',
    "base": '''\
"""What repositories and services have in common."""

from typing import Generic, TypeVar

from app.core.errors import NotFound
from app.core.logs import logger_for

T = TypeVar("T")


class Store(Generic[T]):
    """Objects by number, in memory."""

    def __init__(self, name: str):
        self.name = name
        self.log = logger_for(name)
        self._rows: dict[int, T] = {}

    def get(self, number: int) -> T:
        if number not in self._rows:
            raise NotFound(f"{self.name} {number} is not there")
        return self._rows[number]

    def put(self, number: int, row: T) -> T:
        self._rows[number] = row
        self.log.debug("stored %s %d", self.name, number)
        return row

    def all(self) -> list[T]:
        return [self._rows[number] for number in sorted(self._rows)]

    def remove(self, number: int) -> None:
        self._rows.pop(number, None)
''',
}
