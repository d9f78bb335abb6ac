"""Querying: a walk through the tree of a query, for the columns that it selects and what they are made of."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from typing import Final

import sqlglot
from sqlglot import exp
from sqlglot.errors import SqlglotError

from discreet.catalogue.names import cleans
from discreet.facts.selection import HOLE, MAX_DEPTH, Column

Source = tuple[str, str]
Tables = dict[str, "str | list[Column]"]
"""What stands behind each name in a ``FROM``: a table of the database, or the columns of a query inside."""

_REDUCING: Final = (
    exp.Predicate, exp.Connector, exp.Not, exp.Literal, exp.Placeholder, exp.Parameter, exp.Null, exp.Boolean, exp.Star,
    exp.Interval,
)  # fmt: skip
"""What leaves of a column a truth, or nothing."""
_KEEPING: Final = frozenset({
    "lower", "upper", "initcap", "trim", "btrim", "ltrim", "rtrim", "unaccent", "concat", "concat_ws", "coalesce",
    "ifnull", "nvl", "nullif", "cast", "try_cast", "convert", "max", "min", "any_value", "first", "last", "first_value",
    "last_value", "lag", "lead", "greatest", "least", "array_agg", "string_agg", "group_concat", "listagg", "array",
    "array_to_string", "unnest", "json_agg", "jsonb_agg", "json_build_object", "jsonb_build_object", "json_object",
    "json_array_agg", "to_json", "to_jsonb", "row_to_json", "struct", "explode", "replace", "format", "printf",
    "quote_literal", "to_char", "time_to_str", "strftime", "date_format", "date", "timestamp", "case", "if", "iif",
    "decrypt", "aes_decrypt", "pgp_sym_decrypt", "convert_from", "collate", "distinct", "j_s_o_n_object",
    "j_s_o_n_array_agg", "ts_or_ds_to_date", "array_concat"
})  # fmt: skip
"""Functions that let something of their arguments be seen. Of any other, only the name of its result tells anything."""


logging.getLogger("sqlglot").setLevel(logging.CRITICAL)  # what it can't read is counted, and told by nobody else


def columns_in(text: str, dialect: str) -> list[Column] | None:
    """The columns that a statement gives, or ``None`` where it can't be read."""
    try:
        return selected(sqlglot.parse_one(text, read=dialect))
    except (SqlglotError, RecursionError, ValueError):
        return None


def created(text: str) -> list[tuple[str, list[str]]]:
    """The tables that some statements create, with their columns."""
    for dialect in ("mysql",) if "`" in text else ("postgres", "sqlite"):
        try:
            trees = sqlglot.parse(text, read=dialect)
        except (SqlglotError, RecursionError, ValueError):
            continue
        schemas = [tree.this for tree in trees if isinstance(tree, exp.Create) and isinstance(tree.this, exp.Schema)]
        return [
            (each.this.name, [column.name for column in each.expressions if isinstance(column, exp.ColumnDef)])
            for each in schemas
            if HOLE not in each.this.name
        ]
    return []


def selected(tree: exp.Expr, inherited: Tables | None = None, depth: int = 0) -> list[Column]:
    """The columns of the rows that a statement gives."""
    if depth > MAX_DEPTH:
        return []
    tables: Tables = dict(inherited or {})
    for inner in tree.ctes if isinstance(tree, exp.Query) else ():
        tables[inner.alias.lower()] = selected(inner.this, tables, depth + 1)
    if isinstance(tree, exp.Subquery):
        return selected(tree.this, tables, depth + 1)
    if isinstance(tree, exp.SetOperation):
        return _united(selected(tree.this, tables, depth + 1), selected(tree.expression, tables, depth + 1))
    if isinstance(tree, exp.Select):
        sources = _sources(tree, tables, depth)
        return [column for each in tree.expressions for column in _columns(each, sources, tables, depth)]
    returning = tree.args.get("returning")
    if returning is None:
        return []
    table = tree.find(exp.Table)
    written: Tables = {table.alias_or_name.lower(): _name(table)} if table is not None else {}
    return [column for each in returning.expressions for column in _columns(each, written, tables, depth)]


def _united(one: list[Column], other: list[Column]) -> list[Column]:
    """The rows of two queries, one after the other: the first one's names, and what both are made of."""
    if len(one) != len(other):
        return one or other
    pairs = zip(one, other, strict=True)
    return [Column(mine.name, tuple(dict.fromkeys(mine.sources + yours.sources))) for mine, yours in pairs]


def _sources(tree: exp.Select, known: Tables, depth: int) -> Tables:
    """What a ``SELECT`` reads, by the name it has in it."""
    found: Tables = {}
    first = tree.args.get("from_") or tree.args.get("from")
    for each in [first, *tree.args.get("joins", ()), *tree.args.get("laterals", ())]:
        inner = each.this if each is not None else None
        if isinstance(inner, exp.Table):
            found[inner.alias_or_name.lower()] = known.get(inner.name.lower(), _name(inner))
        elif isinstance(inner, exp.Subquery):
            found[inner.alias_or_name.lower()] = selected(inner.this, known, depth + 1)
    return found


def _name(table: exp.Table) -> str:
    """The name of a table, as far as it is known."""
    return "" if HOLE in table.name else table.name


def _columns(each: exp.Expr, sources: Tables, known: Tables, depth: int) -> Iterator[Column]:
    """The columns that one expression of a ``SELECT`` gives."""
    if isinstance(each, exp.Star) or (isinstance(each, exp.Column) and isinstance(each.this, exp.Star)):
        named = each.table.lower() if isinstance(each, exp.Column) else ""
        for name, source in sources.items():
            if named not in ("", name):
                continue
            if isinstance(source, str):
                yield Column("*", ((source, "*"),))
            else:
                yield from source
        return
    made_of = dict.fromkeys(_made_of(each, sources, known, depth))
    inner = each.this if isinstance(each, exp.Alias) else None
    if not made_of and isinstance(inner, exp.Func) and not _keeps(inner) and not _hashes(inner):
        made_of = {("", each.alias): None}  # whatever it does: it is called so
    called = each.alias_or_name
    yield Column(each.key if called in ("", "*") else called, tuple(made_of))  # COUNT(*) is no column of all


def _made_of(node: exp.Expr, sources: Tables, known: Tables, depth: int) -> Iterator[Source]:
    """The columns whose content an expression shows."""
    if depth > MAX_DEPTH or isinstance(node, _REDUCING):
        return
    if isinstance(node, exp.Column):
        yield from _looked_up(node.name, node.table.lower(), sources)
    elif isinstance(node, exp.Func) and not isinstance(node, exp.JSONExtract | exp.JSONExtractScalar | exp.Query):
        for inner in _shown(node) if _keeps(node) else ():
            yield from _made_of(inner, sources, known, depth + 1)
    elif isinstance(node, exp.Query):
        for column in selected(node, known, depth + 1)[:1]:
            yield from column.sources
    elif isinstance(node, exp.JSONExtract | exp.JSONExtractScalar):
        yield "", str(node.expression.name or node.output_name)
    else:
        for inner in _shown(node):
            yield from _made_of(inner, sources, known, depth + 1)


def _shown(node: exp.Expr) -> Iterator[exp.Expr]:
    """The parts of an expression that can be seen in its value: not the conditions, nor what a window goes by."""
    if isinstance(node, exp.Case | exp.If):
        for branch in node.args.get("ifs", ()):
            yield branch.args["true"]
        for name in ("true", "false", "default"):
            other = node.args.get(name)
            if isinstance(other, exp.Expr):
                yield other
    elif isinstance(node, exp.Window | exp.Filter | exp.Cast):
        yield node.this
    else:
        yield from node.iter_expressions()


def _called(node: exp.Func) -> str:
    return (node.name if isinstance(node, exp.Anonymous) else node.sql_name()).lower()


def _keeps(node: exp.Func) -> bool:
    if isinstance(
        node, exp.RegexpReplace
    ):  # what only drops something keeps the rest; anything else may well be a mask
        return str(node.args.get("replacement") or "").strip("'") == ""
    return isinstance(node, exp.Cast | exp.Case | exp.If) or _called(node) in _KEEPING


def _hashes(node: exp.Func) -> bool:
    """Whether a function counts, or makes something else of its arguments, by whatever name the result may go."""
    return isinstance(node, exp.AggFunc | exp.MD5 | exp.SHA | exp.SHA2 | exp.Length | exp.RegexpReplace) or cleans(
        _called(node)
    )


def _looked_up(name: str, table: str, sources: Tables) -> Iterator[Source]:
    """The column of a table, or those that a query inside makes it of."""
    if name == HOLE:
        yield "", ""
        return
    chosen = [sources[table]] if table in sources else list(sources.values())
    inner = [column for each in chosen if isinstance(each, list) for column in each]
    same = [column for column in inner if column.name.lower() == name.lower()]
    if same:
        for column in same:
            yield from column.sources
        return
    whole = [column.sources[0][0] for column in inner if column.name == "*"]
    tables = [each for each in chosen if isinstance(each, str)] + whole
    yield tables[0] if len(tables) == 1 else "", name
