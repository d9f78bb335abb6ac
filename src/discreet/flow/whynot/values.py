"""Values: why the judge takes a value that arrived for nobody's data, in words."""

from __future__ import annotations

from discreet.catalogue.categories import categories as all_categories
from discreet.catalogue.names import judge, judge_callable
from discreet.facts.model import Type
from discreet.flow.context import Context
from discreet.flow.external import IMPORTED
from discreet.flow.found import Leak
from discreet.flow.leaks import Judge
from discreet.flow.result import OBJECT, PARAM, QUERY, TAINT, UNKNOWN, Result
from discreet.flow.results import is_reduced
from discreet.flow.whynot.answer import NO_REASON, PERSONAL, Stop

TELL = "say what it is where it gets its name: `# pii: email`"
CONFIGURE = "say what it is where it gets its name: `# pii: email`, or name it in [tool.discreet.sources]"
HOLDS = {"flag": "yes or no", "id": "an opaque id", "number": "a number", "date": "a date"}


def personal(leaks: list[Leak]) -> Stop:
    """What the judge takes for personal."""
    known = all_categories()
    sure = [each for each in leaks if each.confidence != "low"]
    first = (sure or leaks)[0]
    what = ", ".join(known[each].label for each in first.categories if each in known)
    if sure:
        return Stop(PERSONAL, f"it is personal: {what} (its {first.known_by} says so)")
    return Stop("guess", f"a guess of low confidence: {what}: shown with --min-confidence low")


class Words:
    """Says why a result is no leak. Asks the judge what it would say if one thing were different."""

    def __init__(self, judge: Judge) -> None:
        self.judge = judge
        self.evaluator = judge.evaluator

    def of(self, context: Context, result: Result, form: int, words: str) -> Stop:
        """Why nothing of a result is personal; ``words`` is how it is written."""
        if any(step[0] == "." for step in result.path):
            return Stop("object", "it is kept in an attribute of an object: whether that is shown, its class says")
        if result.kind == QUERY:
            return Stop("constant", "it is the text of a query: what its rows hold is told where they are shown")
        if result.kind == TAINT:
            return self._taint(result, words)
        if result.kind == UNKNOWN:
            return self._unknown(context, result, form, words)
        if result.kind == OBJECT:
            cls = result.cls.rpartition(".")[2]
            if self.evaluator.frames.is_frame(result.cls):
                return Stop("object", f"nothing here reads a column of this `{cls}` by a name that tells anything")
            return Stop("object", f"the text of an object of `{cls}` shows nothing that is known to be personal")
        return NO_REASON

    def _taint(self, result: Result, words: str) -> Stop:
        whole = result._replace(tail=())
        if any(is_reduced(each, result.names[-1], result.tail) for each in result.categories):
            return Stop("piece", f"only a piece of it: {words}")
        rows = [self.judge.categories[each] for each in whole.categories if each in self.judge.categories]
        if rows and all(each.standing == "opaque" for each in rows):
            return Stop("clean", f"{rows[0].label}: means something only inside the system")
        return NO_REASON

    def _unknown(self, context: Context, result: Result, form: int, words: str) -> Stop:
        if result.protected and self._would_leak(context, result._replace(protected=False), form):
            return Stop("type", f"its type protects it: {words}")
        typed = result._replace(holds="", protected=False)
        if result.holds == IMPORTED:
            return Stop("unnamed", f"nothing is known of what was imported: `{words}`", CONFIGURE)
        if result.holds and self._would_leak(context, typed, form):
            return Stop("type", f"its type can't hold it: `{words}` is declared to hold {_holds(result.holds)}")
        if result.tail and self._would_leak(context, result._replace(tail=()), form):
            return Stop("piece", f"only a piece of it: {words}")
        return self._unnamed(result, words)

    def _unnamed(self, result: Result, words: str) -> Stop:
        *around, name = result.names
        left = tuple(each for each in around if each)
        said = judge_callable(name, left) if result.called else judge(name, left) if name else None
        row = self.judge.categories.get(said.category) if said is not None else None
        if row is not None and row.standing == "opaque":
            return Stop("clean", f"{row.label}: means something only inside the system")
        if said is not None and said.category == "photo":
            return Stop("unnamed", f"its name can't tell a picture from its address: {words}", TELL)
        if said is not None and self.judge.neighbours.disown(result, said):
            return Stop("unnamed", f"what stands beside it says that it is a program's: `{words}`", TELL)
        if result.called:
            call = f"`{result.text}`"
            text = f"the call {call} could not be resolved: nothing is known of what it gives"
            return Stop("unresolved", text, TELL, result.place)
        return Stop("unnamed", f"nothing says it is personal: `{words}`", TELL)

    def _would_leak(self, context: Context, result: Result, form: int) -> bool:
        return bool(self.judge.leaks(context, result, form))

    def typed(self, context: Context, result: Result, form: int) -> Stop | None:
        """Why the declared type of a parameter settles it, where it does."""
        if result.kind != PARAM or result.access or result.parameter >= len(context.function.params):
            return None
        param = context.function.params[result.parameter]
        for own in self.evaluator.parameters.own(context, result):
            if own.holds and self._would_leak(context, own._replace(holds=""), form):
                return Stop("type", f"its type can't hold it: `{param.name}: {shown_type(param.type)}`")
        return None


def _holds(holds: str) -> str:
    return HOLDS.get(holds, holds)


def shown_type(type_: Type) -> str:
    """An annotation as its author would write it."""
    return " | ".join(each.rpartition(".")[2] for each in type_.names)
