"""3xx, second part: what a web application leaves with the browser, in its sessions and in object stores."""

from __future__ import annotations

from discreet.rules.rule import Rule

_BAD_COOKIE = (
    """\
from django.http import HttpResponse


def remember(request):
    response = HttpResponse("welcome")
    response.set_cookie("email", request.POST["email"])  # expect: PII305 email
    return response
""",
    """\
from flask import make_response


def checkout(customer):
    response = make_response("thank you")
    response.set_cookie("ship_to", customer.postal_address, max_age=3600)  # expect: PII305 postal_address
    return response
""",
)

_GOOD_COOKIE = (
    """\
from django.http import HttpResponse


def remember(request):
    request.session["remember"] = True
    response = HttpResponse("welcome")
    response.set_cookie("remembered", "yes")
    return response
""",
    """\
import secrets

from flask import make_response


def checkout(customer, baskets: dict):
    token = secrets.token_urlsafe()
    baskets[token] = customer.id
    response = make_response("thank you")
    response.set_cookie("basket", token, max_age=3600, httponly=True, secure=True)
    return response
""",
    """\
from django.http import HttpResponse


def no_mail(request):
    response = HttpResponse("saved")
    response.set_cookie("email_banner", "hidden")
    response.delete_cookie("email")
    return response
""",
)

_BAD_COOKIE_ONLINE = (
    """\
from flask import make_response


def login(username: str):
    response = make_response("hello")
    response.set_cookie("user", username)  # expect: PII306 username
    return response
""",
    """\
from starlette.responses import Response


def pin(advertising_id: str) -> Response:
    response = Response("pinned")
    response.set_cookie(key="device", value=advertising_id)  # expect: PII306 device_id
    return response
""",
)

_GOOD_COOKIE_ONLINE = (
    """\
from flask import make_response


def login(username: str):
    response = make_response("hello")
    response.set_cookie("known", "1" if username else "0")
    return response
""",
    """\
import secrets

from starlette.responses import Response


def pin(advertising_id: str, devices: dict) -> Response:
    token = secrets.token_urlsafe()
    devices[token] = advertising_id
    response = Response("pinned")
    response.set_cookie(key="device", value=token)
    return response
""",
    """\
from flask import make_response


def theme(colour: str):
    response = make_response("saved")
    response.set_cookie("theme", colour)
    return response
""",
)

_COOKIE = Rule(
    code="PII305",
    name="personal-data-in-cookie",
    summary="Personal data in a cookie",
    message="cookie carries {what}: {source}",
    what="Reports personal data in the value of a cookie that a response sets: Django, Flask, Starlette and FastAPI.",
    why="A cookie is stored in the open on a device that may be shared, is sent with every request from then on, and "
    "stands in the logs of what lies between. A signed cookie is only proof against change, not against reading "
    "(CWE-315, ePrivacy article 5(3)).",
    bad=_BAD_COOKIE,
    good=_GOOD_COOKIE,
    instead="Set a random token and keep the data on the server.",
    kinds=frozenset({"cookie"}),
    standing="direct",
)

_BAD_SESSION = (
    """\
from flask import session


def checkout(customer) -> None:
    session["phone"] = customer.phone_number  # expect: PII307 phone
""",
    """\
def checkout(request):
    request.session["email"] = request.POST["email"]  # expect: PII307 email
""",
)

_GOOD_SESSION = (
    """\
from flask import session


def checkout(customer) -> None:
    session["customer"] = customer.id
""",
    """\
def checkout(request, basket_id: int):
    request.session["basket"] = basket_id
""",
    """\
def checkout(request):
    request.session["has_email"] = bool(request.POST["email"])
""",
)

_BAD_SESSION_ONLINE = (
    """\
from flask import request, session


def start() -> None:
    session["ip"] = request.remote_addr  # expect: PII308 ip_address
""",
    """\
def login(request, username: str):
    request.session["user"] = username  # expect: PII308 username
""",
)

_GOOD_SESSION_ONLINE = (
    """\
from flask import session


def start(user_id: int) -> None:
    session["user"] = user_id
""",
    """\
def login(request, username: str):
    request.session["logged_in"] = True
""",
    """\
def login(request, usernames: list[str]):
    request.session["choices"] = len(usernames)
""",
)

_SESSION = Rule(
    code="PII307",
    name="personal-data-in-session",
    summary="Personal data in a session",
    message="session keeps {what}: {source}",
    what="Reports personal data that is put into a session of Django, Flask, Starlette or aiohttp.",
    why="Where a session is kept is a matter of configuration: in Flask, and in Django with one setting, it is a "
    "cookie that its holder can read; elsewhere it is a cache or a table that outlives the visit. The rule is off by "
    "default, since a session on the server is often the right place.",
    bad=_BAD_SESSION,
    good=_GOOD_SESSION,
    instead="Keep the record's id in the session and read the rest when it is needed.",
    kinds=frozenset({"session"}),
    standing="direct",
    default=False,
)

_BAD_STORAGE = (
    """\
import boto3

s3 = boto3.client("s3")


def archive(customer) -> None:
    s3.put_object(Bucket="archive", Key="last-customer", Body=customer.email.encode())  # expect: PII309 email
""",
    """\
from google.cloud import storage


def archive(patient, letter: bytes) -> None:
    bucket = storage.Client().bucket("letters")
    blob = bucket.blob("latest")
    blob.upload_from_string(patient.full_name)  # expect: PII309 name
""",
)

_GOOD_STORAGE = (
    """\
import boto3

s3 = boto3.client("s3")


def archive(customer) -> None:
    s3.put_object(Bucket="archive", Key="last-customer", Body=str(customer.id).encode())
""",
    """\
import boto3

s3 = boto3.client("s3")


def archive(email_template: str, data: bytes) -> None:
    s3.put_object(Bucket="templates", Key=email_template, Body=data)
""",
    """\
import boto3

s3 = boto3.client("s3")


def archive(emails: list[str]) -> None:
    s3.put_object(Bucket="counts", Key="today", Body=str(len(emails)).encode())
""",
)

_BAD_STORAGE_ONLINE = (
    """\
import boto3

s3 = boto3.client("s3")


def avatar(username: str, data: bytes) -> None:
    s3.put_object(Bucket="avatars", Key=username, Body=data)  # expect: PII310 username
""",
    """\
import boto3

s3 = boto3.client("s3")


def seen(advertising_id: str) -> None:
    s3.put_object(Bucket="devices", Key="last", Body=advertising_id.encode())  # expect: PII310 device_id
""",
)

_GOOD_STORAGE_ONLINE = (
    """\
import uuid

import boto3

s3 = boto3.client("s3")


def avatar(username: str, data: bytes) -> None:
    s3.put_object(Bucket="avatars", Key=str(uuid.uuid4()), Body=data)
""",
    """\
import boto3

s3 = boto3.client("s3")


def seen(model: str) -> None:
    s3.put_object(Bucket="devices", Key="last", Body=model.encode())
""",
    """\
import boto3

s3 = boto3.client("s3")


def empty(username: str) -> None:
    s3.put_object(Bucket="avatars", Key="none", Body=b"")
""",
)

_STORAGE = Rule(
    code="PII309",
    name="personal-data-in-object-store",
    summary="Personal data in an object store",
    message="stored object is given {what}: {source}",
    what="Reports personal data in the content, the key, the metadata or the tags of an object: S3, Google Cloud "
    "Storage, Azure Blob Storage.",
    why="Buckets are opened to the world by one line of policy, listed by key, copied to other regions and kept in old "
    "versions. A key that holds a person's address shows it in every listing and every access log. The content is "
    "often there on purpose, and so this rule is off by default.",
    bad=_BAD_STORAGE,
    good=_GOOD_STORAGE,
    instead="Use a random key, keep personal data out of metadata and tags, and encrypt the content.",
    kinds=frozenset({"storage"}),
    standing="direct",
    default=False,
)

RULES: tuple[Rule, ...] = (
    _COOKIE,
    _COOKIE.online(bad=_BAD_COOKIE_ONLINE, good=_GOOD_COOKIE_ONLINE),
    _SESSION,
    _SESSION.online(bad=_BAD_SESSION_ONLINE, good=_GOOD_SESSION_ONLINE),
    _STORAGE,
    _STORAGE.online(bad=_BAD_STORAGE_ONLINE, good=_GOOD_STORAGE_ONLINE),
)
