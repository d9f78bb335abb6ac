"""2xx, first part: data that leaves the process over the network or to another process."""

from __future__ import annotations

from discreet.rules.rule import Rule

_WHAT_REQUEST = """\
Reports personal data in the body of a request to another host: `data=`, `json=`, `content=` and `files=` of requests,
httpx, aiohttp and urllib3, the data of a `urllib.request.Request`, and what is sent down a socket."""

_WHY_REQUEST = """\
Another host is another party: a processor to have a contract with, a country to have grounds for, a copy to delete. A
body that holds more than the other side needs is a disclosure, and a whole object turned to JSON mostly does (GDPR
articles 28 and 44, CWE-201). Sending it may be the very purpose of the call; then say so on the line, with the reason,
and the list of those lines is the list of your recipients."""

_FIX_REQUEST = "No automatic fix: what the other side needs is in a contract, not in the code."

_BAD_REQUEST = (
    """\
import requests


def verify(email: str) -> bool:
    reply = requests.post("https://verify.example/check", json={"address": email}, timeout=5)  # expect: PII201 email
    return reply.ok
""",
    """\
import httpx
from pydantic import BaseModel


class Customer(BaseModel):
    id: int
    full_name: str
    phone: str


async def push(customer: Customer) -> None:
    async with httpx.AsyncClient() as client:
        await client.post("https://crm.example/people", json=customer.model_dump())  # expect: PII201 name, phone
""",
)

_GOOD_REQUEST = (
    """\
import requests


def verify(verification_id: str) -> bool:
    reply = requests.post("https://verify.example/check", json={"id": verification_id}, timeout=5)
    return reply.ok
""",
    """\
import httpx
from pydantic import BaseModel


class Customer(BaseModel):
    id: int
    full_name: str
    phone: str


async def push(customer: Customer) -> None:
    async with httpx.AsyncClient() as client:
        await client.post("https://crm.example/people", json={"id": customer.id})
""",
    """\
import requests


def count(customers) -> None:
    with_email = sum(1 for customer in customers if customer.email)
    requests.post("https://stats.example/daily", json={"reachable": with_email}, timeout=5)
""",
)

_BAD_REQUEST_ONLINE = (
    """\
import requests


def report(request):
    body = {"ip": request.META["REMOTE_ADDR"]}
    requests.post("https://abuse.example/reports", json=body, timeout=5)  # expect: PII202 ip_address
""",
    """\
import json
import urllib.request


def pair(advertising_id: str) -> None:
    data = json.dumps({"device": advertising_id}).encode()
    urllib.request.urlopen("https://push.example/pair", data=data)  # expect: PII202 device_id
""",
)

_GOOD_REQUEST_ONLINE = (
    """\
import requests


def report(path: str) -> None:
    requests.post("https://abuse.example/reports", json={"path": path}, timeout=5)
""",
    """\
import json
import secrets
import urllib.request


def pair(advertising_id: str, pairings: dict) -> None:
    token = secrets.token_urlsafe()
    pairings[token] = advertising_id
    urllib.request.urlopen("https://push.example/pair", data=json.dumps({"token": token}).encode())
""",
    """\
import requests


def total(usernames) -> None:
    requests.post("https://stats.example/users", json={"users": len(set(usernames))}, timeout=5)
""",
)

_WHAT_URL = """\
Reports personal data in a URL that is requested: in its path, in its query string, or in `params=`. A URL that is only
built is not reported until it is used."""

_WHY_URL = """\
A URL is the least private part of a request. It stands in the access logs of every proxy and server it passes, in
browser histories, in `Referer` headers, in the exceptions of the client library and in the other side's analytics,
whether or not the connection is encrypted (CWE-598)."""

_FIX_URL = "No automatic fix: both ends of the interface have to change together."

_BAD_URL = (
    """\
import requests


def subscriptions(email: str):
    return requests.get(f"https://list.example/members/{email}", timeout=5).json()  # expect: PII203 email
""",
    """\
import httpx


def score(applicant):
    query = {"born": applicant.date_of_birth}
    return httpx.get("https://score.example/v1", params=query).json()  # expect: PII203 date_of_birth
""",
    """\
from urllib.parse import urlencode
from urllib.request import urlopen


def lookup(phone_number: str) -> bytes:
    url = "https://hlr.example/?" + urlencode({"msisdn": phone_number})
    return urlopen(url).read()  # expect: PII203 phone
""",
)

_GOOD_URL = (
    """\
import requests


def subscriptions(member_id: str):
    return requests.get(f"https://list.example/members/{member_id}", timeout=5).json()
""",
    """\
import httpx


def score(application_id: str):
    return httpx.get("https://score.example/v1", params={"application": application_id}).json()
""",
    """\
import requests

PHONE_LOOKUP_URL = "https://hlr.example/phone-number/countries"


def countries():
    return requests.get(PHONE_LOOKUP_URL, params={"phone_prefixes": "all"}, timeout=5).json()
""",
)

_BAD_URL_ONLINE = (
    """\
import requests


def avatar(username: str) -> bytes:
    return requests.get("https://avatars.example/" + username, timeout=5).content  # expect: PII204 username
""",
    """\
import httpx


def country(client_ip: str) -> str:
    return httpx.get("https://geo.example/v1", params={"q": client_ip}).text  # expect: PII204 ip_address
""",
)

_GOOD_URL_ONLINE = (
    """\
import requests


def avatar(avatar_id: str) -> bytes:
    return requests.get("https://avatars.example/" + avatar_id, timeout=5).content
""",
    """\
def country(client_ip: str, local_table) -> str:
    return local_table.country_of(client_ip)
""",
    """\
import requests


def health(host: str) -> bool:
    return requests.get(f"https://{host}/health", timeout=5).ok
""",
)

_WHAT_PROCESS = """\
Reports personal data among the arguments of another process: `subprocess`, `os.system`, `os.exec*`, `os.spawn*` and
asyncio's subprocesses. Data written to its standard input is not reported."""

_WHY_PROCESS = """\
Arguments are public on the machine: `ps` and `/proc` show them to other users, process accounting and audit daemons
record them, crash reports quote them, and a shell keeps them in its history (CWE-214)."""

_FIX_PROCESS = "No automatic fix: the other program must be able to read the value from somewhere else."

_BAD_PROCESS = (
    """\
import subprocess


def send(email: str, letter: str) -> None:
    subprocess.run(["sendmail", "-f", "shop@example.com", email], input=letter, text=True)  # expect: PII215 email
""",
    """\
import os


def label(patient_name: str) -> None:
    os.system("print-label '%s'" % patient_name)  # expect: PII215 name
""",
)

_GOOD_PROCESS = (
    """\
import subprocess


def send(letter: str) -> None:
    subprocess.run(["sendmail", "-t"], input=letter, text=True)
""",
    """\
import subprocess


def label(patient_id: int) -> None:
    subprocess.run(["print-label", "--patient", str(patient_id)])
""",
    """\
import subprocess


def backup(email_archive_path: str) -> None:
    subprocess.run(["tar", "-czf", "emails.tgz", email_archive_path])
""",
)

_BAD_PROCESS_ONLINE = (
    """\
import subprocess


def forget(device_id: str) -> None:
    subprocess.check_call(["mdmctl", "wipe", device_id])  # expect: PII216 device_id
""",
    """\
import subprocess


def block(client_ip: str) -> None:
    subprocess.run(["nft", "add", "element", "blocked", client_ip])  # expect: PII216 ip_address
""",
)

_GOOD_PROCESS_ONLINE = (
    """\
import subprocess


def add_account(username: str) -> None:
    subprocess.check_call(["useradd", "--create-home", username])
""",
    """\
import subprocess


def block(rules_file: str) -> None:
    subprocess.run(["nft", "-f", rules_file])
""",
    """\
import subprocess


def report(usernames: list[str]) -> None:
    subprocess.run(["wall", f"{len(usernames)} accounts were added"])
""",
)

_REQUEST = Rule(
    code="PII201",
    name="personal-data-in-request",
    summary="Personal data sent to another host",
    message="request sends {what}: {source}",
    what=_WHAT_REQUEST,
    why=_WHY_REQUEST,
    bad=_BAD_REQUEST,
    good=_GOOD_REQUEST,
    instead="Send only what the other side needs, field by field. An identifier that both sides know is mostly "
    "enough. Where the data itself is the purpose, say so: `# noqa: PII201 -- processor, contract 2024-17`.",
    kinds=frozenset({"http"}),
    standing="direct",
    fix_safety=_FIX_REQUEST,
)
_URL = Rule(
    code="PII203",
    name="personal-data-in-url",
    summary="Personal data in a URL",
    message="URL carries {what}: {source}",
    what=_WHAT_URL,
    why=_WHY_URL,
    bad=_BAD_URL,
    good=_GOOD_URL,
    instead="Put an opaque identifier into the URL. Where the other side has only an interface that searches by a "
    "person's data, prefer one that takes it in a request's body.",
    kinds=frozenset({"url"}),
    standing="direct",
    fix_safety=_FIX_URL,
)
_PROCESS = Rule(
    code="PII215",
    name="personal-data-in-process-arguments",
    summary="Personal data in another process's arguments",
    message="process arguments show {what}: {source}",
    what=_WHAT_PROCESS,
    why=_WHY_PROCESS,
    bad=_BAD_PROCESS,
    good=_GOOD_PROCESS,
    instead="Hand the value over by standard input or in a file that only this user can read. An opaque "
    "identifier may stand in the arguments.",
    kinds=frozenset({"process"}),
    standing="direct",
    fix_safety=_FIX_PROCESS,
)

RULES: tuple[Rule, ...] = (
    _REQUEST,
    _REQUEST.online(bad=_BAD_REQUEST_ONLINE, good=_GOOD_REQUEST_ONLINE),
    _URL,
    _URL.online(bad=_BAD_URL_ONLINE, good=_GOOD_URL_ONLINE),
    _PROCESS,
    _PROCESS.online(bad=_BAD_PROCESS_ONLINE, good=_GOOD_PROCESS_ONLINE),
)
