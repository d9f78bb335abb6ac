"""2xx, third part: what reaches people and other services on purpose. All off by default.

A mail that greets its reader by name is no leak. These rules are for those who want to see every such place,
for a record of processing, or because their chat channels and queues have more readers than they should.
"""

from __future__ import annotations

from discreet.rules.rule import Rule

_BAD_MESSAGE = (
    """\
from django.core.mail import mail_admins


def refuse(applicant) -> None:
    mail_admins("refused", f"born on {applicant.date_of_birth}")  # expect: PII211 date_of_birth
""",
    """\
from slack_sdk import WebClient

slack = WebClient(token="")


def announce(customer_name: str) -> None:
    slack.chat_postMessage(channel="#sales", text=f"new customer: {customer_name}")  # expect: PII211 name
""",
)

_GOOD_MESSAGE = (
    """\
from django.core.mail import mail_admins


def refuse(application_id: int) -> None:
    mail_admins("refused", f"application {application_id}")
""",
    """\
from slack_sdk import WebClient

slack = WebClient(token="")


def announce(customers) -> None:
    slack.chat_postMessage(channel="#sales", text=f"{len(customers)} new customers")
""",
    """\
from slack_sdk import WebClient

slack = WebClient(token="")


def failed(email_template: str) -> None:
    slack.chat_postMessage(channel="#mail", text=f"can't render {email_template}")
""",
)

_BAD_MESSAGE_ONLINE = (
    """\
from slack_sdk import WebClient

slack = WebClient(token="")


def locked(username: str) -> None:
    slack.chat_postMessage(channel="#help", text="locked: " + username)  # expect: PII212 username
""",
    """\
from django.core.mail import mail_admins


def attack(client_ip: str) -> None:
    mail_admins("attack", f"from {client_ip}")  # expect: PII212 ip_address
""",
)

_GOOD_MESSAGE_ONLINE = (
    """\
from slack_sdk import WebClient

slack = WebClient(token="")


def locked(user_id: int) -> None:
    slack.chat_postMessage(channel="#help", text=f"locked: {user_id}")
""",
    """\
from django.core.mail import mail_admins


def attack(attempts: int) -> None:
    mail_admins("attack", f"{attempts} attempts")
""",
    """\
from django.core.mail import mail_admins


def sweep(usernames: list[str]) -> None:
    mail_admins("sweep", f"{len(usernames)} idle accounts")
""",
)

_MESSAGE = Rule(
    code="PII211",
    name="personal-data-in-message",
    summary="Personal data in a mail, a text message or a chat",
    message="outgoing message shows {what}: {source}",
    what="Reports personal data in the text, the subject or the attachments of a message that the program sends: "
    "smtplib, Django's mail, SES, SendGrid, Twilio, Slack, Teams, Telegram, Discord and their like.",
    why="A message can't be called back. Mail lies in the open on servers between, a text message more so, and a chat "
    "channel has readers who joined for something else. To greet a person by their name is what messages are for, and "
    "so this rule is off by default; it is for finding the messages that go to others.",
    bad=_BAD_MESSAGE,
    good=_GOOD_MESSAGE,
    instead="Send a link to the record, which asks its reader to log in.",
    kinds=frozenset({"message"}),
    standing="direct",
    default=False,
)

_BAD_QUEUE = (
    """\
from celery import shared_task


@shared_task
def welcome(address: str) -> None: ...


def sign_up(email: str) -> None:
    welcome.delay(email)  # expect: PII213 email
""",
    """\
import json

from kafka import KafkaProducer

producer = KafkaProducer()


def publish(customer) -> None:
    event = {"id": customer.id, "phone": customer.phone_number}
    producer.send("customers", value=json.dumps(event).encode())  # expect: PII213 phone
""",
)

_GOOD_QUEUE = (
    """\
from celery import shared_task


@shared_task
def welcome(user_id: int) -> None: ...


def sign_up(user_id: int, email: str) -> None:
    welcome.delay(user_id)
""",
    """\
import json

from kafka import KafkaProducer

producer = KafkaProducer()


def publish(customer) -> None:
    producer.send("customers", value=json.dumps({"id": customer.id}).encode())
""",
    """\
from celery import shared_task


@shared_task
def report(count: int) -> None: ...


def nightly(emails: list[str]) -> None:
    report.delay(len(emails))
""",
)

_BAD_QUEUE_ONLINE = (
    """\
from celery import shared_task


@shared_task
def sync(account: str) -> None: ...


def renamed(username: str) -> None:
    sync.delay(username)  # expect: PII214 username
""",
    """\
from kafka import KafkaProducer

producer = KafkaProducer()


def seen(advertising_id: str) -> None:
    producer.send("devices", value=advertising_id.encode())  # expect: PII214 device_id
""",
)

_GOOD_QUEUE_ONLINE = (
    """\
from celery import shared_task


@shared_task
def sync(user_id: int) -> None: ...


def renamed(user_id: int, username: str) -> None:
    sync.delay(user_id)
""",
    """\
from kafka import KafkaProducer

producer = KafkaProducer()


def seen(model: str) -> None:
    producer.send("devices", value=model.encode())
""",
    """\
from celery import shared_task


@shared_task
def ping() -> None: ...


def login(username: str) -> None:
    ping.delay()
""",
)

_QUEUE = Rule(
    code="PII213",
    name="personal-data-in-queue",
    summary="Personal data put on a queue",
    message="queued task or event carries {what}: {source}",
    what="Reports personal data among the arguments of a queued task or in the value, the key or the headers of an "
    "event: Celery, RQ, Dramatiq, Kafka, RabbitMQ, SQS, Pub/Sub, Kinesis and their like.",
    why="A broker stores what it passes on, dead letters are kept until somebody looks, task monitors and worker logs "
    "show the arguments, and each new consumer of a topic is a recipient that nobody asked about.",
    bad=_BAD_QUEUE,
    good=_GOOD_QUEUE,
    instead="Queue the record's id and let the worker read the rest, which is then also up to date.",
    kinds=frozenset({"queue"}),
    standing="direct",
    default=False,
)

_BAD_RESPONSE = (
    """\
from flask import Flask, jsonify

app = Flask(__name__)


@app.get("/members/<int:member_id>")
def member(member_id: int):
    found = load(member_id)
    return jsonify({"id": member_id, "phone": found.phone_number})  # expect: PII217 phone
""",
    """\
from django.http import JsonResponse


def owner(request, patient_id):
    patient = load(patient_id)
    return JsonResponse({"ssn": patient.ssn})  # expect: PII217 national_id
""",
)

_GOOD_RESPONSE = (
    """\
from flask import Flask, jsonify

app = Flask(__name__)


@app.get("/members/<int:member_id>")
def member(member_id: int):
    return jsonify({"id": member_id})
""",
    """\
from django.http import JsonResponse


def owner(request, patient_id):
    patient = load(patient_id)
    return JsonResponse({"insured": bool(patient.ssn)})
""",
    """\
from django.http import JsonResponse


def check(request):
    return JsonResponse({"valid": "@" in request.POST["email"]})
""",
)

_BAD_RESPONSE_ONLINE = (
    """\
from django.http import JsonResponse


def last_seen(request, account_id):
    username = load(account_id).username
    return JsonResponse({"user": username})  # expect: PII218 username
""",
    """\
from flask import Flask, jsonify, request

app = Flask(__name__)


@app.get("/whoami")
def whoami():
    return jsonify(ip=request.remote_addr)  # expect: PII218 ip_address
""",
)

_GOOD_RESPONSE_ONLINE = (
    """\
from django.http import JsonResponse


def last_seen(request, account_id):
    return JsonResponse({"account": account_id})
""",
    """\
from flask import Flask, jsonify

app = Flask(__name__)


@app.get("/health")
def health():
    return jsonify(status="up")
""",
    """\
from django.http import JsonResponse


def taken(request, username):
    return JsonResponse({"taken": len(username) < 3})
""",
)

_RESPONSE = Rule(
    code="PII217",
    name="personal-data-in-response",
    summary="Personal data in a response",
    message="response returns {what}: {source}",
    what="Reports personal data that a web application writes into a response: what a view returns through Django, "
    "Flask, FastAPI or Starlette, in the body or in a header.",
    why="To show people their own data is what most applications are for, and so this rule is off by default. It is "
    "for endpoints that answer everybody, and for those who list which endpoint returns what: a view that returns "
    "more than its page shows is the commonest leak of an interface (OWASP API3, CWE-213).",
    bad=_BAD_RESPONSE,
    good=_GOOD_RESPONSE,
    instead="Return the fields that the reader needs, named one by one, never a whole record.",
    kinds=frozenset({"response"}),
    standing="direct",
    default=False,
)

RULES: tuple[Rule, ...] = (
    _MESSAGE,
    _MESSAGE.online(bad=_BAD_MESSAGE_ONLINE, good=_GOOD_MESSAGE_ONLINE),
    _QUEUE,
    _QUEUE.online(bad=_BAD_QUEUE_ONLINE, good=_GOOD_QUEUE_ONLINE),
    _RESPONSE,
    _RESPONSE.online(bad=_BAD_RESPONSE_ONLINE, good=_GOOD_RESPONSE_ONLINE),
)
