"""Carrying: which values of a function can hold anything of one of its parameters, told from the function's facts."""

from __future__ import annotations

from discreet.facts.model import Function, Value


class Carrying:
    """What a parameter may have got into: the rest need not be evaluated to find where the parameter goes."""

    def __init__(self, function: Function, parameter: int) -> None:
        self.parameter = parameter
        self._calls = function.calls
        self._root = f"p{parameter}"
        self._known: dict[int, bool] = {}

    def carries(self, value: Value) -> bool:
        """Whether a value may hold something of the parameter, itself or by the result of a call."""
        return any(
            part.root == self._root or (part.root[0] == "c" and self._call(int(part.root[1:]))) for part in value
        )

    def _call(self, index: int) -> bool:
        known = self._known.get(index)
        if known is None:
            self._known[index] = False  # in a loop a call may be handed its own result
            call = self._calls[index]
            known = self.carries(call.callee) or any(self.carries(arg.value) for arg in call.args)
            self._known[index] = known
        return known
