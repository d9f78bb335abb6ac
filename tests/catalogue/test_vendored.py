"""Which folders hold libraries of others, and what is said of what stands in them."""

from __future__ import annotations

import json
from typing import Any

import pytest

from discreet.catalogue.vendored import vendored_folder_of, vendored_folders

OWN = ("shop/__init__.py", "shop/orders.py")
CARRYING = {
    "by its name": (("shop/_vendor/six.py",), ("shop/_vendor",)),
    "deep below": (("shop/third_party/acme/client/api.py",), ("shop/third_party",)),
    "one inside another": (("lib/_vendor/a.py", "_vendor/b.py"), ("_vendor", "lib/_vendor")),
    "three side by side, and all beside them": (
        ("lib/six.py", "lib/certifi/core.py", "lib/urllib3/response.py", "lib/acme/client.py"),
        ("lib",),
    ),
    "beside the program's own": (
        ("six.py", "certifi/core.py", "urllib3/response.py"),
        ("certifi", "six.py", "urllib3"),
    ),
}
OWNING = {
    "a wrapper of each service": ("integrations/slack/client.py", "integrations/stripe.py", "integrations/twilio.py"),
    "two of them": ("lib/six.py", "lib/certifi/core.py", "lib/orders.py"),
    "who sells": ("vendor/models.py", "vendor/views.py", "vendor/urls.py"),
    "a module called so": ("shop/vendored.py", "shop/third_party.py"),
    "others' names in one's own": ("shop/requests.py", "shop/yaml.py", "shop/click.py", "shop/rich.py"),
}


@pytest.mark.parametrize(("paths", "folders"), CARRYING.values(), ids=CARRYING)
def test_carried_along(paths: tuple[str, ...], folders: tuple[str, ...]) -> None:
    assert vendored_folders([*OWN, *paths]) == folders
    assert all(vendored_folder_of(path, folders) for path in paths)
    assert not any(vendored_folder_of(path, folders) for path in OWN)


@pytest.mark.parametrize("paths", OWNING.values(), ids=OWNING)
def test_own(paths: tuple[str, ...]) -> None:
    assert vendored_folders([*OWN, *paths]) == ()


def test_what_is_checked_alone_was_meant() -> None:
    assert vendored_folders(["third_party/acme/a.py", "third_party/acme/b.py"]) == ()
    assert vendored_folders(["lib/six.py", "lib/certifi/core.py", "lib/urllib3/response.py"]) == ()


def test_what_stands_there_is_held_back_and_counted(tree: Any, discreet: Any, leak: str) -> None:
    tree({"_vendor/a.py": leak, "b.py": leak, "_vendor/tests/test_c.py": leak})
    result = discreet("check")
    assert result.codes == ["b.py:5 PII101"]
    assert "1 finding held back in libraries of others: _vendor (--include-libraries)" in result.err
    assert discreet("check", "--include-libraries").codes == ["_vendor/a.py:5 PII101", "b.py:5 PII101"]
    assert "held back" not in discreet("check", "--include-libraries").err
    assert "held back" not in discreet("check", "--select", "PII2").err
    assert discreet("check", "_vendor").codes == ["_vendor/a.py:5 PII101"]


def test_what_a_library_lets_out_is_told_where_it_is_handed_over(tree: Any, discreet: Any) -> None:
    tree({
        "third_party/notes.py": "import logging\ndef note(text):\n    logging.info(text)\n",
        "a.py": "from third_party.notes import note\ndef welcome(customer):\n    note(customer.email)\n",
    })  # fmt: skip
    assert discreet("check").codes == ["a.py:3 PII101"]


def test_what_it_is_handed_and_lets_out_by_itself_is_the_programs(tree: Any, discreet: Any) -> None:
    tree({
        "third_party/notes.py": "import logging\ndef note(who):\n    logging.info('for %s', who)\n",
        "a.py": "from third_party.notes import note\ndef welcome(customer):\n    note(customer.email)\n",
    })  # fmt: skip
    assert discreet("check").codes == ["third_party/notes.py:3 PII101"]


def test_coverage_and_trace_say_so(tree: Any, discreet: Any, leak: str) -> None:
    tree({"_vendor/a.py": leak, "b.py": leak})
    said = json.loads(discreet("coverage", "--output-format", "json").out)
    assert said["vendored"] == [{"folder": "_vendor", "findings": 1}]
    assert "1 finding held back in libraries of others: _vendor" in discreet("coverage").out
    assert "held back: library in _vendor (--include-libraries)" in discreet("trace", "_vendor/a.py:5").out


def test_a_file_that_cannot_be_read_is_said_wherever_it_lies(tree: Any, discreet: Any) -> None:
    tree({"_vendor/a.py": "def", "b.py": ""})
    assert discreet("check").codes == ["_vendor/a.py:1 PII904"]
