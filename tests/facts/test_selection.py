"""Queries: which columns are told of, what leaves nothing of a column, and what is refused."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from discreet.facts.bounds import counting
from discreet.facts.extraction import extract
from discreet.facts.selection import HOLE, Column, columns_of, root_of

TOLD = {
    "SELECT id, email FROM users": {"id": ["users.id"], "email": ["users.email"]},
    "select u.email as mail from users u where u.id = %s": {"mail": ["users.email"]},
    "SELECT email FROM users u JOIN orders o ON o.user_id = u.id": {"email": [".email"]},
    "SELECT first_name || ' ' || last_name AS full FROM staff": {"full": ["staff.first_name", "staff.last_name"]},
    "SELECT COALESCE(NULLIF(TRIM(email), ''), 'none') AS e FROM users": {"e": ["users.email"]},
    "SELECT CASE WHEN email IS NULL THEN phone ELSE 'x' END AS c FROM users": {"c": ["users.phone"]},
    "SELECT CAST(phone AS text) AS p, phone::text AS q FROM users": {"p": ["users.phone"], "q": ["users.phone"]},
    "SELECT (SELECT email FROM users LIMIT 1) AS e FROM orders": {"e": ["users.email"]},
    "SELECT string_agg(email, ',') AS all_of_them FROM users": {"all_of_them": ["users.email"]},
    "SELECT regexp_replace(phone, '[^0-9]', '') AS p FROM users": {"p": ["users.phone"]},
    "SELECT data->>'email' AS e FROM events": {"e": [".email"]},
    "SELECT * FROM users": {"*": ["users.*"]},
    "SELECT t.email FROM (SELECT email, id FROM users) t": {"email": ["users.email"]},
    "WITH q AS (SELECT email FROM users) SELECT * FROM q": {"email": ["users.email"]},
    "INSERT INTO users (email) VALUES (%s) RETURNING email": {"email": ["users.email"]},
    "SELECT `email` FROM `users`": {"email": ["users.email"]},
    "SELECT TOP 5 [Email] FROM [dbo].[Users]": {"Email": ["Users.Email"]},
    "SELECT email FROM users WHERE id IN %(ids)s AND x = :y AND z = ? AND a LIKE '%%b'": {"email": ["users.email"]},
    f"SELECT email FROM {HOLE} WHERE id = 1 {HOLE}": {"email": [".email"]},
    "SELECT email FROM {} WHERE id = 1 {}": {"email": [".email"]},
    "SELECT decode_it(payload) AS email FROM events": {"email": [".email"]},
    "SELECT COUNT(*) FROM users": {"count": []},
    "SELECT t.email FROM (SELECT COUNT(*), email FROM users) t": {"email": ["users.email"]},
    "SELECT t.email FROM (SELECT COUNT(*) FROM users) t": {"email": [".email"]},
}

NOTHING_LEFT = (
    "count(email)", "count(DISTINCT email)", "md5(email)", "sha256(email)", "length(email)", "email IS NOT NULL",
    "email LIKE '%x'", "substring(email, 1, 3)", "left(email, 1)", "extract(year FROM birth)", "similarity(email, 'a')",
    "mask_email(email)", "regexp_replace(email, '.*@', '***@')", "row_number() OVER (ORDER BY email)", "'email'",
    "EXISTS (SELECT email FROM users)",
)  # fmt: skip

NO_QUERIES = (
    "Select the best of the two", "select", "SELECT 1", "with love from", "DELETE FROM users", "UPDATE users SET a = 1",
    "INSERT INTO users (email) VALUES ('x')", "I select rows from it", "SELECT FROM WHERE", "",
)  # fmt: skip


def told(text: str) -> dict[str, list[str]]:
    root = root_of(text)
    return {each.name: [".".join(source) for source in each.sources] for each in columns_of(root)} if root else {}


@pytest.mark.parametrize(("text", "wanted"), TOLD.items())
def test_columns_are_what_the_query_selects(text: str, wanted: dict[str, list[str]]) -> None:
    assert told(text) == wanted


@pytest.mark.parametrize("expression", NOTHING_LEFT)
def test_what_counts_hashes_or_cuts_leaves_nothing_of_a_column(expression: str) -> None:
    assert list(told(f"SELECT {expression} FROM users").values()) == [[]]


@pytest.mark.parametrize("text", NO_QUERIES)
def test_what_gives_no_rows_is_no_query(text: str) -> None:
    assert not any(told(text).values())


@pytest.mark.parametrize(
    "inner",
    ["(" * 200 + "1" + ")" * 200, "STRUCT(" * 23 + "1" + ")" * 23, "NOT " * 3000 + "a", "- " * 3000 + "1",
     "CASE WHEN " * 500, "a, " * 20000 + "a", "(SELECT a FROM " * 40 + "t" + ")" * 40],
)  # fmt: skip
def test_what_is_too_long_or_too_deep_is_refused_and_counted(inner: str) -> None:
    with counting() as hits:
        assert root_of(f"SELECT email, {inner} FROM users") == ""
    assert sum(hits.values()) == 1


def test_what_cannot_be_read_is_counted() -> None:
    with counting() as hits:
        assert root_of("SELECT email FROM users WHERE WHERE (") == ""
    assert hits == {"queries that could not be read": 1}


def test_no_address_of_a_literal_is_kept() -> None:
    root = root_of("SELECT email AS \"ann@somewhere.org\", 'bob@somewhere.org' AS b FROM users")
    assert root
    assert "somewhere" not in root


@settings(max_examples=60)
@given(
    st.lists(
        st.sampled_from(["(", ")", "a", ",", "'", '"', "CASE", "WHEN", "*", ".", "::", "[", "FROM", "\x00", "é", "--"])
    )
)
def test_whatever_stands_in_a_query_it_is_read_or_refused(pieces: list[str]) -> None:
    root = root_of(f"SELECT {' '.join(pieces)} FROM users")
    assert all(isinstance(each, Column) for each in columns_of(root)) if root else root == ""


def test_sqlglot_is_imported_by_the_first_query_and_no_sooner() -> None:
    program = (
        "import sys\n"
        "from discreet.facts.extraction import extract\n"
        "extract('a.py', b'x = q.select_related(1)\\nprint(\"Select a name\", \"from the list\")\\n', module='a')\n"
        "assert 'sqlglot' not in sys.modules, 'before'\n"
        "extract('b.py', b'q = \"SELECT email FROM users\"\\n', module='b')\n"
        "assert 'sqlglot' in sys.modules, 'after'\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_facts_hold_the_columns_of_a_query_however_it_is_written() -> None:
    text = 'q = "SELECT email " + "FROM users"\nr = f"SELECT email FROM {t}"\ns = "SELECT email FROM %s" % t\n'
    (top,) = extract("a.py", text.encode(), module="a").functions
    found = {name: {part.root for part in value if part.root[:2] == "q:"} for name, value in top.variables.items()}
    assert found == {"q": {"q:email=users.email"}, "r": {"q:email=.email"}, "s": {"q:email=.email"}}
