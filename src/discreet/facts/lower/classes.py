"""Classes: bases, fields with their types and marks, methods."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from discreet.facts.lower.configured import configure, configure_model
from discreet.facts.lower.definitions import define_function, qualifier
from discreet.facts.lower.expressions import evaluate
from discreet.facts.lower.frame import Frame
from discreet.facts.lower.literals import constant_of
from discreet.facts.lower.settings import remember_set
from discreet.facts.lower.statements import statement, walk
from discreet.facts.lower.tuples import NAMED_TUPLE, tuple_fields
from discreet.facts.model import CONFIGURED_ELSEWHERE, Class, Constant, Field, Part, Type, Value


@statement(ast.ClassDef)
def define_class(frame: Frame, node: ast.ClassDef) -> None:
    """Bind the name of a class and lower its body in place: a class body runs where it stands."""
    bases = tuple(evaluate(frame, each) for each in node.bases)
    made = [tuple_fields(frame, each) for each in node.bases] if frame.module.tuples else []
    if any(made):
        bases = tuple(NAMED_TUPLE if some else base for base, some in zip(bases, made, strict=True))
    decorators = tuple(evaluate(frame, each) for each in node.decorator_list)
    name = frame.module.unique(f"{qualifier(frame)}.{node.name}")
    span = frame.span(node)
    body = Frame(frame.module, name, frame, "class")
    body.owner = name
    fields: list[Field] = [field for some in made for field in some]
    methods: dict[str, str] = {}
    constants: dict[str, Constant] = {}
    for each in _members(node.body):
        _member(body, each, fields, methods, constants)
    fields.extend(_root(body, node))
    configure(constants, node.keywords)
    marks = frame.module.marks.oep30(ast.get_docstring(node, clean=False), _first_line(node))
    scope = frame.name if frame.kind != "class" else _function_name(frame)
    frame.module.classes.append(
        Class(
            name,
            span,
            scope,
            bases,
            decorators,
            tuple(fields),
            methods,
            constants,
            marks,
            _flags(node),
        )
    )
    frame.module.class_texts.update(
        {f"{name}.{each}": text for each, text in constants.items() if isinstance(text, str)}
    )
    value: Value = (Part(f"g:{name}", span=span),)
    frame.hold(node.name, value)


def _root(body: Frame, node: ast.ClassDef) -> Iterator[Field]:
    """What pydantic's ``RootModel[list[EmailStr]]`` holds: its only field."""
    for each in node.bases:
        if isinstance(each, ast.Subscript) and body.dotted(each.value).endswith("RootModel"):
            type_ = body.type(each.slice)
            yield Field("root", type_, (), body.span(each), type_.marks)


def _first_line(node: ast.ClassDef) -> int:
    return min([node.lineno, *(each.lineno for each in node.decorator_list)])


def _function_name(frame: Frame) -> str:
    while frame.kind == "class" and frame.parent is not None:
        frame = frame.parent
    return frame.name


def _flags(node: ast.ClassDef) -> tuple[str, ...]:
    """``no-repr`` where the generated text is switched off: ``@dataclass(repr=False)``."""
    calls = [each for each in node.decorator_list if isinstance(each, ast.Call)]
    keywords = [keyword for call in calls for keyword in call.keywords] + node.keywords
    off = any(_is_false(keyword, "repr") for keyword in keywords)
    return ("no-repr",) if off else ()


def _is_false(keyword: ast.keyword, name: str) -> bool:
    return keyword.arg == name and isinstance(keyword.value, ast.Constant) and keyword.value.value is False


def _qualifier(node: ast.Assign | ast.AnnAssign) -> str:
    """The outermost name of a field's annotation. No generated text shows a ``ClassVar``, which is the class's own, nor
    an ``InitVar``, which is handed to the constructor only.
    """
    if not isinstance(node, ast.AnnAssign):
        return ""
    annotation = node.annotation
    named = annotation.value if isinstance(annotation, ast.Subscript) else annotation
    return named.attr if isinstance(named, ast.Attribute) else named.id if isinstance(named, ast.Name) else ""


def _members(body: list[ast.stmt]) -> Iterator[ast.stmt]:
    """The statements of a class body, with those of its branches in their place."""
    waiting = body[::-1]
    while waiting:
        node = waiting.pop()
        if isinstance(node, (ast.If, ast.Try)):
            waiting.extend([each for each in ast.iter_child_nodes(node) if isinstance(each, ast.stmt)][::-1])
        else:
            yield node


def _member(
    body: Frame, node: ast.stmt, fields: list[Field], methods: dict[str, str], constants: dict[str, Constant]
) -> None:
    if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
        name = define_function(body, node, body.name)
        column = _column(node)
        if column is not None:
            _field(body, column, _called_like(node), body.type(node.returns), column.value, fields, constants)
        elif not _is_setter(node):
            methods[node.name] = name
    elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
        _field(body, node, node.target, body.type(node.annotation), node.value, fields, constants)
    elif isinstance(node, ast.Assign):
        for target in node.targets:
            if isinstance(target, ast.Name):
                if isinstance(node.value, ast.Constant):
                    remember_set(body, target, node.value)
                _field(body, node, target, Type(), node.value, fields, constants)
            else:
                walk(body, [node])
    elif isinstance(node, ast.ClassDef) and node.name in ("Meta", "Config", "Params"):
        walk(body, [node])
        _inner_constants(node, constants)
        if node.name == "Config":
            constants.setdefault(CONFIGURED_ELSEWHERE, None)
    else:
        walk(body, [node])


def _column(node: ast.FunctionDef | ast.AsyncFunctionDef) -> ast.Assign | None:
    """The assignment that SQLAlchemy's ``@declared_attr`` stands for, on a method of a class that others derive from:
    what it makes is theirs as if it were written into each.
    """
    made = node.body[-1].value if isinstance(node.body[-1], ast.Return) else None
    if not isinstance(made, ast.Call) or not any(map(_declares, node.decorator_list)):
        return None
    return ast.copy_location(ast.Assign([_called_like(node)], made), node)


def _called_like(node: ast.FunctionDef | ast.AsyncFunctionDef) -> ast.Name:
    return ast.copy_location(ast.Name(node.name, ast.Store()), node)


def _declares(decorator: ast.expr) -> bool:
    while isinstance(decorator, ast.Attribute) and decorator.attr in ("cascading", "directive"):
        decorator = decorator.value
    name = decorator.attr if isinstance(decorator, ast.Attribute) else getattr(decorator, "id", "")
    return name == "declared_attr"


def _inner_constants(node: ast.ClassDef, constants: dict[str, Constant]) -> None:
    for each in node.body:
        if isinstance(each, ast.Assign) and isinstance(each.targets[0], ast.Name):
            constants[f"{node.name}.{each.targets[0].id}"] = constant_of(each.value)


def _is_setter(node: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    return any(
        isinstance(each, ast.Attribute) and each.attr in ("setter", "deleter", "expression", "comparator")
        for each in node.decorator_list
    )


def _field(
    body: Frame,
    node: ast.Assign | ast.AnnAssign,
    target: ast.Name,
    type_: Type,
    given: ast.expr | None,
    fields: list[Field],
    constants: dict[str, Constant],
) -> None:
    value = evaluate(body, given)
    marks = body.marked(node) or type_.marks
    qualifier = _qualifier(node)
    shown = qualifier not in ("ClassVar", "InitVar")
    if shown and isinstance(given, ast.Call):
        shown = not any(_is_false(keyword, "repr") for keyword in given.keywords)
    elif given is not None:
        constants[target.id] = constant_of(given)
    if target.id == "model_config":
        configure_model(constants, given)
    fields.append(
        Field(target.id, type_, value, body.span(target), marks, shown, given is not None, qualifier == "ClassVar")
    )
    if given is not None:
        body.assign(target.id, value, target, hop=False)
