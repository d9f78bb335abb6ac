"""``[tool.discreet]`` is found where it is, and what is wrong with it is said in one line."""

from __future__ import annotations

from pathlib import Path

import pytest

from discreet.project.config import DEFAULT_EXCLUDE, ConfigError, load


def written(directory: Path, text: str) -> Path:
    directory.mkdir(parents=True, exist_ok=True)
    file = directory / "pyproject.toml"
    file.write_text(text, encoding="utf-8")
    return file


def test_every_key_is_read(tmp_path: Path) -> None:
    file = written(
        tmp_path,
        """
        [tool.discreet]
        select = ["PII1", "pii201"]
        ignore = ["PII102"]
        extend-select = ["PII903"]
        extend-ignore = ["PII3"]
        min-confidence = "low"
        exclude = ["old"]
        extend-exclude = ["gen/*.py"]
        force-exclude = true
        include-tests = true
        per-file-ignores = {"scripts/*" = ["PII1"]}
        sources = {"shop.User.nick" = "username", "shop.Order.to" = ["Email Address", "phone"], "shop.Ok.x" = "none"}
        """,
    )
    config = load([tmp_path])
    assert (config.root, config.file) == (tmp_path, file)
    assert (config.select, config.ignore) == (("PII1", "PII201"), ("PII102",))
    assert (config.extend_select, config.extend_ignore) == (("PII903",), ("PII3",))
    assert (config.min_confidence, config.include_tests, config.force_exclude) == ("low", True, True)
    assert (config.exclude, config.extend_exclude) == (("old",), ("gen/*.py",))
    assert config.per_file_ignores == {"scripts/*": ("PII1",)}
    assert config.sources == {
        "shop.User.nick": ("username",),
        "shop.Order.to": ("email", "phone"),
        "shop.Ok.x": ("none",),
    }


def test_dotted_keys_without_quotes_mean_the_same(tmp_path: Path) -> None:
    written(tmp_path, '[tool.discreet.sources]\nshop.models.User.nick = "username"\n')
    assert load([tmp_path]).sources == {"shop.models.User.nick": ("username",)}


def test_the_nearest_table_speaks(tmp_path: Path) -> None:
    written(tmp_path, '[tool.discreet]\nmin-confidence = "low"\n')
    written(tmp_path / "a", '[tool.discreet]\nmin-confidence = "high"\n')
    written(tmp_path / "a/b", "[tool.other]\n")
    assert load([tmp_path / "a/b"]).min_confidence == "high"
    assert load([tmp_path / "a/b", tmp_path / "c"]).min_confidence == "low"


def test_without_a_table_the_root_is_the_project(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    deep = tmp_path / "a" / "b"
    deep.mkdir(parents=True)
    config = load([deep])
    assert (config.root, config.file, config.exclude) == (tmp_path, None, DEFAULT_EXCLUDE)
    written(tmp_path / "a", "[project]\n")
    assert load([deep]).root == tmp_path / "a"


def test_broken_toml_that_is_not_ours_is_not_our_business(tmp_path: Path) -> None:
    written(tmp_path, "[tool.other\n")
    assert load([tmp_path]).file is None


def test_isolated_reads_nothing(tmp_path: Path) -> None:
    written(tmp_path, "[tool.discreet]\nnonsense = 1\n")
    assert load([tmp_path], isolated=True).file is None


def test_a_named_file_may_leave_out_the_heading(tmp_path: Path) -> None:
    own = tmp_path / "discreet.toml"
    own.write_text('min-confidence = "high"\n', encoding="utf-8")
    assert load([tmp_path], file=own).min_confidence == "high"
    own.write_text('[tool.discreet]\nmin-confidence = "low"\n', encoding="utf-8")
    assert load([tmp_path], file=own).min_confidence == "low"


BAD = {
    "unknown key": ('ignroe = ["PII101"]', "has no key 'ignroe' (did you mean 'ignore'?)", "include-tests"),
    "unknown rule": ('select = ["PII1O1"]', "select: 'PII1O1' is not a rule (did you mean 'PII101'?)", "'ALL'"),
    "not a list": ('select = "PII101"', "select: 'PII101' is not a list of strings", "a list of rule codes"),
    "confidence": ('min-confidence = "hihg"', "'hihg' is not a confidence (did you mean 'high'?)", "low, medium, high"),
    "not a word": ("min-confidence = 1", "min-confidence: 1 is not a confidence", "low, medium, high"),
    "boolean": ('include-tests = "yes"', "include-tests: 'yes' is not a boolean", "true, false"),
    "category": ('sources = {"a.b" = "emial"}', "'emial' is not a category (did you mean 'email'?)", "phone"),
    "no category": ('sources = {"a.b" = []}', "sources: 'a.b' names no category", "email"),
    "dotted path": ('sources = {"a b" = "email"}', "sources: 'a b' is not a dotted path", "dotted paths"),
    "not a table": ("sources = 1", "sources: 1 is not a table", "dotted paths"),
    "pattern": ('exclude = ["a/***", "!"]', "is not a pattern", ".gitignore"),
    "per file": ('per-file-ignores = {"a" = ["E501"]}', "'E501' is not a rule", "patterns"),
}


@pytest.mark.parametrize(("line", "wrong", "takes"), BAD.values(), ids=BAD.keys())
def test_what_is_wrong_is_said_in_one_line(tmp_path: Path, line: str, wrong: str, takes: str) -> None:
    file = written(tmp_path, f"[tool.discreet]\n{line}\n")
    with pytest.raises(ConfigError) as caught:
        load([tmp_path])
    said = str(caught.value)
    assert said.startswith(f"{file}: [tool.discreet] ")
    assert wrong in said
    assert "it takes" in said
    assert takes in said
    assert "\n" not in said


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("[tool.discreet\n", "is not TOML"),
        ("[tool]\ndiscreet = 1\n", "must be a table"),
    ],
)
def test_a_table_that_is_none(tmp_path: Path, text: str, wrong: str) -> None:
    file = written(tmp_path, text)
    with pytest.raises(ConfigError, match=wrong) as caught:
        load([tmp_path])
    assert str(file) in str(caught.value)


def test_a_named_file_must_be_there_and_hold_a_table(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="cannot be read"):
        load([tmp_path], file=tmp_path / "none.toml")
    file = written(tmp_path, "[tool.other]\n")
    with pytest.raises(ConfigError, match=r"has no \[tool.discreet\] table"):
        load([tmp_path], file=file)


def test_with_what_a_run_works(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text(
        '[tool.discreet]\nstrict = true\njobs = 2\ncache-dir = "var/kept"\npython = ".venv"\n'
    )
    config = load([tmp_path])
    assert (config.strict, config.jobs) == (True, 2)
    assert (config.cache_dir, config.python) == (str(tmp_path / "var/kept"), str(tmp_path / ".venv"))
    absolute = tmp_path / "elsewhere"
    (tmp_path / "pyproject.toml").write_text(f'[tool.discreet]\njobs = "auto"\npython = "{absolute.as_posix()}"\n')
    config = load([tmp_path])
    assert (config.strict, config.jobs, config.cache_dir, config.python) == (False, "auto", None, str(absolute))


@pytest.mark.parametrize(
    "line", ["jobs = 0", "jobs = true", 'jobs = "two"', "jobs = 1.5", "strict = 1", 'python = ""', "cache-dir = []"]
)
def test_a_value_that_is_not_taken(tmp_path: Path, line: str) -> None:
    (tmp_path / "pyproject.toml").write_text(f"[tool.discreet]\n{line}\n")
    with pytest.raises(ConfigError, match=line.partition(" ")[0]):
        load([tmp_path])
