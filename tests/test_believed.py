"""How far a guess is believed: one name alone, carried across more boundaries than that."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent

import pytest

from discreet.facts.extraction import extract
from discreet.rules import Settings, findings

FAR = """
    import logging

    log = logging.getLogger(__name__)


    def tidy(text):
        return text.strip()


    def join(text):
        return "-" + text


    def write(text):
        log.info("seen: %s", text)


    def run({parameter}):
        write(join(tidy({value})))
"""


def confidences(source: str, tmp_path: Path) -> set[str]:
    path = tmp_path / "example.py"
    path.write_text(source)
    facts = extract(str(path), path.read_bytes(), module="example", is_package=False)
    return {each.confidence for each in findings([facts], Settings()) if each.code == "PII101"}


def far(value: str, parameter: str) -> str:
    return dedent(FAR.format(value=value, parameter=parameter))


def test_one_name_that_was_carried_far_is_a_guess(tmp_path: Path) -> None:
    assert confidences(far("record.mobile_phone", "record"), tmp_path) == {"low"}


@pytest.mark.parametrize(
    ("value", "parameter"),
    [
        pytest.param("customer.mobile_phone", "customer", id="read of a person"),
        pytest.param('record["patient_phone"]', "record", id="a person in the name"),
        pytest.param("record.email", "record", id="hardly ever anything else, and one boundary more"),
    ],
)
def test_what_else_speaks_for_it(value: str, parameter: str, tmp_path: Path) -> None:
    assert confidences(far(value, parameter), tmp_path) == {"medium"}


def test_a_name_on_its_way_that_says_the_same(tmp_path: Path) -> None:
    source = far("record.mobile_phone", "record").replace(
        'return "-" + text', 'mobile_phone = "-" + text\n    return mobile_phone'
    )
    assert confidences(source, tmp_path) == {"medium"}


def test_a_name_on_its_way_that_says_something_else(tmp_path: Path) -> None:
    source = far("record.mobile_phone", "record").replace('return "-" + text', 'label = "-" + text\n    return label')
    assert confidences(source, tmp_path) == {"low"}


def test_company(tmp_path: Path) -> None:
    source = far("record.mobile_phone + record.birth_date", "record")
    assert confidences(source, tmp_path) == {"medium"}


def test_what_signs_in_is_no_company(tmp_path: Path) -> None:
    source = far("record.mobile_phone + record.password", "record")
    assert confidences(source, tmp_path) == {"low"}


def test_a_mark_is_believed_however_far(tmp_path: Path) -> None:
    source = far("name", "record").replace(
        "    write(join", "    name = record.mobile_phone  # pii: phone\n    write(join"
    )
    assert confidences(source, tmp_path) == {"high"}


def test_what_a_constructor_keeps_has_crossed_one_boundary(tmp_path: Path) -> None:
    source = dedent(
        """
        import logging

        log = logging.getLogger(__name__)


        class Job:
            def __init__(self, label):
                self.label = label


        def tidy(text):
            return text.strip()


        def run(record):
            job = Job(tidy(record.mobile_phone))
            log.info("job %s", job.label)
        """
    )
    assert confidences(source, tmp_path) == {"medium"}
