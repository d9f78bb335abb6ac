"""2xx and 3xx, last part: where personal data is meant to be, in the project's own database, with chosen services, in
documents that are made for somebody.

All these rules are off by default. They are for whoever lists what goes where, and for the few calls that give more
than was meant.
"""

from __future__ import annotations

from discreet.rules.rule import Rule

_BAD_DATABASE = (
    """\
import sqlite3

database = sqlite3.connect("shop.db")


def subscribe(customer) -> None:
    database.execute("INSERT INTO subscribers VALUES (?)", (customer.email,))  # expect: PII311 email
""",
    """\
from elasticsearch import Elasticsearch

index = Elasticsearch("https://search.internal:9200")


def publish(patient) -> None:
    index.index(index="patients", document={"born": patient.date_of_birth})  # expect: PII311 date_of_birth
""",
)

_GOOD_DATABASE = (
    """\
import sqlite3

database = sqlite3.connect("shop.db")


def subscribe(customer) -> None:
    database.execute("INSERT INTO subscribers VALUES (?)", (customer.id,))
""",
    """\
from elasticsearch import Elasticsearch

index = Elasticsearch("https://search.internal:9200")


def publish(patient) -> None:
    index.index(index="patients", document={"id": patient.id, "known": patient.date_of_birth is not None})
""",
    """\
import sqlite3

database = sqlite3.connect("shop.db")


def count(emails: list[str]) -> None:
    database.execute("INSERT INTO counts VALUES (?)", (len(emails),))
""",
)

_BAD_DATABASE_ONLINE = (
    """\
import sqlite3

database = sqlite3.connect("shop.db")


def seen(username: str) -> None:
    database.execute(f"UPDATE logins SET seen = 1 WHERE who = '{username}'")  # expect: PII312 username
""",
    """\
from pymongo import MongoClient

visits = MongoClient().get_database("shop").get_collection("visits")


def visit(request) -> None:
    visits.insert_one({"ip": request.META["REMOTE_ADDR"]})  # expect: PII312 ip_address
""",
)

_GOOD_DATABASE_ONLINE = (
    """\
import sqlite3

database = sqlite3.connect("shop.db")


def seen(user_id: int) -> None:
    database.execute("UPDATE logins SET seen = 1 WHERE who = ?", (user_id,))
""",
    """\
from pymongo import MongoClient

visits = MongoClient().get_database("shop").get_collection("visits")


def visit(request) -> None:
    visits.insert_one({"path": request.path})
""",
    """\
import sqlite3

database = sqlite3.connect("shop.db")


def taken(username: str) -> None:
    database.execute("INSERT INTO lengths VALUES (?)", (len(username),))
""",
)

_DATABASE = Rule(
    code="PII311",
    name="personal-data-in-database",
    summary="Personal data in a database",
    message="database is given {what}: {source}",
    what="Reports personal data among the parameters or in the text of a query, in a stored document, or in what is "
    "given to a search index or a vector store: sqlite3, psycopg, SQLAlchemy, MongoDB, DynamoDB, BigQuery, "
    "Elasticsearch, Pinecone and their like.",
    why="The project's own database is where personal data belongs, and so this rule is off by default. It is for "
    "listing which call stores what, and for the indices beside the database, which are made to be searched and are "
    "forgotten when a person's data is to be deleted (GDPR articles 17 and 30).",
    bad=_BAD_DATABASE,
    good=_GOOD_DATABASE,
    instead="Store what a purpose needs, with the date it is to be deleted. Hand values over as parameters, never in "
    "the query's text, which is logged.",
    kinds=frozenset({"database"}),
    standing="direct",
    default=False,
)

_BAD_SERVICE = (
    """\
import stripe


def register(customer) -> None:
    stripe.Customer.create(email=customer.email, metadata={"tax": customer.tax_id})  # expect: PII219 email, tax_id
""",
    """\
import googlemaps

maps = googlemaps.Client(key="...")


def locate(patient) -> list:
    return maps.geocode(patient.home_address)  # expect: PII219 postal_address
""",
)

_GOOD_SERVICE = (
    """\
import stripe


def register(customer) -> None:
    stripe.Customer.create(metadata={"customer": customer.id})
""",
    """\
import googlemaps

maps = googlemaps.Client(key="...")


def locate(shop_url: str) -> list:
    return maps.geocode(shop_url)
""",
    """\
import stripe


def register(emails: list[str]) -> None:
    stripe.Customer.create(metadata={"addresses": len(emails)})
""",
)

_BAD_SERVICE_ONLINE = (
    """\
import stripe


def register(username: str) -> None:
    stripe.Customer.create(description=username)  # expect: PII220 username
""",
    """\
import deepl

translator = deepl.Translator("...")


def greet(username: str) -> str:
    return translator.translate_text(f"welcome, {username}", target_lang="FR").text  # expect: PII220 username
""",
)

_GOOD_SERVICE_ONLINE = (
    """\
import stripe


def register(user_id: int) -> None:
    stripe.Customer.create(description=str(user_id))
""",
    """\
import deepl

translator = deepl.Translator("...")


def greet(username: str) -> str:
    return translator.translate_text("welcome", target_lang="FR").text + username
""",
    """\
import stripe


def register(usernames: list[str]) -> None:
    stripe.Customer.create(description=f"{len(usernames)} accounts")
""",
)

_SERVICE = Rule(
    code="PII219",
    name="personal-data-to-service",
    summary="Personal data given to a service that is there for it",
    message="service is given {what}: {source}",
    what="Reports personal data that is given to a service which exists to be given it: payment, customer records, "
    "accounts, addresses, translation, as with Stripe, HubSpot, Intercom, Salesforce, Cognito, Google Maps and DeepL.",
    why="The person pays through it, or the project has chosen it for this, and so the rule is off by default. Each "
    "of these calls is a recipient to be named all the same, and what stands in a description or among metadata is "
    "seen by more people than the record (GDPR articles 13(1)(e) and 28).",
    bad=_BAD_SERVICE,
    good=_GOOD_SERVICE,
    instead="Give the service the fields its purpose needs, and keep descriptions and metadata to identifiers.",
    kinds=frozenset({"service"}),
    standing="direct",
    default=False,
)

_BAD_DOCUMENT = (
    """\
from docx import Document


def discharge(patient) -> None:
    letter = Document()
    letter.add_paragraph(f"Diagnosis: {patient.diagnosis}")  # expect: PII313 health
    letter.save("letter.docx")
""",
    """\
from reportlab.pdfgen.canvas import Canvas


def badge(employee) -> None:
    page = Canvas("badge.pdf")
    page.drawString(72, 700, employee.full_name)  # expect: PII313 name
    page.save()
""",
)

_GOOD_DOCUMENT = (
    """\
from docx import Document


def discharge(patient) -> None:
    letter = Document()
    letter.add_paragraph(f"Record {patient.id}")
    letter.save("letter.docx")
""",
    """\
from reportlab.pdfgen.canvas import Canvas


def badge(employee) -> None:
    page = Canvas("badge.pdf")
    page.drawString(72, 700, "VISITOR" if employee.full_name is None else "STAFF")
    page.save()
""",
    """\
from docx import Document


def report(emails: list[str]) -> None:
    letter = Document()
    letter.add_paragraph(f"{len(emails)} people were written to")
""",
)

_BAD_DOCUMENT_ONLINE = (
    """\
from fpdf import FPDF


def certificate(username: str) -> None:
    page = FPDF()
    page.cell(40, 10, username)  # expect: PII314 username
""",
    """\
import qrcode


def invite(username: str) -> None:
    qrcode.make(f"https://chat.example/{username}").save("invite.png")  # expect: PII314 username
""",
)

_GOOD_DOCUMENT_ONLINE = (
    """\
from fpdf import FPDF


def certificate(course: str) -> None:
    page = FPDF()
    page.cell(40, 10, course)
""",
    """\
import qrcode


def invite(user_id: int) -> None:
    qrcode.make(f"https://chat.example/{user_id}").save("invite.png")
""",
    """\
from fpdf import FPDF


def certificate(username: str) -> None:
    page = FPDF()
    page.cell(40, 10, "registered" if username else "guest")
""",
)

_DOCUMENT = Rule(
    code="PII313",
    name="personal-data-in-document",
    summary="Personal data in a document",
    message="document shows {what}: {source}",
    what="Reports personal data that is written into a document which is made to be read: Word, PDF, a code to be "
    "scanned, as with python-docx, ReportLab, fpdf2 and qrcode. Spreadsheets are exports: see PII301.",
    why="A letter is made for the person it speaks of, or for somebody who asked for it, and so this rule is off by "
    "default. It is for finding the documents that go to others: once it is printed or passed on, nobody can say "
    "who has it, and a title or an author in its properties survives every redaction.",
    bad=_BAD_DOCUMENT,
    good=_GOOD_DOCUMENT,
    instead="Print what its reader needs to act, and a reference for the rest.",
    kinds=frozenset({"document"}),
    standing="direct",
    default=False,
)

RULES: tuple[Rule, ...] = (
    _SERVICE,
    _SERVICE.online(bad=_BAD_SERVICE_ONLINE, good=_GOOD_SERVICE_ONLINE),
    _DATABASE,
    _DATABASE.online(bad=_BAD_DATABASE_ONLINE, good=_GOOD_DATABASE_ONLINE),
    _DOCUMENT,
    _DOCUMENT.online(bad=_BAD_DOCUMENT_ONLINE, good=_GOOD_DOCUMENT_ONLINE),
)
