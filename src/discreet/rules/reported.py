"""2xx, second part: what is reported to services that watch the program, count its users or speak for it."""

from __future__ import annotations

from discreet.rules.rule import Rule

_BY_HAND = "No automatic fix: the reports that are built on this field have to change with it."

_BAD_TELEMETRY = (
    """\
import sentry_sdk


def on_login(user) -> None:
    sentry_sdk.set_user({"id": user.id, "email": user.email})  # expect: PII205 email
""",
    """\
from opentelemetry import trace

tracer = trace.get_tracer(__name__)


def book(patient_name: str, slot: str) -> None:
    with tracer.start_as_current_span("book") as span:
        span.set_attribute("slot", slot)
        span.set_attribute("patient", patient_name)  # expect: PII205 name
""",
)

_GOOD_TELEMETRY = (
    """\
import sentry_sdk


def on_login(user) -> None:
    sentry_sdk.set_user({"id": user.id})
""",
    """\
from opentelemetry import trace

tracer = trace.get_tracer(__name__)


def book(patient_name: str, slot: str) -> None:
    with tracer.start_as_current_span("book") as span:
        span.set_attribute("slot", slot)
        span.set_attribute("has_name", bool(patient_name))
""",
    """\
from prometheus_client import Counter

EMAILS_SENT = Counter("emails_sent", "How many emails were sent", ["template"])


def sent(email_template: str) -> None:
    EMAILS_SENT.labels(template=email_template).inc()
""",
)

_BAD_TELEMETRY_ONLINE = (
    """\
import sentry_sdk


def on_request(request) -> None:
    sentry_sdk.set_tag("ip", request.META["REMOTE_ADDR"])  # expect: PII206 ip_address
""",
    """\
from prometheus_client import Counter

LOGINS = Counter("logins", "How many logins", ["user"])


def on_login(username: str) -> None:
    LOGINS.labels(username).inc()  # expect: PII206 username
""",
)

_GOOD_TELEMETRY_ONLINE = (
    """\
import sentry_sdk


def on_request(request) -> None:
    sentry_sdk.set_tag("method", request.method)
""",
    """\
from prometheus_client import Counter

LOGINS = Counter("logins", "How many logins", ["method"])


def on_login(username: str, method: str) -> None:
    LOGINS.labels(method).inc()
""",
    """\
import sentry_sdk


def on_sync(advertising_ids: list[str]) -> None:
    sentry_sdk.set_tag("devices", len(advertising_ids))
""",
)

_TELEMETRY = Rule(
    code="PII205",
    name="personal-data-in-telemetry",
    summary="Personal data in error reports, metrics and traces",
    message="telemetry carries {what}: {source}",
    what="Reports personal data that is given to an error tracker, to a metric's labels or to a trace's names and "
    "attributes: Sentry, Rollbar, Bugsnag, OpenTelemetry, Datadog, New Relic, Prometheus, statsd and their like.",
    why="Telemetry is a log with a vendor at its end: it leaves the company, is kept for months, and is open to "
    "everyone who is on call. A label of a metric is worse, since each new value makes a series of its own, so that "
    "people's data also costs money (CWE-359).",
    bad=_BAD_TELEMETRY,
    good=_GOOD_TELEMETRY,
    instead="Give the opaque id of the account, or what is true of many: a plan, a region, a count. The error's record "
    "can be joined with the person where that is needed, and only there.",
    kinds=frozenset({"telemetry"}),
    standing="direct",
    fix_safety=_BY_HAND,
)

_BAD_ANALYTICS = (
    """\
import posthog


def signed_up(email: str, plan: str) -> None:
    posthog.capture(email, "signed up", {"plan": plan})  # expect: PII207 email
""",
    """\
from mixpanel import Mixpanel

mixpanel = Mixpanel("token")


def ordered(order) -> None:
    seen = {"total": order.total, "phone": order.customer.phone_number}
    mixpanel.track(order.customer.id, "ordered", seen)  # expect: PII207 phone
""",
)

_GOOD_ANALYTICS = (
    """\
import posthog


def signed_up(user_id: str, plan: str) -> None:
    posthog.capture(user_id, "signed up", {"plan": plan})
""",
    """\
from mixpanel import Mixpanel

mixpanel = Mixpanel("token")


def ordered(order) -> None:
    seen = {"total": order.total, "has_phone": order.customer.phone_number is not None}
    mixpanel.track(order.customer.id, "ordered", seen)
""",
    """\
import posthog


def mail_opened(user_id: str, email_template: str, email_subject: str) -> None:
    posthog.capture(user_id, "email opened", {"template": email_template, "subject": email_subject})
""",
)

_BAD_ANALYTICS_ONLINE = (
    """\
import posthog


def viewed(username: str) -> None:
    posthog.capture(username, "viewed")  # expect: PII208 username
""",
    """\
from mixpanel import Mixpanel

mixpanel = Mixpanel("token")


def viewed(visit_id: str, client_ip: str) -> None:
    mixpanel.track(visit_id, "viewed", {"ip": client_ip})  # expect: PII208 ip_address
""",
)

_GOOD_ANALYTICS_ONLINE = (
    """\
import posthog


def viewed(user_id: str) -> None:
    posthog.capture(user_id, "viewed")
""",
    """\
from mixpanel import Mixpanel

mixpanel = Mixpanel("token")


def viewed(visit_id: str, ip_version: int) -> None:
    mixpanel.track(visit_id, "viewed", {"ip version": ip_version})
""",
    """\
import uuid

import posthog


def viewed() -> None:
    posthog.capture(str(uuid.uuid4()), "viewed")
""",
)

_ANALYTICS = Rule(
    code="PII207",
    name="personal-data-in-analytics",
    summary="Personal data sent to an analytics service",
    message="analytics event carries {what}: {source}",
    what="Reports personal data that is sent to an analytics service or a customer data platform, as the identity of "
    "an event or among its properties: Segment, PostHog, Mixpanel, Amplitude, Customer.io and their like.",
    why="Analytics is a purpose of its own. Data that was given to receive an order may not be used for it without "
    "further ground (GDPR article 5(1)(b)), most of these services forbid it in their terms, and an address as an "
    "identity lets the service join one person across all its customers.",
    bad=_BAD_ANALYTICS,
    good=_GOOD_ANALYTICS,
    instead="Identify people by an id that nobody else has, and describe events, not people.",
    kinds=frozenset({"analytics"}),
    standing="direct",
    fix_safety=_BY_HAND,
)

_BAD_LLM = (
    """\
from openai import OpenAI

client = OpenAI()


def reply(customer_name: str, question: str) -> str:
    prompt = f"Answer {customer_name} politely: {question}"
    answer = client.responses.create(model="small", input=prompt)  # expect: PII209 name
    return answer.output_text
""",
    """\
import anthropic

client = anthropic.Anthropic()


def triage(patient):
    note = {"role": "user", "content": "Born " + patient.date_of_birth}
    return client.messages.create(model="small", max_tokens=99, messages=[note])  # expect: PII209 date_of_birth
""",
    """from openai import OpenAI

client = OpenAI()


def note_down(path: str) -> str:
    with open(path, "rb") as file:
        return client.audio.transcriptions.create(model="small", file=file).text  # expect: PII209 voice
""",
)

_GOOD_LLM = (
    """\
from openai import OpenAI

client = OpenAI()


def reply(customer_name: str, question: str) -> str:
    answer = client.responses.create(model="small", input=f"Answer NAME politely: {question}")
    return answer.output_text.replace("NAME", customer_name)
""",
    """\
import anthropic

client = anthropic.Anthropic()


def triage(note_text: str):
    note = {"role": "user", "content": note_text}
    return client.messages.create(model="small", max_tokens=99, messages=[note])
""",
    """\
from openai import OpenAI

client = OpenAI()


def subject_line(email_template: str, emails_sent: int):
    request = f"A subject for {email_template}, which was sent {emails_sent} times"
    return client.responses.create(model="small", input=request)
""",
)

_BAD_LLM_ONLINE = (
    """\
from openai import OpenAI

client = OpenAI()


def greet(username: str):
    return client.responses.create(model="small", input="Greet " + username)  # expect: PII210 username
""",
    """\
import litellm


def explain(client_ip: str):
    message = {"role": "user", "content": f"Is {client_ip} a bot?"}
    return litellm.completion(model="small", messages=[message])  # expect: PII210 ip_address
""",
)

_GOOD_LLM_ONLINE = (
    """\
from openai import OpenAI

client = OpenAI()


def greet(username: str) -> str:
    return client.responses.create(model="small", input="Greet USER").output_text.replace("USER", username)
""",
    """\
import litellm


def explain(requests_a_second: float):
    message = {"role": "user", "content": f"Is a client with {requests_a_second} requests a second a bot?"}
    return litellm.completion(model="small", messages=[message])
""",
    """\
import litellm


def names(count: int):
    message = {"role": "user", "content": f"Invent {count} usernames"}
    return litellm.completion(model="small", messages=[message])
""",
)

_LLM = Rule(
    code="PII209",
    name="personal-data-in-prompt",
    summary="Personal data in a prompt or an embedding",
    message="prompt or embedding carries {what}: {source}",
    what="Reports personal data that is put into a prompt, a fine-tuning file or a text to be embedded: OpenAI, "
    "Anthropic, Google, LiteLLM, LangChain, LlamaIndex and their like. What is sent to be written down is a recording "
    "of a voice, whatever it is called, unless it is a constant; and what a name says that somebody wrote "
    "(`customer_message`) is the content of a message here.",
    why="A prompt is sent to another party, kept there for a time that is not yours to set, and read by people who "
    "look for abuse; in the chain's own traces it is stored once more. What a model has learned, and what a vector "
    "store has indexed, can be drawn out again and is hard to delete (OWASP LLM02, GDPR article 17).",
    bad=_BAD_LLM,
    good=_GOOD_LLM,
    instead="Put a placeholder into the prompt and the value into the answer. Where the text is free, run it through a "
    "redactor first.",
    kinds=frozenset({"llm"}),
    standing="direct",
    fix_safety="No automatic fix: the answer depends on the prompt.",
)

RULES: tuple[Rule, ...] = (
    _TELEMETRY,
    _TELEMETRY.online(bad=_BAD_TELEMETRY_ONLINE, good=_GOOD_TELEMETRY_ONLINE),
    _ANALYTICS,
    _ANALYTICS.online(bad=_BAD_ANALYTICS_ONLINE, good=_GOOD_ANALYTICS_ONLINE),
    _LLM,
    _LLM.online(bad=_BAD_LLM_ONLINE, good=_GOOD_LLM_ONLINE),
)
