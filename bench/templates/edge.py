"""What a package shows: to the web, in figures, and to other systems."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bench.templates.filling import alias, fields_of, fill, for_all, texts_of, verbs_of

if TYPE_CHECKING:
    from bench.grow import Package

VIEWS = '''\
"""What the web asks about a $noun."""

from __future__ import annotations

import json

from app.core.errors import ApplicationError, NotFound
from app.core.logs import logger_for
from $app.models import $Entity
from $app.repository import ${Entity}Repository
from $app.services import ${Entity}Service

log = logger_for(__name__)
store = ${Entity}Repository()
service = ${Entity}Service(store)


def answer(status: int, **values) -> dict:
    return {"status": status, "body": json.dumps(values, default=str)}


def guarded(view):
    """Turn what goes wrong into an answer."""

    def wrapper(request, *args):
        try:
            return view(request, *args)
        except NotFound:
            return answer(404)
        except ApplicationError as error:
            log.warning("%s failed: %s", view.__name__, error.code)
            return answer(error.status, **error.as_dict())

    return wrapper


def shown($noun: $Entity) -> dict:
    values = $noun.as_dict()
    for name in ($secret):
        values.pop(name, None)
    return values


@guarded
def create(request):
    values = json.loads(request.body)
    log.debug("creating with %s", sorted(values))
    made = service.create(values)
    return answer(201, **shown(made))


@guarded
def show(request, number):
    return answer(200, **shown(store.get(int(number))))
$views'''
VIEW = """

@guarded
def $verb(request, number):
    page = int(request.GET.get("page", 1))
    found = store.get(int(number))
    service.$verb(found.number)
    log.info("%s asked to $verb %s", $who, found.label)
    return answer(200, page=page, number=found.number)
"""


def views(package: Package) -> str:
    """The module ``views``."""
    secret = ", ".join(f'"{name}"' for name in texts_of(package)) + ","
    text = []
    for verb in verbs_of(package):
        who = package.choice.choice(("request.user.id", "request.user.pk", "request.method", "request.user.email"))
        text.append(fill(VIEW, package, who=who, **verb))
    return fill(VIEWS, package, secret=secret, views="".join(text))


REPORTS = '''\
"""Figures about every $noun."""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from pathlib import Path

from app.core.logs import logger_for
from $app.models import $Entity
from $app.repository import ${Entity}Repository

log = logger_for(__name__)
HEAD = ["number", "state", "notes"]


def by_state(rows: list[$Entity]) -> Counter:
    return Counter(each.state.value for each in rows)


def grouped(rows: list[$Entity], key) -> dict:
    groups = defaultdict(list)
    for each in rows:
        groups[key(each)].append(each)
    return {name: len(members) for name, members in sorted(groups.items(), key=lambda pair: -len(pair[1]))}
$figures

def write(store: ${Entity}Repository, path: Path) -> int:
    """Write the table; how many lines it has."""
    rows = store.all()
    with path.open("w", newline="") as handle:
        writer = csv.writer(handle)
        writer.writerow(HEAD)
        for each in rows:
            writer.writerow([each.number, each.state.value, len(each.notes)])
    log.info("wrote %d lines to %s", len(rows), path.name)
    return len(rows)


def summary(store: ${Entity}Repository) -> str:
    rows = store.all()
    counts = by_state(rows)
    lines = [f"{state:<10} {count:>6}" for state, count in counts.most_common()]
    log.debug("summary of %d", sum(counts.values()))
    return "\\n".join([f"$noun: {len(rows)}", *lines])
'''
FIGURE = """

def of_$field(rows: list[$Entity]) -> dict:
    values = [each.$field for each in rows if each.$field is not None]
    if not values:
        return {"count": 0}
    distinct = set(values)
    share = len(distinct) / len(values)
    log.debug("$field: %d values, %.1f%% distinct", len(values), 100 * share)
    return {"count": len(values), "distinct": len(distinct), "share": round(share, 3)}
"""


def reports(package: Package) -> str:
    """The module ``reports``."""
    return fill(REPORTS, package, figures=for_all(FIGURE, package, fields_of(package)[:4]))


EXPORTS = '''\
"""A $noun for other systems."""

from __future__ import annotations

import json

import requests

from app.core.logs import logger_for
from app.core.masking import fingerprint, mask_middle
from $app.models import $Entity
$imports
log = logger_for(__name__)
ENDPOINT = "https://partner.example/api/$noun"


class ${Entity}Export:
    """The partner's view."""

    fields = ("number", "state")

    def __init__(self, session=None, dry: bool = False):
        self.session = session or requests.Session()
        self.dry = dry
        self.sent = 0

    def record(self, $noun: $Entity) -> dict:
        return {
            "number": $noun.number,
$masked            "state": $noun.state.value,
        }

    def send(self, $noun: $Entity) -> bool:
        data = json.dumps(self.record($noun), default=str)
        if self.dry:
            log.info("would send %d bytes for %s", len(data), $noun.label)
            return True
        response = self.session.post(ENDPOINT, $payload, timeout=10)
        if response.status_code >= 400:
            log.error("the partner refused %s with %d", $noun.label, response.status_code)
            return False
        self.sent += 1
        return True

    def send_all(self, rows: list[$Entity]) -> list[int]:
        refused = [each.number for each in rows if not self.send(each)]
        log.info("%d sent, %d refused", self.sent, len(refused))
        return refused


def joined($noun: $Entity) -> dict:
    """With what neighbours know of it."""
    values = {"own": $noun.as_dict()}
$neighbours    return {key: value for key, value in values.items() if value}
'''


def exports(package: Package) -> str:
    """The module ``exports``."""
    masked = []
    for name, kind in package.fields:
        value = f"{package.choice.choice(('fingerprint', 'mask_middle'))}({package.noun}.{name})"
        masked.append(f'            "{name}": {value if kind == "str" else f"{package.noun}.{name}"},\n')
    imports = [f"from {friend} import exports as {alias(friend)}\n" for friend in package.friends[:1]]
    neighbours = [f'    values["{alias(friend)}"] = {alias(friend)}.ENDPOINT\n' for friend in package.friends[:1]]
    payload = "data=data" if package.choice.random() < 0.8 else f"json={package.noun}.as_dict()"
    return fill(
        EXPORTS, package,
        masked="".join(masked), imports="".join(imports), neighbours="".join(neighbours), payload=payload,
    )  # fmt: skip
