"""Every row of the settings, as a leak that is mended: what is written is what the same row takes for safe."""

from __future__ import annotations

from collections import Counter
from typing import Any

from tests.test_settings import BELOW, CALLS, KEYS, call, model, store, written

from discreet.catalogue.settings import Plain, Setting

CONFIG = '[tool.discreet]\nextend-select = ["PII4"]\n'


def leaks() -> dict[str, tuple[Setting, str]]:
    """A file for each unsafe value of each row, and one for each that nothing is said of."""
    files: dict[str, tuple[Setting, str]] = {}

    def add(row: Setting, text: str) -> None:
        files[f"case_{len(files)}.py"] = (row, text)

    for row in CALLS:
        for value in row.unsafe:
            add(row, call(row, written(value)))
        if row.absent or not row.argument:
            add(row, call(row, ""))
    for row in KEYS:
        for value in row.unsafe:
            add(row, store(row, repr(value)))
    return files


def is_for_a_person(row: Setting) -> bool:
    """Whether no value is the right one: the call itself leaks, or there are several ways out."""
    return not row.safe_values or not (row.argument or row.key)


def test_every_row_is_mended_or_says_that_a_person_must(shop: Any, discreet: Any) -> None:
    files = leaks()
    root = shop({name: text for name, (_, text) in files.items()}, CONFIG)
    before = Counter(found.partition(" ")[0].partition(":")[0] for found in discreet("check").codes)
    assert set(before) == {f"shop/{name}" for name in files}, "each of them leaks"
    result = discreet("check", "--fix", "--unsafe-fixes")
    left = {found.partition(":")[0] for found in result.codes}
    for name, (row, text) in files.items():
        new = (root / "shop" / name).read_text()
        if f"shop/{name}" in left:
            assert is_for_a_person(row), (row.name, text)
        else:
            assert new != text
            assert len(new.splitlines()) == len(text.splitlines()), "nothing but the value, or one argument more"


def test_a_class_is_configured_where_it_says_something(shop: Any, discreet: Any) -> None:
    (row,) = [each for each in BELOW if each.name == "pydantic.BaseModel"]
    said, safe, holds = f"{row.argument}=False", f"{row.argument}=True", "email: str"
    pairs = {
        model(row, holds, f", {said}"): model(row, holds, f", {safe}"),
        model(row, f"model_config: ConfigDict = ConfigDict({said}); {holds}"): model(
            row, f"model_config: ConfigDict = ConfigDict({safe}); {holds}"
        ),
        model(row, f"model_config = {{'extra': 'forbid', {row.argument!r}: False}}; {holds}"): model(
            row, f"model_config = {{'extra': 'forbid', {row.argument!r}: True}}; {holds}"
        ),
        model(row, f"model_config = ConfigDict(extra='forbid'); {holds}"): model(
            row, f"model_config = ConfigDict(extra='forbid', {safe}); {holds}"
        ),
        model(row, f"model_config = {{'extra': 'forbid'}}; {holds}"): model(
            row, f"model_config = {{'extra': 'forbid'}}; {holds}"
        ),
    }
    files = {f"case_{number}.py": (before, after) for number, (before, after) in enumerate(pairs.items())}
    root = shop({name: before for name, (before, _) in files.items()}, CONFIG)
    discreet("check", "--fix", "--unsafe-fixes")
    for name, (_, after) in files.items():
        assert (root / "shop" / name).read_text() == after


def test_what_is_written_is_one_of_the_safe_values() -> None:
    for row in (*CALLS, *KEYS):
        said: tuple[Plain, ...] = row.safe_values
        assert not set(said) & set(row.unsafe), row.name


def test_a_value_in_pieces_is_for_a_person(shop: Any, discreet: Any) -> None:
    text = 'import os\n\nos.environ["LITELLM_LOG"] = "DE" "BUG"\n'
    case = shop({"case.py": text}, CONFIG) / "shop" / "case.py"
    result = discreet("check", "--fix", "--unsafe-fixes", "--output-format", "full")
    assert case.read_text() == text
    assert 'Write "INFO". No automatic fix: its value does not stand here by itself.' in result.out


def test_a_comment_beside_a_value_stays(shop: Any, discreet: Any) -> None:
    text = 'import sentry_sdk\n\nsentry_sdk.init(\n    "dsn", send_default_pii=(True  # asked for\n    ))\n'
    case = shop({"case.py": text}) / "shop" / "case.py"
    discreet("fix", "--unsafe-fixes", "--select", "PII401")
    assert case.read_text() == text.replace("True", "False")
