"""What is kept never changes what is said: after any edit, a run that knows the last one says what a first run says."""

from __future__ import annotations

import ast
import re
import shutil
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from discreet.cli.advice import unseen_of
from discreet.cli.shown import items_of
from discreet.flow import solver
from discreet.output import coverage, json_
from discreet.project.config import Config
from discreet.project.result import Means
from discreet.project.run import check

PROGRAMS = sorted(path for path in (Path(__file__).parents[2] / "fixtures/programs").iterdir() if path.is_dir())
LINES = (
    "",
    "# pii: email",
    "import logging",
    "from . import models",
    "from os import *",
    "email = 'nobody'",
    "    return None",
    "logging.getLogger('a').info(user.email)",
    "def added(email):\n    logging.info(email)",
    "class Added:\n    email: str",
    "if True:",
)
NEW = (
    "",
    "import logging\n\n\ndef added(email):\n    logging.info(email)\n",
    "from logging import *\n",
    "def mask(value):\n    return value\n",
    "def (",
)
STATEMENTS = (
    "print({name})",
    "{name} = print",
    "{first}.email = {name}",
    "{first}.send({name}.email)",
    "logging.info('added %s', {name})",
    "return {name}",
    "raise ValueError({name})",
    "",
)
"""What somebody may write into a body, about a name in it."""
USES = (
    "class Below({name}):\n    def {inner}(self, *args):\n        print(self.email)\n        return self.phone\n",
    "def use(email, user, *more):\n    {name}(email)\n    {name}(user.phone, user).{inner}(email)\n",
    "def use(email):\n    it = {name}()\n    it.{inner}(email)\n    it.{inner} = email\n    {name}.{inner} = email\n",
    "{name} = lambda *args: print(args)\n",
    "import {module}\n\n\ndef use(email):\n    {module}.{name} = email\n    {module}.{inner} = email\n",
)
"""What somebody may write about a function or class of another module."""


@pytest.fixture(autouse=True)
def small_groups(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each module is solved, and kept, by itself."""
    monkeypatch.setattr(solver, "GROUP", 1)


def said(root: Path, cache: str | None) -> str:
    """All that a run has to say, findings and gaps."""
    config = Config(root=root, select=("ALL",), min_confidence="low", include_tests=True)
    report = check([root], config, None, Means(jobs=1, cache=cache))
    assert report.problems == report.notes == ()
    items = items_of(report, with_suppressed=True)
    return "".join((*json_.render(items), *coverage.json(unseen_of(report))))


def definitions(text: str) -> list[ast.FunctionDef | ast.ClassDef]:
    """The functions and classes of a text, if it can be parsed."""
    try:
        tree = ast.parse(text)
    except SyntaxError:
        return []
    return [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.ClassDef)]


class Project:
    """A copy of a program, and what may happen to one."""

    def __init__(self, root: Path, draw: Any) -> None:
        self.root = root
        self.draw = draw
        self.before = {file: file.read_bytes() for file in self.files()}

    def edit(self) -> str:
        """Change something; what, for whoever reads of a failure."""
        often = (self.insert, self.body, self.body, self.use, self.use, self.delete_function, self.rename, self.restore)
        kind = self.draw(st.sampled_from([*often, self.add, self.remove, self.move, self.swap]))
        return f"{kind.__name__} {kind()}"

    def insert(self) -> str:
        file = self.a_file()
        lines = file.read_text(encoding="utf-8").splitlines()
        at = self.draw(st.integers(0, len(lines)))
        line = self.draw(st.sampled_from(LINES))
        indent = " " * (len(lines[at]) - len(lines[at].lstrip())) if at < len(lines) else ""
        lines[at:at] = [indent + each for each in line.split("\n")]
        file.write_text("\n".join(lines) + "\n", encoding="utf-8")
        return f"{file}:{at + 1} {line!r}"

    def body(self) -> str:
        """A statement more, or instead of another, in a function or method: most edits are such, and most of what
        others know of the module stays as it was.
        """
        file = self.a_file()
        text = file.read_text(encoding="utf-8")
        functions = [each for each in definitions(text) if isinstance(each, ast.FunctionDef)]
        if not functions:
            return "nothing"
        node = self.draw(st.sampled_from(functions))
        at, lines = self.draw(st.sampled_from(node.body)), text.splitlines()
        names = sorted({each.id for each in ast.walk(node) if isinstance(each, ast.Name)} | {"email"})
        first = node.args.args[0].arg if node.args.args else "email"
        line = self.draw(st.sampled_from(STATEMENTS)).format(name=self.draw(st.sampled_from(names)), first=first)
        end = (at.end_lineno or at.lineno) if self.draw(st.booleans()) else at.lineno - 1
        lines[at.lineno - 1 : end] = [" " * at.col_offset + line]
        file.write_text("\n".join(lines) + "\n", encoding="utf-8")
        return f"{file}:{at.lineno} {line!r}"

    def delete_function(self) -> str:
        file = self.a_file()
        text = file.read_text(encoding="utf-8")
        nodes = definitions(text)
        if not nodes:
            return "nothing"
        node = self.draw(st.sampled_from(nodes))
        lines = text.splitlines()
        lines[node.lineno - 1 : node.end_lineno] = [" " * node.col_offset + "pass"]
        file.write_text("\n".join(lines) + "\n", encoding="utf-8")
        return f"{node.name} in {file}"

    def use(self) -> str:
        """Have one module do something with what another defines."""
        other, file = self.a_file(), self.a_file()
        names = [node.name for node in definitions(other.read_text(encoding="utf-8"))] or ["nothing"]
        module = (
            ".".join(other.relative_to(self.root).with_suffix("").parts).removesuffix(".__init__").removeprefix("src.")
        )
        name, inner = self.draw(st.sampled_from(names)), self.draw(st.sampled_from(names))
        text = self.draw(st.sampled_from(USES)).format(name=name, inner=inner, module=module)
        header = f"\n\nimport logging\nfrom {module} import {name}\n\n\n"
        file.write_text(file.read_text(encoding="utf-8") + header + text, encoding="utf-8")
        return f"of {module}.{name} in {file}: {text!r}"

    def restore(self) -> str:
        """Have a file as it was in the beginning."""
        file = self.draw(st.sampled_from(sorted(self.before)))
        file.write_bytes(self.before[file])
        return str(file)

    def rename(self) -> str:
        file = self.a_file()
        text = file.read_text(encoding="utf-8")
        words = sorted(set(re.findall(r"\b[a-z_]{3,}\b", text)))
        if not words:
            return "nothing"
        old, new = self.draw(st.sampled_from(words)), self.draw(st.sampled_from([*words, "email", "phone", "added"]))
        everywhere = self.draw(st.booleans())
        for each in self.files() if everywhere else [file]:
            each.write_text(re.sub(rf"\b{old}\b", new, each.read_text(encoding="utf-8")), encoding="utf-8")
        return f"{old} to {new} in {'all files' if everywhere else file}"

    def add(self) -> str:
        folder = self.a_file().parent
        name = self.draw(st.sampled_from(["added.py", "__init__.py", "models.py", "logging.py", "test_added.py"]))
        (folder / name).write_text(self.draw(st.sampled_from(NEW)), encoding="utf-8")
        return str(folder / name)

    def remove(self) -> str:
        file = self.a_file()
        if len(self.files()) > 1:
            file.unlink()
        return str(file)

    def move(self) -> str:
        file = self.a_file()
        target = self.a_file().parent / self.draw(st.sampled_from(["moved.py", "__init__.py", file.name]))
        file.rename(target)
        return f"{file} to {target}"

    def swap(self) -> str:
        one, other = self.a_file(), self.a_file()
        texts = one.read_bytes(), other.read_bytes()
        one.write_bytes(texts[1])
        other.write_bytes(texts[0])
        return f"{one} and {other}"

    def files(self) -> list[Path]:
        return sorted(self.root.rglob("*.py"))

    def a_file(self) -> Path:
        file: Path = self.draw(st.sampled_from(self.files()))
        return file


@settings(max_examples=40, suppress_health_check=list(HealthCheck), derandomize=True, database=None)
@given(data=st.data())
def test_what_is_kept_never_changes_what_is_said(tmp_path_factory: pytest.TempPathFactory, data: st.DataObject) -> None:
    program = data.draw(st.sampled_from(PROGRAMS))
    root = tmp_path_factory.mktemp("edited") / "project"
    shutil.copytree(program, root)
    project = Project(root, data.draw)
    assert said(root, "") == said(root, None)
    done: list[str] = []
    for _ in range(data.draw(st.integers(2, 4))):
        done.append(project.edit())
        assert said(root, "") == said(root, None), (program.name, done)


def test_back_and_forth(tmp_path: Path) -> None:
    """What was known before last is as good as what is known from the last run."""
    root = tmp_path / "project"
    shutil.copytree(PROGRAMS[0], root)
    file = max(root.rglob("*.py"))
    text = file.read_text(encoding="utf-8")
    first = said(root, "")
    file.write_text("import logging\n\n\ndef f(email):\n    logging.info(email)\n", encoding="utf-8")
    other = said(root, "")
    assert first != other == said(root, None)
    file.write_text(text, encoding="utf-8")
    assert said(root, "") == first == said(root, None)


LOG = "import logging\n\n\n"
ELSEWHERE = {
    "a subclass overrides": (
        {"base.py": LOG + "class Base:\n    def label(self):\n        return 1\n\n    def show(self):\n"
         "        logging.info(self.label())\n", "other.py": ""},
        {"other.py": "from base import Base\n\n\nclass A(Base):\n    def label(self):\n        return self.email\n"},
    ),
    "a caller hands over": (
        {"job.py": LOG + "class Job:\n    def __init__(self, to):\n        self.to = to\n\n    def run(self):\n"
         "        logging.info('to %s', self.to)\n", "other.py": ""},
        {"other.py": "from job import Job\n\n\ndef f(email):\n    Job(email)\n"},
    ),
    "a global is written": (
        {"state.py": LOG + "current = None\n\n\ndef show():\n    logging.info('now %s', current)\n", "other.py": ""},
        {"other.py": "import state\n\n\ndef f(email):\n    state.current = email\n"},
    ),
    "a class is declared": (
        {"show.py": LOG + "def show(guest):\n    logging.info('now %s', guest)\n", "other.py": ""},
        {"other.py": "from dataclasses import dataclass\n\n\n@dataclass\nclass Guest:\n    token: str  # pii: email\n"},
    ),
    "a module appears": (
        {"show.py": LOG + "from texts import label\n\n\ndef show(guest):\n    logging.info(label(guest))\n"},
        {"texts.py": "def label(guest):\n    return guest.email\n"},
    ),
}  # fmt: skip
"""What is found in one file changes because another does, into which nobody had a reason to look."""


@pytest.mark.parametrize(("before", "edit"), ELSEWHERE.values(), ids=ELSEWHERE.keys())
def test_what_happens_elsewhere(tmp_path: Path, before: dict[str, str], edit: dict[str, str]) -> None:
    for name, text in before.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    first = said(tmp_path, "")
    for name, text in edit.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    warm, cold = said(tmp_path, ""), said(tmp_path, None)
    assert warm == cold
    assert first != cold, "else this proves nothing"
