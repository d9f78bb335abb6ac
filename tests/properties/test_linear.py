"""Twice the program costs about twice the work: calls are counted, nothing is timed."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

import pytest

Cost = Callable[[Mapping[str, bytes]], int]
MOST = 2.3  # times the work for twice the program

IMPORTS = """
import csv
import logging
from dataclasses import dataclass, field

import requests

logger = logging.getLogger(__name__)
"""

# What a module of an application holds, with names of its own: a class, helpers, a service, and their users.
SECTION = '''

@dataclass
class Customer#:
    """Someone who orders."""

    customer_id: int
    email: str
    phone: str = ""
    tags: list[str] = field(default_factory=list)

    @property
    def label(self) -> str:
        return f"{self.customer_id} <{self.email}>"

    def __str__(self):
        return self.label


class NotDelivered#(Exception):
    def __init__(self, customer, reason):
        super().__init__(f"{reason}: {customer.email}")
        self.customer = customer


def masked#(value):
    return value[0] + "***"


def described#(customer: Customer#, verbose=False):
    parts = {"id": customer.customer_id, "to": customer.email}
    if verbose:
        parts["phone"] = customer.phone
    for tag in customer.tags:
        parts.setdefault("tags", []).append(tag)
    return ", ".join(f"{key}={value}" for key, value in parts.items())


class Service#:
    def __init__(self, session, path):
        self.session = session
        self.path = path
        self.log = logger.getChild("service#")

    def send(self, customer: Customer#, body):
        self.log.info("sending to %s", masked#(customer.email))
        try:
            reply = self.session.post("https://mail.example/send", json={"to": customer.email, "body": body})
            if not reply.ok:
                raise NotDelivered#(customer, reply.status_code)
        except NotDelivered# as error:
            self.log.warning("not sent: %s", error)
            return None
        else:
            self.log.debug("sent to %s", described#(customer, verbose=True))
        finally:
            self.log.info("done with %s", customer.customer_id)
        return reply

    def export(self, customers: list[Customer#]):
        with open(self.path, "w", newline="") as handle:
            writer = csv.writer(handle)
            for number, customer in enumerate(customers):
                if not customer.email:
                    continue
                writer.writerow([number, customer.email])


def run#(rows, session):
    customers = [Customer#(int(row["id"]), row["email"], row.get("phone", "")) for row in rows]
    service = Service#(session, "out#.csv")
    replies = {customer.email: service.send(customer, "hello") for customer in customers}
    service.export(customers)
    logger.info("%s", customers)
    logger.info("%d sent", len(replies))
    return requests.get("https://mail.example/status", params={"q": customers[0].email}, timeout=3)
'''


def one_module(number: int) -> dict[str, bytes]:
    text = IMPORTS + "".join(SECTION.replace("#", str(copy)) for copy in range(number))
    return {"app.py": text.encode()}


def one_module_each(number: int) -> dict[str, bytes]:
    return {f"app/m{copy}.py": (IMPORTS + SECTION.replace("#", str(copy))).encode() for copy in range(number)}


def chained_modules(number: int) -> dict[str, bytes]:
    """Each module's customer is handed on to the next module's service."""
    files = one_module_each(number)
    for copy in range(1, number):
        before = copy - 1
        hand_on = f"\n\ndef passed{copy}(rows, session):\n    return run{before}(rows, session)\n"
        files[f"app/m{copy}.py"] = (
            f"from app.m{before} import run{before}\n".encode() + files[f"app/m{copy}.py"] + hand_on.encode()
        )
    return files


def one_long_function(number: int) -> dict[str, bytes]:
    """The body of a long script: every block with variables of its own."""
    block = """
    row# = rows[#]
    address# = row#["email"]
    if address#.endswith(".example"):
        address# = address#.lower()
    for part# in address#.split("@"):
        logger.info("%s %s", #, part#)
    try:
        session.post("https://mail.example/", json={"to": address#})
    except OSError as error#:
        logger.error("%s: %s", row#["id"], error#)
"""
    body = "".join(block.replace("#", str(copy)) for copy in range(number))
    return {"app.py": f"{IMPORTS}\n\ndef run(rows, session):{body}".encode()}


PROGRAMS: dict[str, tuple[Callable[[int], dict[str, bytes]], int]] = {
    "one-module": (one_module, 4),
    "one-module-each": (one_module_each, 4),
    "chained-modules": (chained_modules, 4),
    "one-long-function": (one_long_function, 8),
}


@pytest.mark.parametrize(("grown", "size"), PROGRAMS.values(), ids=PROGRAMS.keys())
def test_twice_the_program_costs_twice(
    grown: Callable[[int], dict[str, bytes]], size: int, cost: Cost, pipeline: Any
) -> None:
    assert pipeline.findings(grown(size)), "a program without a leak shows nothing"
    one, two, four, eight = (cost(grown(size * times)) for times in (1, 2, 4, 8))
    assert two <= MOST * one
    assert four <= MOST * two
    assert eight <= MOST * four


def test_twice_the_findings(pipeline: Any) -> None:
    """What costs twice must also say twice: a bound that cuts the work may not cut the findings."""
    few, many = (pipeline.findings(one_module(number)) for number in (4, 16))
    assert len(many) == 4 * len(few)


def copies(files: Mapping[str, bytes], name: str, number: int) -> dict[str, bytes]:
    """The same program several times over, each a package of another name."""
    own = re.compile(rf"\b{name}\b".encode())
    return {
        own.sub(f"{name}{copy}".encode(), path.encode()).decode(): own.sub(f"{name}{copy}".encode(), data)
        for copy in range(number)
        for path, data in files.items()
    }


@pytest.mark.parametrize("name", ["shop", "clinic", "school"])
def test_twice_the_fixtures_cost_twice(name: str, programs: list[Any], cost: Cost) -> None:
    files = next(program.files for program in programs if program.name == name)
    one, two, four = (cost(copies(files, name, number)) for number in (1, 2, 4))
    assert two <= MOST * one
    assert four <= MOST * two


@pytest.mark.parametrize("name", ["shop", "clinic", "school"])
def test_copies_of_a_program_say_what_one_says(name: str, programs: list[Any], pipeline: Any) -> None:
    files = next(program.files for program in programs if program.name == name)
    alone = pipeline.findings(copies(files, name, 1))
    together = pipeline.findings(copies(files, name, 3))
    assert [each for each in together if each.path.startswith(f"{name}0/")] == alone
    assert len(together) == 3 * len(alone)
