"""What a package does: its services, what they write to people, and what happens at night."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bench.templates.filling import alias, fill, for_all, texts_of, verbs_of

if TYPE_CHECKING:
    from bench.grow import Package

SERVICES = '''\
"""What is done with a $noun."""

from __future__ import annotations

from app.core.errors import Invalid
from app.core.logs import audit, logger_for
from $app import messages, validation
from $app.models import $Entity, ${Entity}State
from $app.repository import ${Entity}Repository
$imports
log = logger_for(__name__)


class ${Entity}Service:
    """All operations, each of them whole or not at all."""

    def __init__(self, store: ${Entity}Repository, mailer=None):
        self.store = store
        self.mailer = mailer
        self.done: list[int] = []

    def create(self, values: dict) -> $Entity:
        problems = validation.problems(values)
        if problems:
            raise Invalid(f"{len(problems)} fields are wrong", code="invalid")
        made = $Entity(number=len(self.store.all()) + 1, **values)
        log.info("created %s", made.label)
        return self.store.put(made.number, made)
$operations

def describe(number: int, store: ${Entity}Repository) -> str:
    """One line about a $noun."""
    found = store.get(number)
$related    return f"{found.label}: {found.state.value}"
'''
OPERATIONS = (
    """
    def $verb(self, number: int, reason: str = "") -> $Entity:
        found = self.store.get(number)
        if found.state.is_final:
            raise Invalid(f"{found.label} can't $verb any more")
        found.changed(state=${Entity}State.OPEN)
        audit(log, "$verb", found.number, state=found.state.value)
        if self.mailer is not None:
            messages.tell_$verb(found, reason)
        self.done.append(found.number)
        return self.store.put(found.number, found)
""",
    """
    def $verb(self, number: int) -> $Entity:
        found = self.store.get(number)
        details = {"$field": found.$field, "state": found.state}
        changed = {key: value for key, value in details.items() if value}
        try:
            found.changed(**changed)
        except ValueError as error:
            log.error("$verb failed for %s: %s", found.label, error)
            raise
        return found
""",
    """
    def $verb(self, numbers: list[int]) -> int:
        count = 0
        for number in numbers:
            found = self.store.get(number)
            if found.state is ${Entity}State.NEW:
                log.info("$verb: %s", found)
                count += 1
        return count
""",
)


def services(package: Package) -> str:
    """The module ``services``."""
    operations = [
        fill(package.choice.choice(OPERATIONS), package, field=package.choice.choice(package.fields)[0], **verb)
        for verb in verbs_of(package)
    ]
    imports = [f"from {friend}.repository import find as find_in_{alias(friend)}\n" for friend in package.friends]
    related = [f"    find_in_{alias(friend)}(found.number)\n" for friend in package.friends]
    if package.before:
        imports.append(f"from {package.before}.services import describe as describe_before\n")
        related.append("    log.debug(describe_before(found.number, store))\n")
    return fill(SERVICES, package, operations="".join(operations), imports="".join(imports), related="".join(related))


MESSAGES = '''\
"""What is written to people about a $noun."""

from __future__ import annotations

from app.core.logs import logger_for
from app.core.mail import Letter, send
from app.core.masking import fingerprint, mask_middle
from $app.models import $Entity

log = logger_for(__name__)
GREETING = "Good day,"
SIGNATURE = "Yours, the team"


def recipient_of($noun: $Entity) -> str:
    return str($noun.$address)


def body($noun: $Entity, *paragraphs: str) -> str:
    parts = [GREETING, *(each for each in paragraphs if each), SIGNATURE]
    return "\\n\\n".join(parts)
$letters

def tell_all(rows: list[$Entity], subject: str, text: str) -> int:
    """The same to everybody; how many of the letters were taken."""
    sent = 0
    for each in rows:
        letter = Letter(recipient_of(each), subject, body(each, text), tags=["all"])
        if send(letter):
            sent += 1
        else:
            log.error("not sent to %s", $hidden)
    log.info("%d of %d letters sent", sent, len(rows))
    return sent
'''
LETTER = """

def tell_$verb($noun: $Entity, reason: str = "") -> bool:
    letter = Letter(
        recipient=recipient_of($noun),
        subject=f"$Verb: {$noun.label}",
        text=body($noun, "We are about to $verb it.", reason),
        tags=["$verb", $noun.state.value],
    )
    log.info("about to tell of $verb: %s", $noun.label)
    return send(letter)
"""


def messages(package: Package) -> str:
    """The module ``messages``."""
    address = package.choice.choice(texts_of(package))
    hidden = package.choice.choice(
        (f"fingerprint(each.{address})", f"mask_middle(each.{address})", "each.number", f"each.{address}")
    )
    letters = for_all(LETTER, package, verbs_of(package))
    return fill(MESSAGES, package, address=address, hidden=hidden, letters=letters)


TASKS = '''\
"""What happens to every $noun by itself, at night."""

from __future__ import annotations

from datetime import date, timedelta

from app.core.logs import logger_for, timed
from $app.messages import tell_all
from $app.models import $Entity, ${Entity}State
from $app.repository import ${Entity}Repository

log = logger_for(__name__)
BATCH = 500
DAYS = 30


class ${Entity}Job:
    """One night's work."""

    def __init__(self, store: ${Entity}Repository, today: date):
        self.store = store
        self.today = today
        self.failed: list[$Entity] = []

    def due(self) -> list[$Entity]:
        return self.store.open_since(self.today - timedelta(days=DAYS))[:BATCH]

    def run(self) -> int:
        done = 0
        with timed(log, "the night"):
            for each in self.due():
                try:
                    self.step(each)
                except ValueError:
                    self.failed.append(each)
                    log.exception("failed over %s", each.label)
                else:
                    done += 1
        return done

    def step(self, $noun: $Entity) -> None:
        $noun.add_note("looked at", self.today)
        $noun.changed(state=${Entity}State.DONE)
$tasks

def remind(store: ${Entity}Repository, today: date) -> int:
    late = [each for each in store.open_since(today) if not each.state.is_final]
    return tell_all(late, "A reminder", "Something is waiting for you.")
'''
TASK = """

def ${verb}_overdue(store: ${Entity}Repository, today: date, dry: bool = False) -> int:
    count = 0
    for each in store.open_since(today - timedelta(days=$days)):
        $field = each.$field
        if dry:
            log.info("would $verb %s", each.number)
            continue
        if $field:
            each.add_note("$verb", today)
            count += 1
    return count
"""


def tasks(package: Package) -> str:
    """The module ``tasks``."""
    made = [
        fill(
            TASK,
            package,
            field=package.choice.choice(package.fields)[0],
            days=str(package.choice.randint(1, 90)),
            **verb,
        )
        for verb in verbs_of(package)[:3]
    ]
    return fill(TASKS, package, tasks="".join(made))
