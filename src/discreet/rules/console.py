"""1xx, second half: the console, which is a log in a service and the user interface in a program."""

from __future__ import annotations

from discreet.rules.rule import Rule

_WHY_LIBRARY = """\
In a service or a library nobody sits at the console: its output goes to the container's log, the job's log or the
notebook that is checked in, with all of a log's copies and none of its levels and filters. A `print` of a person's data
is mostly what is left of an hour of debugging (CWE-532, CWE-489)."""

_WHAT_LIBRARY = """\
Reports `print`, `pprint` and writes to `sys.stdout` or `sys.stderr` that show personal data, in code that is not the
user interface of a command-line program. (Output of such a program, under `if __name__ == "__main__"`, in a click or
typer command, a management command or an argparse `main`, is weighed by PII105 and PII106.) What a management command
says of one account after another nobody has asked for: that is a job's log, and reported here; and so is whatever else
a command or a script shows, if nothing of it comes from what whoever runs it said (arguments, options, the environment,
`input()`). What is called after showing (`list_users`) is believed, and what is called after making people up
(`seed_users`) shows nobody."""

_FIX_LIBRARY = """\
Safe where the project has declared a `redactor` and the value is an argument, or part of one: it is wrapped, and \
nothing else changes. Unsafe for the reasons that hold for log messages (PII101); so is what is done without a \
redactor: the key of the object is shown instead, or the value is left out. To delete the line is often better, but \
only its author knows that nobody reads it."""

_BAD_LIBRARY = (
    """\
def save(customer, store):
    print("saving", customer.email, customer.phone_number)  # expect: PII103 email, phone
    store.add(customer)
""",
    """\
import sys


def reject(applicant_name: str) -> None:
    sys.stderr.write(f"rejected: {applicant_name}\\n")  # expect: PII103 name
""",
    """\
from pprint import pprint


def debug_row(row):
    picked = {"id": row["id"], "birthday": row["date_of_birth"]}
    pprint(picked)  # expect: PII103 date_of_birth
""",
    """\
from django.core.management.base import BaseCommand

from shop.models import User


class Command(BaseCommand):
    def remind(self, user):
        self.stdout.write(f"reminded {user.email}")  # expect: PII103 email

    def handle(self, *args, **options):
        for user in User.objects.filter(overdue=True):
            self.remind(user)
            print("done with", user.phone_number)  # expect: PII103 phone
""",
    """\
import json


def remind(customer):
    print("reminded", customer["email"])  # expect: PII103 email


if __name__ == "__main__":
    with open("due.json") as file:
        for customer in json.load(file):
            remind(customer)
""",
    """\
from shop.models import User


def check():
    users = User.objects.filter(active=False)
    print(len(users), "users")
    for user in users:
        print(user.id, user.email)  # expect: PII103 email


if __name__ == "__main__":
    check()
""",
)

_GOOD_LIBRARY = (
    """\
def save(customer, store):
    print("saving customer", customer.id)
    store.add(customer)
""",
    """\
import sys


def reject(applications) -> None:
    sys.stderr.write(f"{len(applications)} applications rejected\\n")
""",
    """\
def compare(old_email: str, new_email: str) -> None:
    print("email changed" if old_email != new_email else "email kept")
""",
    """\
def debug_row(row):
    picked = {"id": row["id"], "birthday": row["date_of_birth"]}
    print(picked["id"])
""",
    """\
from django.core.management.base import BaseCommand

from shop.models import User


class Command(BaseCommand):
    def handle(self, *args, **options):
        user = User.objects.get(email=options["email"])
        self.stdout.write(f"unlocked {user.email}")
        for address in options["others"]:
            self.stdout.write(f"told {address.email}")
        for address in options.get("more", ()):
            self.stdout.write(f"told {address.email}")
""",
    """\
import sys

from shop.models import User

if __name__ == "__main__":
    for user in User.objects.filter(town=sys.argv[1]):
        print(user.email)
""",
    """\
import json


def main() -> None:
    wanted = input("customer number: ")
    with open(f"customers/{wanted}.json") as file:
        print(json.load(file)["email"])


if __name__ == "__main__":
    main()
""",
)

_BAD_LIBRARY_ONLINE = (
    """\
def on_login(username: str) -> None:
    print("hello", username)  # expect: PII104 username
""",
    """\
import sys


def on_request(request):
    client_ip = request.headers["X-Forwarded-For"]
    print(f"request from {client_ip}", file=sys.stderr)  # expect: PII104 ip_address
""",
)

_GOOD_LIBRARY_ONLINE = (
    """\
def on_login(session_count: int) -> None:
    print("sessions:", session_count)
""",
    """\
def on_request(request):
    print("request for", request.path)
""",
    """\
def check_username(username: str) -> None:
    print("username is", "too short" if len(username) < 3 else "long enough")
""",
)

_WHY_INTERFACE = """\
The output of a command is its user interface: who asks for a customer's address wants to see it, so these rules are off
by default. They are for programs that run unattended, where output lands in a scheduler's mail, a CI log or a
terminal recording, and for teams whose operators should not see the data of the people they help."""

_WHAT_INTERFACE = """\
Reports console output that shows personal data where the call is the user interface of a command-line program: under
`if __name__ == "__main__"`, in a click or typer command, a Django management command, or the `main` that argparse
feeds. What nobody has asked for there, such as what a management command says of one account after another, is reported
by PII103 and PII104."""

_FIX_INTERFACE = """\
Always unsafe: to wrap it in the project's `redactor`, to show a key instead, or to leave the value out changes what \
the program is for."""

_BAD_INTERFACE = (
    """\
import click


@click.command()
@click.argument("email")
def invite(email: str) -> None:
    click.echo(f"invited {email}")  # expect: PII105 email
""",
    """\
import sys


def phone_of(customer):
    return customer.phone


if __name__ == "__main__":
    from shop import load

    print(phone_of(load(sys.argv[1])))  # expect: PII105 phone
""",
)

_GOOD_INTERFACE = (
    """\
import click


@click.command()
@click.argument("email")
def invite(email: str) -> None:
    click.echo("invited")
""",
    """\
import sys


def count(customers) -> int:
    return len(customers)


if __name__ == "__main__":
    from shop import load_all

    print(count(load_all(sys.argv[1])))
""",
    """\
import argparse


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--email-template", help="an email address is put where {email} stands")
    options = parser.parse_args()
    print("using", options.email_template)
""",
)

_BAD_INTERFACE_ONLINE = (
    """\
import click


@click.command()
@click.argument("username")
def lock(username: str) -> None:
    click.echo("locked " + username)  # expect: PII106 username
""",
    """\
def show(advertising_id: str) -> None:
    print("seen:", advertising_id)  # expect: PII106 device_id


if __name__ == "__main__":
    import sys

    show(sys.argv[1])
""",
)

_GOOD_INTERFACE_ONLINE = (
    """\
import click


@click.command()
@click.argument("username")
def lock(username: str) -> None:
    click.echo("locked one account")
""",
    """\
if __name__ == "__main__":
    print("no device was seen")
""",
    """\
import click


@click.command()
@click.argument("username")
def exists(username: str) -> None:
    click.echo(f"{len(username)} characters")
""",
)

_LIBRARY = Rule(
    code="PII103",
    name="personal-data-on-console",
    summary="Personal data on the console, from library code",
    message="console output shows {what}: {source}",
    what=_WHAT_LIBRARY,
    why=_WHY_LIBRARY,
    bad=_BAD_LIBRARY,
    good=_GOOD_LIBRARY,
    instead="Delete the line, or log an opaque identifier at debug level. A logger can be turned down, "
    "filtered and kept for a known time; the console can't.",
    kinds=frozenset({"print"}),
    standing="direct",
    fix_safety=_FIX_LIBRARY,
)

_INTERFACE = Rule(
    code="PII105",
    name="personal-data-on-interface",
    summary="Personal data in the output of a command-line program",
    message="program's output shows {what}: {source}",
    what=_WHAT_INTERFACE,
    why=_WHY_INTERFACE,
    bad=_BAD_INTERFACE,
    good=_GOOD_INTERFACE,
    instead="Say what was done and how often. Show a person's data only to someone who asked for that person, and "
    "put it behind an option such as `--show-personal-data` where the program also runs unattended.",
    kinds=frozenset({"print"}),
    standing="direct",
    default=False,
    interface=True,
    fix_safety=_FIX_INTERFACE,
)

RULES: tuple[Rule, ...] = (
    _LIBRARY,
    _LIBRARY.online(
        bad=_BAD_LIBRARY_ONLINE,
        good=_GOOD_LIBRARY_ONLINE,
        instead="Delete the line, or show the account's opaque id.",
    ),
    _INTERFACE,
    _INTERFACE.online(
        bad=_BAD_INTERFACE_ONLINE,
        good=_GOOD_INTERFACE_ONLINE,
        instead="Say what was done and how often.",
    ),
)
