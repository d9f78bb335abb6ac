"""Every rule is whole, every page is current, and every example does what its page says."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

from discreet.catalogue.data import read_data
from discreet.rules.pages import FAMILIES, pages
from discreet.rules.registry import RULES, SINK_KINDS, Rule, rule_for

DOCS = Path(__file__).resolve().parent.parent / "docs"
EXPECT = re.compile(r"\s*# expect:\s*(?P<code>PII\d{3})(?P<categories>[ \w,]*)$")
LAW = "Which law cares"
SECTIONS = ("What it does", "Why it is bad", LAW, "Example", "Use instead", "Fix safety")
ABOUT_COMMENTS = ("PII903",)
ABOUT_CLASSES = ("PII411", "PII412")  # settings of classes that are known to hold personal data
UNREADABLE = ("PII904", "PII905")

# What a page promises and the engine can't do yet. Only rules that are off by default may wait here.
PENDING: dict[str, str] = {}

Found = set[tuple[int, str, frozenset[str]]]


def every_rule() -> list[object]:
    return [pytest.param(rule, id=rule.code) for rule in RULES.values()]


def every_example(side: str) -> list[object]:
    found = []
    for rule in RULES.values():
        for number, example in enumerate(getattr(rule, side), 1):
            name = f"{rule.code}-{side}-{number}"
            waits = [pytest.mark.xfail(reason=PENDING[name], strict=True)] if name in PENDING else []
            found.append(pytest.param(rule, example, id=name, marks=waits))
    return found


def blanked(example: str) -> tuple[str, Found]:
    """An example as the analyser sees it, and what its comments ask for."""
    lines, wanted = [], set()
    for number, line in enumerate(example.split("\n"), 1):
        found = EXPECT.search(line)
        if found:
            categories = frozenset(re.findall(r"\w+", found["categories"]))
            wanted.add((number, found["code"], categories))
            line = line[: found.start()]
        lines.append(line)
    return "\n".join(lines), wanted


def analysed(rule: Rule, text: str) -> Found:
    """What the pipeline finds that this rule's page can speak of."""
    from discreet.facts.extraction import extract
    from discreet.rules import Settings, findings

    if rule.code in ABOUT_COMMENTS:  # what a comment silences is known only when everything is found
        from discreet.project.config import Config
        from discreet.project.run import check_text

        root = Path(__file__).resolve().parent
        report = check_text(text.encode(), root / "example.py", Config(root=root, select=(rule.code,)))
        return {(finding.line, finding.code, frozenset(finding.categories)) for finding in report.findings}
    facts = extract("example.py", text.encode(), module="example", is_package=False)
    looked_at = {code for code, other in RULES.items() if other.default} if rule.default else {rule.code}
    return {
        (finding.line, finding.code, frozenset(finding.categories))
        for finding in findings([facts], Settings())
        if finding.code in looked_at and finding.confidence != "low" and not (rule.default and finding.held_back)
    }


def test_codes_are_in_order_and_in_a_family() -> None:
    assert list(RULES) == sorted(RULES)
    assert len({rule.name for rule in RULES.values()}) == len(RULES)
    for code, rule in RULES.items():
        assert code == rule.code
        assert re.fullmatch(r"PII[1-9]\d\d", code)
        assert code[3] in FAMILIES


def test_odd_is_direct_and_even_is_online() -> None:
    for code, rule in RULES.items():
        if code.startswith(("PII4", "PII9")):
            assert rule.standing is None
            assert not rule.kinds
        else:
            assert rule.standing == ("direct" if int(code[3:]) % 2 else "online")
            assert rule.kinds <= SINK_KINDS


def test_twins_differ_in_standing_only() -> None:
    for code, rule in RULES.items():
        if rule.standing == "direct" and not rule.categories:
            twin = RULES[f"PII{int(code[3:]) + 1}"]
            assert (twin.kinds, twin.default, twin.interface) == (rule.kinds, rule.default, rule.interface)
            assert twin.name == rule.name.replace("personal-data", "online-identifier")
            assert "online identifier" in twin.what
            assert twin.page != rule.page


@pytest.mark.parametrize("standing", ["direct", "online"])
@pytest.mark.parametrize("kind", sorted(SINK_KINDS - {"config"}))
@pytest.mark.parametrize("interface", [False, True])
def test_every_kind_has_one_rule(kind: str, standing: str, interface: bool) -> None:
    rule = rule_for(kind, standing, interface=interface)
    assert kind in rule.kinds
    assert rule.standing == standing
    assert rule.interface == (interface and kind == "print")


def test_the_codes_that_others_rely_on() -> None:
    assert rule_for("log", "direct").code == "PII101"
    assert rule_for("print", "direct", interface=True).code == "PII105"
    assert rule_for("exception", "online").code == "PII108"
    assert rule_for("repr", "direct").code == "PII601"
    off = [
        "105",
        "106",
        "211",
        "212",
        "213",
        "214",
        "217",
        "218",
        "219",
        "220",
        "303",
        "304",
        "307",
        "308",
        "309",
        "310",
        "311",
        "312",
        "313",
        "314",
        "402",
        "404",
        "406",
        "412",
        "414",
        "505",
        "601",
        "602",
        "903",
    ]
    assert [rule.code[3:] for rule in RULES.values() if not rule.default] == off


@pytest.mark.parametrize("kind", ["config", "nonsense"])
def test_a_reserved_kind_has_no_rule(kind: str) -> None:
    with pytest.raises(LookupError, match=kind):
        rule_for(kind, "direct")


@pytest.mark.parametrize("rule", every_rule())
def test_message_is_one_plain_line(rule: Rule) -> None:
    said = rule.say(what="email address\nand phone number", source="customer.email", callable="logger.info")
    assert rule.code in ABOUT_COMMENTS or "email address and phone number" in said
    assert "\n" not in said
    assert "{" not in said
    assert not said.endswith(".")
    assert rule.say(what="{source}", source="{what}").count("{") <= 2  # what is filled in is not filled in again
    if rule.kinds or rule.code in ABOUT_COMMENTS:
        assert "customer.email" in said
    if rule.kinds:
        assert said.endswith("customer.email")
        assert len(rule.message) < 60


@pytest.mark.parametrize("rule", every_rule())
def test_page_has_every_section(rule: Rule) -> None:
    wanted = [name for name in SECTIONS if name != LAW or rule.code[3] != "9"]
    wanted += ["Evidence"] * (rule.code[3] == "4")
    assert re.findall(r"^## (.*)$", rule.page, re.MULTILINE) == wanted
    assert rule.page.startswith(f"# {rule.code} {rule.name}\n")
    assert rule.page.endswith("\n")
    for text in (rule.summary, rule.what, rule.why, rule.instead, rule.fix_safety):
        assert text.strip()
        assert "{" not in text
    assert rule.advice.endswith(".")
    assert len(rule.advice) < 120
    assert len(rule.bad) >= 2
    assert len(rule.good) >= 3
    assert len(set(rule.bad + rule.good)) == len(rule.bad + rule.good)


@pytest.mark.parametrize("rule", [rule for rule in RULES.values() if rule.code[3] != "9"], ids=lambda rule: rule.code)
def test_a_page_says_which_law_cares_and_why(rule: Rule) -> None:
    said = rule.page.partition(f"## {LAW}\n\n")[2].partition("\n\n")[0]
    assert all(law in said for law in ("GDPR", "PIPL", "CCPA", "HIPAA"))
    assert re.fullmatch(r"[^:]+: [^:.]+\.", said.replace("\n", " ").replace("164.", "164 ").replace("1798.", "1798 "))


@pytest.mark.parametrize("rule", [rule for rule in RULES.values() if rule.code[3] == "4"], ids=lambda rule: rule.code)
def test_a_page_of_settings_shows_where_each_was_seen(rule: Rule) -> None:
    _, _, listed = rule.page.partition("## Evidence\n\n")
    lines = listed.splitlines()
    assert lines
    assert all(re.fullmatch(r"- .*`: .+\. Seen in .*\d\.\d.*\.", line) for line in lines)
    rows = [row for row in read_data("settings.toml")["setting"] if rule.code == row["code"] and row.get("unsafe")]
    assert all(f"Seen in {row['seen']}." in listed for row in rows)


def test_only_rules_that_are_off_may_wait() -> None:
    assert not [name for name in PENDING if RULES[name[:6]].default]


@pytest.mark.parametrize("rule", every_rule())
def test_examples_are_python_and_say_what_they_expect(rule: Rule) -> None:
    from discreet.catalogue.categories import categories

    for example in rule.bad:
        text, wanted = blanked(example)
        assert {code for _, code, _ in wanted} == {rule.code}
        if rule.code not in UNREADABLE:
            ast.parse(text)
        for _, _, keys in wanted:
            assert bool(keys) == bool(rule.kinds or rule.code in ABOUT_CLASSES)
            assert keys <= categories().keys()
            assert not keys or not rule.kinds or rule.standing in {categories()[key].standing for key in keys}
    for example in rule.good:
        ast.parse(example)
        assert "# expect" not in example


def test_docs_are_current() -> None:
    wanted = pages()
    made = [DOCS / "rules.md", DOCS / "categories.md", *(DOCS / "rules").iterdir()]
    there = {path.relative_to(DOCS).as_posix() for path in made}
    assert there == wanted.keys(), "run: python -m discreet.rules.pages"
    for name, text in wanted.items():
        assert (DOCS / name).read_bytes().decode() == text, f"{name}: run: python -m discreet.rules.pages"


def test_registry_is_light() -> None:
    """The flake8 plugin imports it at every start: it brings in none of the rooms below, nor any parser of data."""
    script = (
        "import sys, types\n"
        "package = types.ModuleType('discreet.rules')\n"  # without the package's own __init__, which is the engine
        "import discreet, pathlib\n"
        "package.__path__ = [str(pathlib.Path(discreet.__file__).parent / 'rules')]\n"
        "sys.modules['discreet.rules'] = package\n"
        "import discreet.rules.registry\n"
        "print(*sorted(m for m in sys.modules if m.startswith(('discreet.', 'astroid', 'libcst', 'rich', 'tomllib'))))"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert all(name.startswith("discreet.rules") for name in done.stdout.split())


@pytest.mark.parametrize(("rule", "example"), every_example("bad"))
def test_bad_example_is_found(rule: Rule, example: str) -> None:
    from discreet.facts.extraction import UnreadableSource, extract

    text, wanted = blanked(example)
    if rule.code in UNREADABLE:
        with pytest.raises(UnreadableSource) as caught:
            extract("example.py", text.encode(), module="example", is_package=False)
        assert {(caught.value.line, rule.code, frozenset())} == wanted
        assert caught.value.decoded == (rule.code == "PII904")
    else:
        assert analysed(rule, text) == wanted


@pytest.mark.parametrize(("rule", "example"), every_example("good"))
def test_good_example_is_passed_over(rule: Rule, example: str) -> None:
    assert analysed(rule, example) == set()
