"""5xx: personal data that is written into the code itself.

The bad examples have to hold values that are reported, so they can't be those that are published for tests. They are
made up, with a right checksum, such that nobody can have them: a Chinese number with the serial number 000, a Polish
one of somebody born in 1863, a German account at a bank with a code that no bank has, a card of a range that is not
given out, devices of a range for laboratories, addresses that Gmail does not allow (an underscore; five letters),
streets with postcodes of no place.
"""

from __future__ import annotations

from discreet.rules.rule import Rule

_BAD = (
    """\
def seed(session) -> None:
    session.add(Customer(id=7, id_card="110101190003070002"))  # expect: PII501 national_id
    session.add(Customer(id=8, iban="DE55 9010 2030 4157 2683 91"))  # expect: PII501 bank_account
""",
    """\
def refund(order) -> None:
    # failed for PESEL 63812905273, see the ticket  # expect: PII501 national_id
    order.refund()
""",
    '''\
def parse(line: str) -> list[str]:
    """Cut a line of the bank's report.

    >>> parse("7;2720 9948 1736 2055;12.50")  # expect: PII501 card_number
    """
    return line.split(";")
''',
)

_GOOD = (
    """\
def seed(session) -> None:
    session.add(Customer(id=7, id_card="11010519491231002X"))  # the example of GB 11643
    session.add(Customer(id=8, iban="DE89 3704 0044 0532 0130 00"))  # the example of the registry
    session.add(Customer(id=9, card="4242 4242 4242 4242"))  # a card for tests
""",
    """\
STARTED = 63812905273
TRACKING = "63812905273"
REVISION = "110101190003070003"
""",
    """\
COMPANY = {"vat_id": "DE136695976", "isbn": "978-0-471-11709-4"}
""",
    """\
def seed(session) -> None:
    session.add(Customer(id=7, pesel="63812905273"))  # pii: none -- invented: nobody lives who was born in 1863
""",
)

_BAD_ONLINE = (
    """\
def unlock(client) -> None:
    client.unlock(imei="001017482639518")  # expect: PII502 device_id
""",
    """\
# reset by hand for IMEI 004401827364593  # expect: PII502 device_id
RESET = True
""",
)

_GOOD_ONLINE = (
    """\
def unlock(client) -> None:
    client.unlock(imei="490154203237518")  # the example of the standard
""",
    """\
def unlock(client, imei: str) -> None:
    client.unlock(imei=imei)
""",
    """\
ORDER = "001017482639518"
""",
)

_NUMBER = Rule(
    code="PII501",
    name="personal-data-in-code",
    summary="Personal data written into the code: numbers of persons, cards and accounts",
    message="code holds {what}: {source}",
    what="Reports personal data that stands in a literal, a comment, a docstring or a notebook's output: numbers of "
    "identity and tax, of health insurance, payment cards and accounts. Checksum, and date and region where there"
    " are any, must be right, and a word beside the number must say what it is, unless it is written as only such"
    " a number is. Numbers that are published for tests, printed in standards, handed to a check "
    "(`is_valid_ssn(...)`) or shown by a doctest, called examples, or plainly made up are passed over; in a directory "
    "of examples any is a guess of low confidence, and in tests, where most are made up, they are held back "
    "(`--include-tests`).",
    why="Code is copied to every laptop and every server, kept for ever in the history, and often published. A number"
    " in it was mostly somebody's: copied from a ticket, a log or the production database to try something out. "
    "It can't be deleted when its owner asks, and nobody knows that it is there (CWE-540, CWE-615).",
    bad=_BAD,
    good=_GOOD,
    instead="Take a number that is published for tests, or let a generator such as Faker make one. Where a number is "
    "invented, or published, say so on its line: `# pii: none -- invented`. What was a person's has to be taken "
    "out of the history as well.",
    kinds=frozenset({"literal"}),
    standing="direct",
    fix_safety="Unsafe: a number of the same kind that is printed in a standard or given out for tests takes its "
    "place, grouped in the same way, wherever the old one stands in the file. What looks for the old one, in a "
    "database or in another file, no longer finds it. No automatic fix in an f-string and in a notebook, and where "
    "no such number is known.",
)

_BAD_CONTACT = (
    """\
NOTIFY = ["agata_wrobel.kossakowska@gmail.com"]  # expect: PII503 email
""",
    '''\
def parse(row: dict) -> dict:
    """Clean a row of the sign-up form.

    Fails for "ilkay@gmail.com " (a space), and then nobody is told.  # expect: PII503 email
    """
    return {key: value.strip() for key, value in row.items()}
''',
)

_GOOD_CONTACT = (
    """\
NOTIFY = ["agata.wrobel@example.org", "support@discreet.dev", "noreply@gmail.com"]
HELP = "+44 20 7946 0123"
CELL = "(212) 555-0123"
""",
    '''\
"""Reads sign-up forms.

Written by Agata Wrobel <agata_wrobel.kossakowska@gmail.com>
"""

__author__ = "agata_wrobel.kossakowska@gmail.com"
''',
    """\
REMOTE = "git@github.com:someone/something.git"
PINNED = "something@1.2.3"
""",
)

_CONTACT = Rule(
    code="PII503",
    name="contact-data-in-code",
    summary="A person's address or telephone number written into the code",
    message="code holds {what}: {source}",
    what="Reports mail addresses and telephone numbers that stand in a literal, a comment, a docstring or a notebook's"
    " output and look like a person's: a mailbox at a provider for private people, a number in use beside a word "
    "for it. Passed over are addresses of offices and machines, what is published on purpose (authors, "
    "maintainers, licences), domains that are reserved or that everybody takes for an example, and numbers that "
    "are kept for stories. An address of two names at a company, and an international number with nothing beside "
    "it, are guesses of low confidence.",
    why="As with numbers of identity: the history keeps it, every copy of the code spreads it, and whoever tries the "
    "code out may write to a stranger or call one.",
    bad=_BAD_CONTACT,
    good=_GOOD_CONTACT,
    instead="Take an address at `example.org`, and a number that is kept for stories (`+1 212 555 0123`, `020 7946 "
    "0123`). Put those of the people in charge into the configuration.",
    kinds=frozenset({"literal"}),
    standing="direct",
    categories=frozenset({"email", "phone"}),
    fix_safety="Unsafe: an address at `example.com`, or a number of the same country that is kept for stories, "
    "takes its place wherever the old one stands in the file. What looks for the old one, in a database or in "
    "another file, no longer finds it. No automatic fix in an f-string and in a notebook, and where no such number "
    "is known.",
)

_BAD_HOME = (
    """\
def seed(session) -> None:
    session.add(Customer(id=7, home_address="4827 Quiet Heron Lane, Dayton, OH 00947"))  # expect: PII505 postal_address
""",
    """\
PATIENTS = [{"first_name": "Agata", "lives": "Reiherstillgasse 47, 00958 Bremen"}]  # expect: PII505 postal_address
""",
)

_GOOD_HOME = (
    """\
def seed(session) -> None:
    session.add(Customer(id=7, home_address="123 Main Street, Springfield, IL 62704"))
    session.add(Customer(id=8, home_address="Musterstraße 12, 12345 Musterstadt"))
    session.add(Customer(id=9, home_address="221B Baker Street, London, NW1 6XE"))
""",
    """\
# You should have received a copy of the license; if not, write to the Free Software Foundation, Inc.,
# 51 Franklin Street, Fifth Floor, Boston, MA 02110-1301 USA
OFFICE = "4827 Quiet Heron Lane, Dayton, OH 00947"
""",
    """\
def distance(geocode) -> float:
    return geocode("4827 Quiet Heron Lane, Dayton, OH 00947").distance
""",
)

_HOME = Rule(
    code="PII505",
    name="postal-address-in-code",
    summary="A person's postal address written into the code",
    message="code holds {what}: {source}",
    what="Reports postal addresses that stand on one line of a literal, a comment, a docstring or a notebook's output,"
    " where a name or a key beside them says that they are a person's: a home or a delivery address, or one that "
    "stands with a first name or a date of birth. Known are the forms of the United States, the United Kingdom, "
    "Germany, the Netherlands, France, Italy, Spain, China and Japan, complete with street, number, postcode and "
    "town. Passed over are addresses of offices, shops and sights, famous ones, and those that everybody makes up. "
    "Where only a word such as `address` speaks for it, it is a guess of low confidence.",
    why="Where somebody lives can't be changed like a password, and the history keeps it. Whoever copies the code "
    "knows where to find them (CWE-540, CWE-615).",
    bad=_BAD_HOME,
    good=_GOOD_HOME,
    instead="Let a generator such as Faker make an address, or take one that everybody knows to be nobody's (`123 Main "
    "Street`). Where one is invented, or published, say so on its line: `# pii: none -- invented`. What was a "
    "person's has to be taken out of the history as well.",
    kinds=frozenset({"literal"}),
    standing="direct",
    default=False,
    categories=frozenset({"postal_address"}),
    fix_safety="No automatic fix: nobody keeps postal addresses for tests, and only a person can say what "
    "depends on it.",
)

RULES: tuple[Rule, ...] = (
    _NUMBER,
    _NUMBER.online(
        bad=_BAD_ONLINE,
        good=_GOOD_ONLINE,
        summary="An online identifier written into the code: the number of a telephone or of its card",
        what="Reports an online identifier (the number of a telephone, IMEI or MEID, or of its card, IMSI) that stands"
        " in a literal, a comment, a docstring or a notebook's output, where a word beside it says what it is and"
        " the checksum is right.",
    ),
    _CONTACT,
    _HOME,
)
