"""3xx, first part: what is written to files and caches."""

from __future__ import annotations

from discreet.rules.rule import Rule

_BAD_FILE = (
    """\
from pathlib import Path


def export(customers) -> None:
    lines = [customer.email for customer in customers]
    Path("/tmp/export.txt").write_text("\\n".join(lines))  # expect: PII301 email
""",
    """\
import csv


def export(patients, path: str) -> None:
    with open(path, "w", newline="") as file:
        writer = csv.writer(file)
        for patient in patients:
            writer.writerow([patient.id, patient.name, patient.date_of_birth])  # expect: PII301 name, date_of_birth
""",
    """\
import json
from dataclasses import asdict, dataclass


@dataclass
class Employee:
    id: int
    salary: int


def dump(employee: Employee, path: str) -> None:
    with open(path, "w") as file:
        json.dump(asdict(employee), file)  # expect: PII301 salary
""",
)

_GOOD_FILE = (
    """\
from pathlib import Path


def export(customers) -> None:
    lines = [str(customer.id) for customer in customers]
    Path("/tmp/export.txt").write_text("\\n".join(lines))
""",
    """\
import csv


def export(patients, path: str) -> None:
    with open(path, "w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["id", "full_name", "date_of_birth"])
        for patient in patients:
            writer.writerow([patient.id, patient.full_name is not None, len(patient.date_of_birth)])
""",
    """\
import json
from dataclasses import asdict, dataclass


@dataclass
class Employee:
    id: int
    salary: int


def dump(employee: Employee, path: str) -> None:
    with open(path, "w") as file:
        json.dump({"id": asdict(employee)["id"]}, file)
""",
    """\
def read(path: str) -> list[str]:
    with open(path) as file:
        emails = file.read().splitlines()
    return emails
""",
)

_BAD_FILE_ONLINE = (
    """\
def remember(username: str) -> None:
    with open("last-user", "w") as file:
        file.write(username)  # expect: PII302 username
""",
    """\
import pickle


def save(request, path: str) -> None:
    visit = {"ip": request.META["REMOTE_ADDR"], "path": request.path}
    with open(path, "wb") as file:
        pickle.dump(visit, file)  # expect: PII302 ip_address
""",
)

_GOOD_FILE_ONLINE = (
    """\
def remember(user_id: int) -> None:
    with open("last-user", "w") as file:
        file.write(str(user_id))
""",
    """\
import pickle


def save(request, path: str) -> None:
    with open(path, "wb") as file:
        pickle.dump({"path": request.path}, file)
""",
    """\
def save_count(usernames: list[str]) -> None:
    with open("count", "w") as file:
        file.write(str(len(usernames)))
""",
)

_FILE = Rule(
    code="PII301",
    name="personal-data-in-file",
    summary="Personal data written to a file",
    message="file is given {what}: {source}",
    what="Reports personal data that is written to a file: `open(...).write`, `Path.write_text`, `csv`, `json.dump`, "
    "`pickle.dump`, `DataFrame.to_csv` and their like. Databases are not files.",
    why="A file has no owner but a directory. It is read by who can read the directory, copied by its backup, left by "
    "the job that failed, and found by nobody when a person asks what is kept of them (CWE-312, CWE-377).",
    bad=_BAD_FILE,
    good=_GOOD_FILE,
    instead="Write only the columns that the reader needs. Where the export is the purpose, encrypt it, give it a "
    "place with a date of deletion, and say so: `# noqa: PII301 -- export asked for by the person`.",
    kinds=frozenset({"file"}),
    standing="direct",
)

_BAD_CACHE = (
    """\
from django.core.cache import cache


def remember(customer) -> None:
    cache.set(f"address:{customer.id}", customer.postal_address, 3600)  # expect: PII303 postal_address
""",
    """\
import redis

store = redis.Redis()


def start_login(email: str, code: str) -> None:
    store.setex(f"login:{email}", 300, "pending")  # expect: PII303 email
""",
)

_GOOD_CACHE = (
    """\
from django.core.cache import cache


def remember(customer) -> None:
    cache.set(f"orders:{customer.id}", customer.order_count, 3600)
""",
    """\
import secrets

import redis

store = redis.Redis()


def start_login(user_id: int) -> str:
    token = secrets.token_urlsafe()
    store.setex(f"login:{token}", 300, user_id)
    return token
""",
    """\
from django.core.cache import cache


def remember(email_template: str, rendered: str) -> None:
    cache.set("template:" + email_template, rendered)
    cache.delete("email:count")
""",
)

_BAD_CACHE_ONLINE = (
    """\
from django.core.cache import cache


def throttle(request) -> None:
    cache.set("seen:" + request.META["REMOTE_ADDR"], 1, 60)  # expect: PII304 ip_address
""",
    """\
import redis

store = redis.Redis()


def online(username: str) -> None:
    store.sadd("online", username)  # expect: PII304 username
""",
)

_GOOD_CACHE_ONLINE = (
    """\
from django.core.cache import cache


def throttle(user_id: int) -> None:
    cache.set(f"seen:{user_id}", 1, 60)
""",
    """\
import redis

store = redis.Redis()


def online(user_id: int) -> None:
    store.sadd("online", user_id)
""",
    """\
import redis

store = redis.Redis()


def online_count(usernames: set[str]) -> None:
    store.set("online", len(usernames))
""",
)

_CACHE = Rule(
    code="PII303",
    name="personal-data-in-cache",
    summary="Personal data in a cache",
    message="cache is given {what}: {source}",
    what="Reports personal data that is put into a cache, as a value or as part of a key: Django's cache, Redis, "
    "Memcached and their like.",
    why="A cache is a database that nobody governs: mostly unencrypted, shared by services, dumped to find a fault, "
    "and never asked when a person's data is to be deleted. Keys are worse than values: monitors list them and slow "
    "logs print them (CWE-524). A cache of one's own is often there for the purpose, so this rule is off by default.",
    bad=_BAD_CACHE,
    good=_GOOD_CACHE,
    instead="Use the record's id or a random token as the key, and cache what was computed, not the person. Where the "
    "value must be personal, give it a short life.",
    kinds=frozenset({"cache"}),
    standing="direct",
    default=False,
)

RULES: tuple[Rule, ...] = (
    _FILE,
    _FILE.online(bad=_BAD_FILE_ONLINE, good=_GOOD_FILE_ONLINE),
    _CACHE,
    _CACHE.online(bad=_BAD_CACHE_ONLINE, good=_GOOD_CACHE_ONLINE),
)
