"""What libraries do with data: the catalogue's rows, applied to results; and what is left of a call nobody could
resolve.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from discreet.catalogue.names import cleans, is_person
from discreet.catalogue.rows import SILENCING, Transform
from discreet.catalogue.tables import Catalogue
from discreet.catalogue.words import is_plural
from discreet.facts.keys import decided
from discreet.facts.model import REPR, STR, VALUE, Argument, Call, Path, Value
from discreet.flow import bound, documents
from discreet.flow.binding import receiver_of, selected, spread
from discreet.flow.changed import attributes, changed
from discreet.flow.context import Context, Made
from discreet.flow.queries import asked_for
from discreet.flow.result import OBJECT, PARAM, TAINT, UNKNOWN, Place, Result, Results
from discreet.flow.results import distinct
from discreet.flow.rows import ASKING, FIRST_COLUMN, first_column
from discreet.flow.submissions import OF_SOMEBODY, SUBMITTED
from discreet.flow.substitutions import SUBSTITUTING, substituted

if TYPE_CHECKING:
    from discreet.flow.evaluate import Evaluator

IMPORTED: Final = "import"
"""What a bare imported object ``holds``: its name names a module or an object of one, not data."""


class External:
    """Answers for what lies outside the analysed program."""

    def __init__(self, evaluator: Evaluator, catalogue: Catalogue) -> None:
        self.evaluator = evaluator
        self.catalogue = catalogue

    def object(self, dotted: str, place: Place) -> Results:
        """An object imported from a library."""
        last = dotted.rpartition(".")[2]
        row = self.catalogue.classes.exact[dotted]
        if row is not None:
            if row.text == "clean":
                return ()
            if row.text == "@user":
                return (Result(OBJECT, (last,), last, place, cls=self.evaluator.classes.user_model()),)
            if not last[:1].isupper():  # the class itself is nobody's, whatever its instances hold
                return (Result(OBJECT, (last,), last, place, cls=dotted),)
        return (Result(UNKNOWN, (last,), last, place, holds=IMPORTED),)

    def is_object(self, name: str) -> bool:
        """Whether instances of a class have attributes of their own, rather than being a plain value."""
        if self.evaluator.program.is_class(name):
            return self.evaluator.classes.type_row(name) is None
        return self.catalogue.classes[name] is not None

    def attribute(self, result: Result, name: str, names: tuple[str, ...], text: str, place: Place) -> Results | None:
        """What a library's class says of an attribute, or ``None``."""
        for row in self.evaluator.classes.rows(result.cls):
            said = row.attributes.get(name) or row.attributes.get("*")
            if said:
                return self.said(result, said, names, text, place)
        return None

    def said(self, result: Result, said: str, names: tuple[str, ...], text: str, place: Place) -> Results | None:
        """What lies where a row says what does, in the notation of a class's attributes; ``result`` is the object whose
        attribute it is.
        """
        kind, _, target = said.partition(":")
        if kind == "clean":
            return ()
        if kind == "category":
            return (Result(TAINT, names, text, place, categories=(target,), known_by="type", confidence="high"),)
        if kind in ("type", "many"):
            return (Result(OBJECT, names, text, place, cls=target, path=("*",) if kind == "many" else ()),)
        if kind == "fields":
            return (result._replace(tail=("@fields",), text=text, place=place),)
        if kind == "submission":
            return (Result(UNKNOWN, ("",), text, place, holds=OF_SOMEBODY if target == "person" else SUBMITTED),)
        things = self.evaluator.things
        if kind in ("user", "model"):
            cls = self.evaluator.classes.user_model() if kind == "user" else self.evaluator.classes.shape(result.cls)
            return (Result(OBJECT, names, text, place, cls=cls),) if cls else None
        if kind in ("attribute", "element"):
            bare, found = Result(OBJECT, names, text, place), things.handlers.named(result.cls, said)
            held = (bare._replace(cls=each.name, path=("*",) if each.kind == "collection" else ()) for each in found)
            return tuple(held) or None
        return (Result(UNKNOWN, names[-1:], text, place),)

    def called(self, context: Context, call: Call, index: int, dotted: str, place: Place) -> Results | None:
        """What a call of a library's callable gives, or ``None`` where the catalogue does not know it."""
        declared = self.evaluator.sources.get(dotted)
        if declared:
            return (self._given(call, declared, place)._replace(known_by="mark"),)
        kind, _, category = self.catalogue.given_by(dotted).partition(":")
        if kind == "category":
            return (self._given(call, (category,), place),)
        if kind == "submission":
            return (Result(UNKNOWN, ("",), f"{call.text}()", place, holds=SUBMITTED),)
        if kind == "own":
            return self.apply("fields", self.evaluator.value(context, receiver_of(call)), place)
        if self.catalogue.makers[dotted]:
            return self.evaluator.frames.made(context, call, index, dotted, place)
        if self.evaluator.frames.is_frame(dotted.rpartition(".")[0]):
            return self.evaluator.frames.called(context, call, place, sure=True)
        if bound.binds(dotted):
            return bound.logger(self.evaluator, context, call, place)
        if dotted in SUBSTITUTING:
            return substituted(self.evaluator, context, call, dotted)
        transform = self.catalogue.transform_of(dotted)
        if transform is not None:
            if transform.effect in SILENCING:
                made = [t for t in self.evaluator.things.of_call(context, call, index) if self.is_object(t.name)]
                return tuple(Result(OBJECT, (call.text,), f"{call.text}()", place, cls=t.name) for t in made)
            return self._transformed(context, call, transform, place)
        answered = self._answered(context, call, dotted)
        if answered:
            return (*answered, *self.unresolved(context, call, index, place))
        last = dotted.rpartition(".")[2]
        if last in self.catalogue.methods and "." in call.text:
            return None
        made = [t for t in self.evaluator.things.of_call(context, call, index) if t.kind in ("instance", "collection")]
        known = [t for t in made if self.is_object(t.name)]
        if known:
            whole = Result(OBJECT, (last,), f"{call.text}()", place)
            return tuple(
                whole._replace(cls=t.name, path=("*",)) if t.kind == "collection"
                else whole._replace(cls=t.name, made=Made(*context.key, index) if t.name == dotted else None)
                for t in known
            )  # fmt: skip
        return None

    def _given(self, call: Call, categories: tuple[str, ...], place: Place) -> Result:
        last = call.text.rpartition(".")[2]
        return Result(
            TAINT, (last,), f"{call.text}()", place, categories=categories, known_by="type", confidence="high"
        )

    def _transformed(self, context: Context, call: Call, transform: Transform, place: Place) -> Results:
        own = "self" in transform.of
        found = list(self.evaluator.value(context, receiver_of(call))) if own else []
        for number, arg in selected(call.args, transform.of):
            given = self.evaluator.value(context, spread(arg))
            if transform.effect == "tuple":
                place_of = () if arg.name == "*" else (f"#{number}",)  # what is spread is a sequence already
                given = tuple(each._replace(path=(*place_of, *each.path)) for each in given)
            elif transform.effect == "object":
                given = attributes(arg, given)
            elif transform.effect == "template":
                given = tuple(each for each in given if not self._is_whole(context, each))
            found.extend(given)
        if transform.effect == "change":
            return changed(self.evaluator, context, call, distinct(found))
        given = self.apply(transform.effect, distinct(found), place)
        if transform.effect != "fields":
            return given
        if not own:
            return self._filtered(context, call, given, place)
        made = next((each.made for each in found if each.made is not None), None)
        if made is None:
            return given
        return self._dumped(self.evaluator.program.unit(made.function).function.calls[made.number], given, place)

    def _answered(self, context: Context, call: Call, dotted: str) -> Results:
        """What a model answers: what it was asked with may be repeated in the text, wherever in the answer that lies,
        and so it is shown with the whole.
        """
        found: list[Result] = []
        for row in self.catalogue.sinks_of(dotted):
            if row.answers:
                asked = [arg.value for _, arg in selected(call.args, row.args)]
                texts = [as_text(each) for value in asked for each in self.evaluator.value(context, value)]
                found.extend(text._replace(path=_way(way)) for way in ("", *row.answers) for text in texts)
        return distinct(found)

    def _filtered(self, context: Context, call: Call, given: Results, place: Place) -> Results:
        """``asdict(user, filter=...)`` without the fields that ``attrs.filters`` drop; any other filter is believed."""
        asked = next((arg.value for arg in call.args if arg.name == "filter" and arg.value), ())
        if not asked:
            return given
        made = [context.function.calls[int(part.root[1:])] for part in asked if part.root[0] == "c"]
        if len(made) != 1 or len(asked) != 1:
            return ()
        names = tuple(name for arg in made[0].args for name in _fields_of(arg))
        verb = made[0].text.rpartition(".")[2]
        if verb == "include":
            return self._only(given, names, (), place)
        return self._only(given, (), names, place) if verb == "exclude" and names else ()

    def _is_whole(self, context: Context, result: Result) -> bool:
        """Whether a result is all of an object or a record, of which a template names what it shows, and nobody here
        knows what that is.
        """
        own = self.evaluator.parameters.own(context, result) if result.kind == PARAM else (result,)
        return any(each.kind == OBJECT or "@fields" in each.tail for each in own)

    def apply(self, effect: str, results: Results, place: Place) -> Results:
        """What a transform leaves of some results."""
        if effect in SILENCING:
            return ()
        if effect in ("text", "template"):
            return distinct([as_text(each) for each in results])
        if effect == "element":
            return self.evaluator.steps(results, ("*",), place)
        if effect == "container":
            return tuple(each._replace(path=("*", *each.path)) for each in results)
        if effect == "fields":
            return self.evaluator.steps(results, ("@fields",), place)
        return results

    def unresolved(self, context: Context, call: Call, index: int, place: Place) -> Results:
        """What is left of a call that nobody could resolve: a method that means the same everywhere, or a name."""
        named = (
            self._alias_called(call, place)
            or self._queried(context, call, index, place)
            or documents.of_call(context.function, call, place)
        )
        if named:
            return named
        rows = self.evaluator.columns.of(context, call, place) or self.evaluator.rows.given(context, call, place)
        if rows and any(each.kind != PARAM for each in rows):
            return rows
        return (*rows, *self._by_name(context, call, place)) if rows else self._by_name(context, call, place)

    def _by_name(self, context: Context, call: Call, place: Place) -> Results:
        last = call.text.rpartition(".")[2]
        of_frame = self.evaluator.frames.called(context, call, place, sure=False)
        if of_frame is not None:
            return of_frame
        asked = asked_for(context.function, call)
        if asked:
            return (Result(UNKNOWN, (asked, last), f"{call.text}()", place, called=True),)
        everything = self.evaluator.value(context, receiver_of(call))
        if last in MAPPING:
            mapped = self.evaluator.frames.mapped(context, call, everything, place)
            if mapped is not None:
                return mapped
        method = FOUND if last == "find" and _is_query(call) else self.catalogue.methods.get(last)
        looked_up = method is not None and method.effect == "item" and _looks_up(call)
        receiver = [each for each in everything if each.holds != IMPORTED or each.kind != UNKNOWN or looked_up]
        if method is not None and method.of != ("self",):
            return self._transformed(context, call, method, place)
        if method is not None and method.effect == "item" and "." in call.text and not everything:
            return distinct([each for arg in call.args[1:] for each in self.evaluator.value(context, arg.value)])
        handed_a_query = method is not None and method.effect == "element" and last in ASKING and bool(call.args)
        if method is not None and receiver and not handed_a_query:  # session.scalar(statement) is no element of it
            return self._method(context, call, method, tuple(receiver), place)
        if cleans(last):
            return ()
        owner = next((each.names for each in receiver if each.kind != TAINT), ())
        return (Result(UNKNOWN, (*owner, last)[-5:], f"{call.text}()", place, called=True),)

    def _alias_called(self, call: Call, place: Place) -> Results:
        """``Email(row[2])``, where ``Email`` is a ``NewType``."""
        for part in call.callee:
            if part.root[:2] == "g:" and not part.access:
                alias = self.evaluator.parameters.alias(part.root[2:], (call.text,), f"{call.text}()", place)
                if alias is not None:
                    return tuple(each for each in alias if each.kind == TAINT)
        return ()

    def _queried(self, context: Context, call: Call, index: int, place: Place) -> Results:
        """``session.get(User, 1)``: what a query gives of the class it names."""
        things = [t for t in self.evaluator.things.of_call(context, call, index) if self.is_object(t.name)]
        last = call.text.rpartition(".")[2]
        return tuple(
            Result(OBJECT, (last,), f"{call.text}()", place, cls=t.name, path=("*",) if t.kind == "collection" else ())
            for t in things
        )

    def _method(self, context: Context, call: Call, method: Transform, receiver: Results, place: Place) -> Results:
        if call.text.rpartition(".")[2] in FIRST_COLUMN:
            receiver = first_column(receiver)
        if method.effect == "reveal":
            return self.evaluator.steps(receiver, ("@secret",), place)
        if method.effect == "keep":
            return receiver
        if method.effect == "change":
            return changed(self.evaluator, context, call, receiver)
        if method.effect == "record":
            return (Result(UNKNOWN, ("",), f"{call.text}()", place),)
        receiver = _as_called(call, receiver)
        if method.effect == "fields":
            given = self.apply("fields", receiver, place)
            return self._dumped(call, tuple(each._replace(text=f"{call.text}()") for each in given), place)
        if method.effect != "item":
            return self.apply(method.effect, receiver, place)
        if not call.args:
            return self.evaluator.steps(receiver, ("*",), place)
        key = call.args[0].constant
        words = self.evaluator.keys.of_value(context, call.args[0].value) if key is None else ()
        step = f"[{key}" if isinstance(key, str) else f"#{key}" if isinstance(key, int) else _key_of(call.args[0].value)
        steps = tuple(f"[{word}" for word in words) or (step,)
        found = [each for one in steps for each in self.evaluator.steps(receiver, (one,), place)]
        for arg in call.args[1:]:
            found.extend(self.evaluator.value(context, arg.value))
        return distinct(found)

    def is_mapping(self, cls: str) -> bool:
        """Whether instances of a library's class are dictionaries whose keys the catalogue knows."""
        row = self.evaluator.classes.row(cls)
        return row is not None and row.text == "mapping"

    def has_fields(self, cls: str) -> bool:
        """Whether a class keeps its data in fields of its own, so that a mapping of an instance is one of them."""
        row = self.evaluator.classes.row(cls)
        return row is None or row.model or row.text in ("fields", "mapping")

    def is_opaque(self, cls: str) -> bool:
        """Whether instances are a library's that keep their data elsewhere: what a client or a file gives is none of
        its own fields.
        """
        row = self.evaluator.classes.row(cls)
        return row is not None and not row.model and row.text == ""

    def _dumped(self, call: Call, results: Results, place: Place) -> Results:
        """``model_dump(exclude={"email"})`` and ``include=``; ``UserSchema(only=["id"]).dump(user)``."""
        chosen = {arg.name: arg.constant for arg in call.args if arg.name in ("include", "only", "exclude")}
        dropped, kept = _names(chosen.get("exclude")), _names(chosen.get("include") or chosen.get("only"))
        return self._only(results, kept, dropped, place)

    def _only(self, results: Results, kept: tuple[str, ...], dropped: tuple[str, ...], place: Place) -> Results:
        """Of a mapping of fields those that are ``kept``, if any are named, else all but those that are ``dropped``."""
        if kept:
            return distinct(
                [
                    each._replace(path=(f"[{name}", *each.path))
                    for name in kept
                    for each in self.evaluator.steps(results, (f"[{name}",), place)
                ]
            )
        minus = frozenset((f"[{name}",) for name in dropped)
        return tuple(each._replace(minus=each.minus | minus) for each in results) if minus else results


MAPPING: Final = frozenset({"map", "apply", "transform", "map_elements"})
"""Methods of a column, or of what is like one, that hand each element to a function."""
FOUND: Final = Transform("keep", ("self",))
"""What MongoDB's ``find`` does: it gives some of what it is called on."""


def _is_query(call: Call) -> bool:
    """Whether ``find`` is MongoDB's: it is handed nothing, or a mapping that is written out, and no text."""
    first = call.args[0] if call.args else None
    if first is None or first.name:
        return True
    return first.constant is None and all(part.path and part.path[0][0] == "[" for part in first.value)


def _looks_up(call: Call) -> bool:
    """``session.get("email")``: whether an object of a library, not a module's function, is asked for a key."""
    key = call.args[0].constant if call.args else None
    below = any(part.root[:2] != "g:" or "." in part.root or len(part.access) > 1 for part in call.callee)
    return below and isinstance(key, str) and key.replace("-", "_").isidentifier()


def _fields_of(arg: Argument) -> tuple[str, ...]:
    """The fields that an argument of ``attrs.filters.exclude`` names: ``"email"``, ``fields(User).email``."""
    if isinstance(arg.constant, str):
        return (arg.constant,)
    return tuple(part.access[-1][1:] for part in arg.value if part.root[0] == "c" and part.access)


def _names(constant: object) -> tuple[str, ...]:
    if isinstance(constant, str):
        return (constant,)
    return tuple(constant) if isinstance(constant, tuple) else ()


def _way(written: str) -> Path:
    """``choices.*.message.content`` as steps; ``[text`` is a key."""
    return tuple(step if step[0] in "*[" else f".{step}" for step in written.split(".") if step)


def as_text(result: Result) -> Result:
    """The result as part of a text."""
    form = result.form if result.form != VALUE else REPR if result.path else STR
    return result._replace(form=form, path=())


def _as_called(call: Call, receiver: Results) -> Results:
    """What a method is called on, with the name of the variable that holds it, if it is somebody's."""
    held = call.text.rpartition(".")[0].rpartition(".")[2]
    if not is_person(held) or is_plural(held):
        return receiver
    return tuple([each if each.hint or each.kind == OBJECT else each._replace(hint=held) for each in receiver])


def _key_of(value: Value) -> str:
    """The step to what is looked up under a key that is no literal: callers know what a parameter stands for."""
    step = decided("[", value)
    return step if step.startswith("?[p") else "["
