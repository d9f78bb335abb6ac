"""Leaks: what of a result is personal once it is rendered, written or sent. Names are judged here, last of all."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from discreet.catalogue.categories import categories as all_categories
from discreet.catalogue.names import (
    Guess,
    cleans,
    is_configuration,
    is_of_another,
    is_person,
    judge,
    judge_callable,
    may_be_placed,
    surely,
)
from discreet.catalogue.neighbours import waits
from discreet.catalogue.owners import is_id_of_a_thing
from discreet.catalogue.speaking import may_speak
from discreet.catalogue.words import is_constant
from discreet.facts.bounds import hit
from discreet.facts.marks import NONE
from discreet.facts.model import NOWHERE, REPR, STR, VALUE, Path
from discreet.facts.values import ROWS, literal_keys
from discreet.flow.contents import HELD, SOMEBODY
from discreet.flow.context import Context
from discreet.flow.external import IMPORTED
from discreet.flow.found import Leak
from discreet.flow.lookups import ROW_ID
from discreet.flow.parameters import is_inside
from discreet.flow.result import MAX_TRACE, OBJECT, PARAM, QUERY, TAINT, Place, Result, Step
from discreet.flow.results import is_plural, is_reduced, unwrapped
from discreet.flow.submissions import OF_SOMEBODY, SUBMITTED, is_about_people, is_submission
from discreet.flow.texts import FIELDS, USERNAME, Texts, shown_by

if TYPE_CHECKING:
    from discreet.flow.evaluate import Evaluator

MAX_DEPTH: Final = 4
VAGUE: Final = ("person", "photo")
"""Categories that a key alone doesn't tell: a number of a person, the address of a picture."""
TOLD: Final = frozenset({"message", "messages", "msg", "error", "errors", "detail", "details", "reason"})
"""What is said of a thing: under ``"username"`` may stand what is wrong with it."""
ERRORS: Final = ("Error", "Exception")
"""What a class is called that tells what is wrong: ``errors["gender"] = ValidationError(…)``."""
OF_PLACES: Final = ("postcode",)
"""What every house has, and every region: that a variable is called so says nothing of whose it is."""

_SELF: Final = "\0"
_HERE: Final = Place("", NOWHERE)


class Judge:
    """Decides what is personal."""

    def __init__(self, evaluator: Evaluator) -> None:
        self.evaluator = evaluator
        self.classes = evaluator.classes
        self.categories = all_categories()
        self.text_of = Texts(evaluator)
        self.neighbours = evaluator.neighbours
        self.texts: dict[tuple[str, int], list[Leak]] = evaluator.program.table()
        self.parameters: dict[object, list[Leak]] = evaluator.program.table()

    def leaks(self, context: Context, result: Result, form: int, depth: int = 0) -> list[Leak]:
        """What of a result is personal where it is rendered in ``form`` (``VALUE``: only its data count, not its
        text).
        """
        if result.kind == QUERY or any(step[0] == "." or step == ROWS for step in result.path):
            return []  # whether the text of an object shows an attribute, its class says; a cursor's shows no row
        found = self._leaks(context, result, form, depth)
        if result.shown:
            return [leak._replace(whole="object") for leak in found]
        if not result.path or result.form != VALUE:
            return found
        return [leak if leak.whole else leak._replace(whole="container") for leak in found]

    def _leaks(self, context: Context, result: Result, form: int, depth: int) -> list[Leak]:
        if result.form != VALUE:
            form = result.form
        elif result.path and form == STR:
            form = REPR
        if result.kind == TAINT:
            return self._taint(result)
        if result.kind == PARAM:
            return self._parameter(context, result, form, depth)
        if result.kind == OBJECT:
            return [leak._replace(whole="object") for leak in self._object(context, result, form, depth)]
        return self._unknown(context, result, form, depth)

    def _parameter(self, context: Context, result: Result, form: int, depth: int) -> list[Leak]:
        """What the function itself knows to be personal in a parameter; asked again for every sink behind it."""
        key = (context.key, result._replace(trace=()), form, depth)
        known = self.parameters.get(key)
        if known is None:
            known = [
                leak
                for own in self.evaluator.parameters.own(context, key[1])
                for leak in self.leaks(context, own, form, depth)
            ]
            if is_inside(result.access) and any(leak.known_by == "name" for leak in known):
                constant = self.evaluator.parameters.is_constant(context, result.parameter)
                known = [] if constant else known
            self.parameters[key] = known
        if not result.trace or not known:
            return known
        return [leak._replace(trace=(*leak.trace, *result.trace)[:MAX_TRACE]) for leak in known]

    def sure(self, context: Context, result: Result) -> list[Result]:
        """The result as a taint, where it is surely personal by itself."""
        if result.kind == TAINT:
            return [result]
        guess = None if result.protected or result.holds in ("flag", "id", IMPORTED) else self._guess(result)
        if guess is None or guess[1] != "strong" or guess[0] in ("photo", "person"):
            return []
        if not guess[2] and is_reduced(guess[0], result.names[-1], result.tail):
            return []
        return [result._replace(kind=TAINT, categories=(guess[0],), known_by="name", confidence="medium", tail=())]

    def _taint(self, result: Result) -> list[Leak]:
        if result.known_by == "type" and self._is_configured(result.names[:-1]):
            return []
        kept = tuple(
            each
            for each in result.categories
            if each in self.categories
            and self.categories[each].standing != "opaque"
            and not is_reduced(each, result.names[-1], result.tail)
        )
        return [self._leak(result, kept, result.known_by, result.confidence)] if kept else []

    def _is_configured(self, around: tuple[str, ...]) -> bool:
        """Whether the names around a value, of which a type says what it is, say that it is the program's own number
        or address: by the nearest, and by what its class stands for.
        """
        nearest = next((each for each in reversed(around) if not each[:1].isupper()), "")
        return is_configuration(nearest) or (bool(around) and is_configuration(around[-1]))

    def _leak(self, result: Result, categories: tuple[str, ...], known_by: str, confidence: str) -> Leak:
        text = result.text or result.hint or "a marked value"
        return Leak(categories, known_by, confidence, result.place, text, result.trace, field=result.field)

    # -- unknown values -------------------------------------------------------------------------------------------

    def _unknown(self, context: Context, result: Result, form: int, depth: int) -> list[Leak]:
        if result.protected or result.holds in ("flag", "id"):
            return []
        if result.holds == IMPORTED:
            return []
        told = self._contents(result) if result.contents else []
        if not told and result.tail == ("@fields",) and result.names[-1:] == ("",) and is_person(result.names[0]):
            return [self._leak(result, ("person",), "name", "medium")]  # all columns of a table of people
        guess = self._guess(result)
        if guess is not None and not told:
            category, strength, by_hint = guess
            if category == "photo":  # a name can't tell a picture from its URL
                return []
            if category == "person" and form != VALUE and not self._is_record(result):
                return self._guessed_object(context, result, form, depth)
            if not by_hint and is_reduced(category, result.names[-1], result.tail):
                return []
            return [self._leak(result, (category,), "name", "medium" if strength == "strong" else "low")]
        if told:
            return told
        if form != VALUE and is_submission(result):
            return [self._leak(result, ("person",), "name", "medium" if is_about_people(context, result) else "low")]
        if self._is_record(result) and result.names and is_person(result.names[-1] or result.hint):
            return [self._leak(result, ("person",), "name", "medium")]
        if form != VALUE:
            return self._guessed_object(context, result, form, depth)
        return []

    def _contents(self, result: Result) -> list[Leak]:
        """What a whole shows that nobody described, by what is read of it (:mod:`discreet.flow.contents`)."""
        found = []
        for reading in result.contents:
            if reading == SOMEBODY:
                found.append(self._leak(result, ("person",), "name", "medium"))
                continue
            if any(gone[0][1:] == reading[0] for gone in result.minus if gone):
                continue
            *keys, name = [each.removeprefix(HELD) for each in reading]
            guess = surely(name, (*result.names, result.hint, *keys)) or self.neighbours.kept(name, result.place)
            row = self.categories.get(guess.category) if guess is not None else None
            if guess is None or row is None or row.standing == "opaque" or guess.category in VAGUE:
                continue
            if self.neighbours.disown(result._replace(names=(*result.names, *keys, name), field=""), guess):
                continue
            shown = keys if reading[-1].startswith(HELD) else (*keys, name)
            told = result._replace(text=result.text + "".join(f'["{key}"]' for key in shown), field="")
            found.append(self._leak(told, (guess.category,), "name", "medium"))
        return found

    def _is_record(self, result: Result) -> bool:
        return "@fields" in result.tail

    def _guess(self, result: Result) -> tuple[str, str, bool] | None:
        """The category that names speak of, how strongly, and whether it was a variable that held the value later."""
        if not _may_say_anything(result):
            return None
        *around, name = result.names if result.called else unwrapped(result.names)
        left = tuple(each for each in around if each)
        found = judge_callable(name, left) if result.called else judge(name, left) if name else None
        disowned = found if found is not None and self.neighbours.disown(result, found) else None
        if disowned is not None:
            found = None
        elif found is None or found.strength == "weak":
            found = self.neighbours.own(result) or found
        by_hint = False
        hint = result.hint if result.hint != name else ""  # the same again, without whose it is
        opaque = found is not None and self._is_opaque(found.category)
        if (found is None or found.strength == "weak" or opaque) and not (result.called and cleans(name)):
            later = judge(hint, ()) if opaque else self._held_as(result, hint)
            if later is not None and disowned is not None and later.category == disowned.category:
                later = None
            if later is not None and (found is None or later.strength == "strong"):
                found, by_hint = later, True
        if found is None:
            return None
        row = self.categories.get(found.category)
        if row is None or row.standing == "opaque":
            return None
        if result.holds not in ("", "text", SUBMITTED, OF_SOMEBODY) and result.holds not in row.holds:
            return None
        return found.category, found.strength, by_hint

    def _is_opaque(self, category: str) -> bool:
        """Whether a category is of what means something inside the program only: an id of a person may be any number,
        and what holds it later knows which (``nhs_number = event["patientId"]``).
        """
        row = self.categories.get(category)
        return row is not None and row.standing == "opaque"

    def _held_as(self, result: Result, hint: str) -> Guess | None:
        """What a variable that held the value later says of it, or what gave it; else the key that it lies under."""
        later = judge(hint, ()) or judge_callable(hint) if hint else None
        if later is not None and (
            self.neighbours.disown_variable(result, later)
            or self.neighbours.disown(result, later)
            or is_of_another(result.names[-1], later.category)
        ):
            later = None
        if later is not None and later.category in OF_PLACES:
            later = Guess(later.category, "weak")
        if later is not None and later.category == "email" and is_id_of_a_thing(result.names[-1]):
            return None  # f"{org_id}@{domain}" has the form of an address, and leads to no person
        if later is None or later.strength == "weak":
            under = None if _is_of_something_else(result.names) else _under_a_key(result.path)
            return under or (self.neighbours.kept(hint, result.place) if later is not None else None) or later
        return later

    def _guessed_object(self, context: Context, result: Result, form: int, depth: int) -> list[Leak]:
        """``customer`` of an unknown type is taken for the program's one model class ``Customer``."""
        piece = "@fields" not in result.tail and result.tail and not is_plural(result.names[-1])
        held = judge(result.hint) if result.hint else None
        number = result.hint == ROW_ID or (held is not None and self._is_opaque(held.category))
        if piece or number or result.holds:  # user_id = options["user"]; or what its type says is a text
            return []
        if self.neighbours.is_log_in(result):
            return []
        name = result.names[-1] if not result.called else result.hint
        for candidate in (name, result.hint):
            if not is_person(candidate) and not result.text.isidentifier():
                continue
            cls = self.evaluator.parameters.guessed_class(candidate, context.module.module) if candidate else ""
            if cls and self.evaluator.narrowing.leaves(cls, result.minus):
                guessed = result._replace(kind=OBJECT, cls=cls, guessed=True)
                return self._object(context, guessed, form, depth)
        return []

    # -- objects ----------------------------------------------------------------------------------------------------

    def _object(self, context: Context, result: Result, form: int, depth: int) -> list[Leak]:
        if self.evaluator.frames.is_frame(result.cls):
            columns = self.evaluator.frames.evidence(context, result) if depth <= MAX_DEPTH else []
            return [leak._replace(trace=(*leak.trace, *result.trace)[:MAX_TRACE])
                    for column in columns for leak in self.leaks(context, column, form, depth + 1)]  # fmt: skip
        record = (
            "@fields" in result.tail
            or self.evaluator.external.is_mapping(result.cls)
            or result.tail[-1:] in (("*",), ("[",))
        )
        if depth > MAX_DEPTH:
            hit("objects inside objects")
            return []
        if form == VALUE and not record:
            return []
        filled = record and self.evaluator.filled.is_filled(result.cls)
        if filled and "*" in result.tail:
            return []  # what a loop takes out of a field may be a key of what lies there
        if (result.made is not None and (filled or depth == 0)) or (depth == 0 and result.minus):
            return self._shown(context, result, form, depth, record)
        key = (result.cls, VALUE if record else form)
        known = self.texts.get(key)
        if known is None:
            self.texts[key] = []  # a class whose text contains its own ends here
            bare = Result(OBJECT, result.names[-1:], _SELF, _HERE, cls=result.cls, tail=("@fields",) if record else ())
            known = self.texts[key] = self._shown(context, bare, form, depth, record)
        return [
            leak._replace(
                place=result.place if leak.place == _HERE else leak.place,
                expression=leak.expression.replace(_SELF, result.text),
                trace=(*leak.trace, *result.trace)[:MAX_TRACE],
            )
            for leak in known
        ]

    def _shown(self, context: Context, result: Result, form: int, depth: int, record: bool) -> list[Leak]:
        """What the text of an object shows, or, of a record, its fields."""
        if record:
            return self._fields(context, result, depth, shown_only=False) or self._filled(context, result, depth)
        marks = self._marked_class(result.cls)
        if marks is not None:
            categories = tuple(each for each in marks if each != NONE)
            return [self._leak(result, categories, "mark", "high")] if categories else []
        way = self.text_of.of(result.cls, form)
        if way == FIELDS:
            return self._fields(context, result, depth, shown_only=True)
        if way == USERNAME:
            field = self.classes.constant(result.cls, "USERNAME_FIELD")
            return self._field(context, result, field if isinstance(field, str) else "username", depth)
        return self._method_text(context, result, way, depth) if way else []

    def _marked_class(self, cls: str) -> tuple[str, ...] | None:
        """What an OEP-30 annotation says of a class, or of its nearest annotated ancestor."""
        for ancestor in self.classes.ancestors(cls):
            each = self.evaluator.program.cls(ancestor)
            if each is not None and each.marks:
                return each.marks
        return None

    def _method_text(self, context: Context, result: Result, method: str, depth: int) -> list[Leak]:
        unit = self.evaluator.program.unit(method)
        place = Place(unit.module.path, unit.function.span)
        shower = result._replace(path=(), form=VALUE, trace=())  # the object itself, wherever it lies
        shown = self.evaluator.calls.returned(Context(unit), {0: (shower,)}, place)
        found = []
        for each in shown:
            for leak in self.leaks(context, each, STR, depth + 1):
                story = (*shown_by(leak.trace, place, method, result.cls), *result.trace)
                found.append(leak._replace(trace=story[:MAX_TRACE]))
        return found

    def _fields(self, context: Context, result: Result, depth: int, *, shown_only: bool) -> list[Leak]:
        found = []
        bare = result._replace(tail=(), trace=())
        for name in self.classes.field_names(result.cls):
            if name.startswith("__") or (shown_only and not self.text_of.is_shown(result.cls, name)):
                continue
            if (f"[{name}",) in result.minus or (f".{name}",) in result.minus:
                continue
            found.extend(self._field(context, bare, name, depth, story=result.trace))
        for row in self.classes.rows(result.cls):
            is_told = row.text != "keys" and (row.text == "fields" or not shown_only)
            for name, said in row.attributes.items():
                if is_told and ":" in said:  # not what a form or a request leads to: its model's instance, the user
                    found.extend(self._field(context, bare, name, depth, story=result.trace))
        return found

    def _filled(self, context: Context, result: Result, depth: int) -> list[Leak]:
        """What a record shows of which the class declares no field, but takes all from a mapping."""
        filled = self.evaluator.filled
        if not filled.is_filled(result.cls):
            return []
        found: list[Leak] = []
        for inner, mapping in filled.mappings(result):
            found.extend(leak for leak in self.leaks(inner, mapping, REPR, depth + 1) if leak.confidence != "low")
        bare = result._replace(tail=(), trace=())
        for name in filled.read_names(result.cls) if not found else ():
            found.extend(self._field(context, bare, name, depth, story=result.trace))
        if not found and filled.is_somebody(result.cls):
            found.append(self._leak(result, ("person",), "name", "medium"))
        return found

    def has_generated_text(self, cls: str) -> bool:
        """Whether a class's own text is made from its fields by a decorator or a base class."""
        own = self.evaluator.program.cls(cls)
        assert own is not None
        return "no-repr" not in own.flags and self.classes.is_made_of_fields(cls)

    def _field(
        self, context: Context, result: Result, name: str, depth: int, story: tuple[Step, ...] = ()
    ) -> list[Leak]:
        held = self.evaluator.fields.attribute(result, name, result.place)
        found = []
        for each in held:
            if each.kind == OBJECT and self.classes.is_row(result.cls):
                continue  # a row's own columns are shown; what it refers to is not
            for leak in self.leaks(context, each, REPR, depth + 1):
                if leak.confidence != "low":
                    found.append(leak._replace(trace=story))
        return found


def _may_say_anything(result: Result) -> bool:
    """A quick look: whether a name of a result has a word that somebody's data goes by, waits for company or for where
    it stands, or whether the keys around may tell.
    """
    name = result.names[-1]
    if may_speak(name) or may_speak(result.hint) or waits(name) or may_be_placed(name):
        return True
    return any(map(may_speak, result.names)) or any(step[0] == "[" for step in result.path)


def _is_of_something_else(names: tuple[str, ...]) -> bool:
    """Whether the names of a value say that it is no field's content: a message about it, a constant, what whoever
    runs the program has set.
    """
    name = names[-1]
    return name in TOLD or name.endswith(ERRORS) or is_constant(name) or any(map(is_configuration, names[-2:]))


def _under_a_key(path: Path) -> Guess | None:
    """What the key of a mapping says of the value that lies under it, be it only by the keys around."""
    keys = literal_keys(path)
    if not keys or path[-1][1:] != keys[-1]:
        return None
    guess = surely(keys[-1], keys[:-1])
    return guess if guess is not None and guess.category not in VAGUE else None
