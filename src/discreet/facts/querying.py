"""Querying: a walk through the tree of a query, for the columns that it selects and what they are made of."""

from __future__ import annotations

from collections.abc import Iterator

from sqlglot import exp

from discreet.catalogue.names import cleans
from discreet.facts.selection import HOLE, MAX_DEPTH, Column

Source = tuple[str, str]
Tables = dict[str, "str | list[Column]"]
"""What stands behind each name in a ``FROM``: a table of the database, or the columns of a query inside."""

_REDUCING = (
    exp.Count, exp.Sum, exp.Avg, exp.Stddev, exp.Variance, exp.Length, exp.MD5, exp.SHA, exp.SHA2, exp.Predicate,
    exp.Connector, exp.Not, exp.Literal, exp.Substring, exp.Left, exp.Right, exp.SplitPart, exp.Extract, exp.DateDiff,
    exp.TimestampTrunc, exp.DateTrunc, exp.Year, exp.Month, exp.Placeholder, exp.Parameter, exp.Null, exp.Boolean,
    exp.ApproxDistinct, exp.Star, exp.Interval,
)  # fmt: skip
"""What leaves of a column no more than a number, a truth or a piece."""
_HASHING = ("hash", "md5", "sha", "crypt", "digest", "mask", "anonym", "redact", "obfuscat", "uuid", "token")


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
    written: Tables = {table.alias_or_name.lower(): table.name} if table is not None else {}
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
            found[inner.alias_or_name.lower()] = known.get(inner.name.lower(), inner.name)
        elif isinstance(inner, exp.Subquery):
            found[inner.alias_or_name.lower()] = selected(inner.this, known, depth + 1)
    return found


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
    yield Column(each.alias_or_name or each.key, tuple(made_of))


def _made_of(node: exp.Expr, sources: Tables, known: Tables, depth: int) -> Iterator[Source]:
    """The columns whose content an expression shows."""
    if depth > MAX_DEPTH or isinstance(node, _REDUCING):
        return
    if isinstance(node, exp.Column):
        yield from _looked_up(node.name, node.table.lower(), sources)
    elif isinstance(node, exp.Func) and _hashes(node):
        return
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


def _hashes(node: exp.Func) -> bool:
    name = (node.name if isinstance(node, exp.Anonymous) else node.sql_name()).lower()
    return cleans(name) or any(word in name for word in _HASHING)


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
    yield tables[0] if len(tables) == 1 and tables[0] != HOLE else "", name
