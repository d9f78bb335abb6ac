"""Leaks: what of a result is personal once it is rendered, written or sent. Names are judged here, last of all."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from discreet.catalogue.categories import categories as all_categories
from discreet.catalogue.machines import is_of_a_machine
from discreet.catalogue.names import (
    Guess,
    cleans,
    could_say,
    is_called_by_programs,
    is_configuration,
    is_of_another,
    is_of_organisation,
    is_person,
    judge,
    judge_callable,
    may_be_placed,
    surely,
)
from discreet.catalogue.neighbours import MESSAGE, waits
from discreet.catalogue.owners import is_id_of_a_thing
from discreet.catalogue.quotes import is_said
from discreet.catalogue.speaking import may_speak
from discreet.catalogue.words import is_constant, is_plural
from discreet.facts.model import REPR, STR, VALUE
from discreet.facts.values import ROWS, literal_keys
from discreet.flow.context import Context
from discreet.flow.external import IMPORTED
from discreet.flow.found import Leak
from discreet.flow.lookups import ROW_ID
from discreet.flow.objects import Objects
from discreet.flow.parameters import is_inside
from discreet.flow.readings import HELD, SOMEBODY, is_somebody
from discreet.flow.result import MAX_TRACE, OBJECT, PARAM, QUERY, TAINT, Result
from discreet.flow.results import is_reduced, unwrapped
from discreet.flow.submissions import OF_SOMEBODY, SUBMITTED, is_about_people, is_submission
from discreet.flow.texts import Texts

if TYPE_CHECKING:
    from discreet.flow.evaluate import Evaluator

VAGUE: Final = ("person", "photo")
"""Categories that a key alone doesn't tell: a number of a person, the address of a picture."""
TOLD: Final = frozenset({"message", "messages", "msg", "error", "errors", "detail", "details", "reason"})
"""What is said of a thing: under ``"username"`` may stand what is wrong with it."""
ERRORS: Final = ("Error", "Exception")
"""What a class is called that tells what is wrong: ``errors["gender"] = ValidationError(…)``."""
OF_CALLERS: Final = ("ip_address", "user_agent")
"""What a request tells of whoever sends it: of a program, where it comes to a webhook."""
ASKED: Final = "llm"
"""The kind of sinks that are asked a question."""
OF_PLACES: Final = ("postcode",)
"""What every house has, and every region: that a variable is called so says nothing of whose it is."""


class Judge:
    """Decides what is personal."""

    def __init__(self, evaluator: Evaluator) -> None:
        self.evaluator = evaluator
        self.classes = evaluator.classes
        self.categories = all_categories()
        self.text_of = Texts(evaluator)
        self.neighbours = evaluator.neighbours
        self.objects = Objects(self)
        self.parameters: dict[object, list[Leak]] = evaluator.program.table()

    def leaks(self, context: Context, result: Result, form: int, depth: int = 0, kind: str = "") -> list[Leak]:
        """What of a result is personal where it is rendered in ``form`` (``VALUE``: only its data count, not its
        text). ``kind`` is that of the sink: a model is asked about what people wrote (:meth:`_said`).
        """
        if result.kind == QUERY or (result.path and any(step[0] == "." or step == ROWS for step in result.path)):
            return []  # whether the text of an object shows an attribute, its class says; a cursor's shows no row
        found = self._leaks(context, result, form, depth, kind)
        if found and is_called_by_programs(context.function.name, context.function.owner):
            found = [leak for leak in found if leak.categories[0] not in OF_CALLERS]
        if result.shown:
            return [leak._replace(whole="object") for leak in found]
        if not result.path or result.form != VALUE:
            return found
        return [leak if leak.whole else leak._replace(whole="container") for leak in found]

    def _leaks(self, context: Context, result: Result, form: int, depth: int, kind: str) -> list[Leak]:
        if result.form != VALUE:
            form = result.form
        elif result.path and form == STR:
            form = REPR
        if result.kind == TAINT:
            return self._taint(result)
        if result.kind == PARAM:
            return self._parameter(context, result, form, depth, kind)
        if result.kind == OBJECT:
            return [leak._replace(whole="object") for leak in self.objects.leaks(context, result, form, depth)]
        said = self._said(result) if kind == ASKED else []
        return said or self._unknown(context, result, form, depth)

    def _parameter(self, context: Context, result: Result, form: int, depth: int, kind: str) -> list[Leak]:
        """What the function itself knows to be personal in a parameter; asked again for every sink behind it."""
        key = (context.key, result._replace(trace=()), form, depth, kind == ASKED)
        known = self.parameters.get(key)
        if known is None:
            known = [
                leak
                for own in self.evaluator.parameters.own(context, key[1])
                for leak in self.leaks(context, own, form, depth, kind)
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
        return [self.leak(result, kept, result.known_by, result.confidence)] if kept else []

    def _is_configured(self, around: tuple[str, ...]) -> bool:
        """Whether the names around a value, of which a type says what it is, say that it is the program's own number
        or address: by the nearest, and by what its class stands for.
        """
        nearest = next((each for each in reversed(around) if not each[:1].isupper()), "")
        return is_configuration(nearest) or (bool(around) and is_configuration(around[-1]))

    def leak(self, result: Result, categories: tuple[str, ...], known_by: str, confidence: str) -> Leak:
        """A result as a leak, with the story that it came by."""
        text = result.text or result.hint or "a marked value"
        return Leak(categories, known_by, confidence, result.place, text, result.trace, field=result.field)

    def _said(self, result: Result) -> list[Leak]:
        """What somebody wrote or said, by what the value itself is called where it is read: a ``user_message`` may be
        one to a user in a log, and is one of his in a prompt. A variable says so only of what it holds as it came: what
        is put together is the program's.
        """
        if result.called or result.protected or result.holds not in ("", "text", SUBMITTED, OF_SOMEBODY):
            return []
        *around, name = result.names
        told = is_said(name) or (bool(around) and is_said(f"{around[-1]}_{name}"))
        told = told or (result.form == VALUE and is_said(result.hint))
        if not told or any(map(is_configuration, result.names)) or is_reduced(MESSAGE, name, result.tail):
            return []
        return [self.leak(result, (MESSAGE,), "name", "medium")]

    # -- unknown values -------------------------------------------------------------------------------------------

    def _unknown(self, context: Context, result: Result, form: int, depth: int) -> list[Leak]:
        if result.protected or result.holds in ("flag", "id"):
            return []
        if result.holds == IMPORTED:
            return []
        told = self._contents(result) if result.contents else []
        if not told and result.tail == ("@fields",) and result.names[-1:] == ("",) and is_person(result.names[0]):
            return [self.leak(result, ("person",), "name", "medium")]  # all columns of a table of people
        guess = self._guess(result)
        if guess is not None and not told:
            category, strength, by_hint = guess
            if category == "photo":  # a name can't tell a picture from its URL
                return []
            if category == "person" and form != VALUE and not self._is_record(result):
                return self._guessed_object(context, result, form, depth)
            if not by_hint and is_reduced(category, result.names[-1], result.tail):
                return []
            sure = strength == "strong" or (self._is_record(result) and is_somebody(result.names[-1]))
            return [self.leak(result, (category,), "name", "medium" if sure else "low")]
        if told:
            return told
        if form != VALUE and is_submission(result):
            sure = is_about_people(self.evaluator.program, context, result)
            return [self.leak(result, ("person",), "name", "medium" if sure else "low")]
        if self._is_record(result) and result.names and is_person(result.names[-1] or result.hint):
            return [self.leak(result, ("person",), "name", "medium")]
        if form != VALUE:
            return self._guessed_object(context, result, form, depth)
        return []

    def _contents(self, result: Result) -> list[Leak]:
        """What a whole shows that nobody described, by what is read of it (:mod:`discreet.flow.contents`)."""
        found = []
        for reading in result.contents:
            if reading == SOMEBODY:
                found.append(self.leak(result, ("person",), "name", "medium"))
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
            found.append(self.leak(told, (guess.category,), "name", "medium"))
        return found

    def _is_record(self, result: Result) -> bool:
        return "@fields" in result.tail

    def _guess(self, result: Result) -> tuple[str, str, bool] | None:
        """The category that names speak of, how strongly, and whether it was a variable that held the value later."""
        if not _may_say_anything(result) or _is_column(result):
            return None
        *around, name = result.names if result.called else unwrapped(result.names)
        left = tuple([each for each in around if each])
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
        found = _of_its_class(result, found) if found is not None else None
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
            any(map(is_configuration, result.names[-2:-1]))
            or self.neighbours.disown_variable(result, later)
            or self.neighbours.disown(result, later)
            or is_of_another(result.names[-1], later.category)
        ):
            later = None
        if later is not None and is_of_a_machine(result.names, later):
            return None
        if later is not None and later.category in OF_PLACES:
            later = Guess(later.category, "weak")
        if later is not None and later.category == "email" and is_id_of_a_thing(result.names[-1]):
            return None  # f"{org_id}@{domain}" has the form of an address, and leads to no person
        if later is None or later.strength == "weak":
            under = None if _is_of_something_else(result.names) else _under_a_key(result)
            if under is not None and (is_of_a_machine(result.names, under) or self.neighbours.disown(result, under)):
                under = None
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
            if candidate in TOLD or (not is_person(candidate) and not result.text.isidentifier()):
                continue  # a message is any text that is told
            cls = self.evaluator.parameters.guessed_class(candidate, context.module.module) if candidate else ""
            if cls and self.evaluator.narrowing.leaves(cls, result.minus):
                guessed = result._replace(kind=OBJECT, cls=cls, guessed=True)
                return self.objects.leaks(context, guessed, form, depth)
        return []


def _is_column(result: Result) -> bool:
    """Whether a value is a column of a table, not what lies in it: SQLAlchemy's ``users.c.email``."""
    names = result.names
    if len(names) < 3 or names[-2] != "c" or names[-3] in ("", "self", "cls"):
        return False
    return result.text.endswith(f".c.{names[-1]}")


def _of_its_class(result: Result, guess: Guess) -> Guess | None:
    """What is guessed of a field, or what its class says if that is called after an organisation: a ``Restaurant``'s
    ``phone`` is the restaurant's, under whatever key a function gave it back.
    """
    owner, _, name = result.field.rpartition(".")
    cls = owner.rpartition(".")[2]
    if not cls or not could_say(name, (guess.category,)) or not is_of_organisation(cls):
        return guess
    own = judge(name, (cls,))
    return own if own is None or own.category == guess.category else guess


def _may_say_anything(result: Result) -> bool:
    """A quick look: whether a name of a result has a word that somebody's data goes by, waits for company or for where
    it stands, or whether the keys around may tell.
    """
    name = result.names[-1]
    if may_speak(name) or may_speak(result.hint) or waits(name) or may_be_placed(name):
        return True
    for step in result.path:
        if step[0] == "[":
            return True
    return any(map(may_speak, result.names))


def _is_of_something_else(names: tuple[str, ...]) -> bool:
    """Whether the names of a value say that it is no field's content: a message about it, a constant, what whoever
    runs the program has set.
    """
    name = names[-1]
    return name in TOLD or name.endswith(ERRORS) or is_constant(name) or any(map(is_configuration, names[-2:]))


def _under_a_key(result: Result) -> Guess | None:
    """What the key of a mapping says of the value that lies under it, be it only by the keys around. Where the value is
    called so itself, the key says it again, without whose it is.
    """
    keys = literal_keys(result.path)
    if not keys or result.path[-1][1:] != keys[-1] or (keys[-1] == result.names[-1] and surely(keys[-1])):
        return None
    guess = surely(keys[-1], keys[:-1])
    return guess if guess is not None and guess.category not in VAGUE else None
