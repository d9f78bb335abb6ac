"""Carrying: which values of a function can hold anything of one of its parameters, told from the function's facts."""

from __future__ import annotations

from discreet.facts.model import Function, Value


class Carrying:
    """What a parameter may have got into: the rest need not be evaluated to find where the parameter goes."""

    def __init__(self, function: Function, parameter: int) -> None:
        self.parameter = parameter
        self._calls = function.calls
        self._root = f"p{parameter}"
        self._known: dict[int, bool] = {-1: False}  # of what functions inside put somewhere

    def carries(self, value: Value) -> bool:
        """Whether a value may hold something of the parameter, itself or by the result of a call."""
        for part in value:
            root = part.root
            if root == self._root:
                return True
            if (root[0] == "c" and self._call(int(root[1:]))) or (root[0] == "w" and self._call(call_of(root))):
                return True
        return False

    def _call(self, index: int) -> bool:
        known = self._known.get(index)
        return self._searched(index) if known is None else known

    def _searched(self, index: int) -> bool:
        """Whether the parameter is found behind a call, however many others it went through."""
        asked_by: dict[int, int] = {index: -1}  # in a loop a call may be handed its own result
        waiting = [index]
        while waiting:
            one = waiting.pop()
            for root in self._roots(one):
                number = int(root[1:]) if root[0] == "c" else call_of(root) if root[0] == "w" else -1
                if root == self._root or self._known.get(number):
                    while one >= 0:
                        self._known[one] = True
                        one = asked_by[one]
                    return True
                if number >= 0 and number not in asked_by and number not in self._known:
                    asked_by[number] = one
                    waiting.append(number)
        self._known.update(dict.fromkeys(asked_by, False))
        return False

    def _roots(self, index: int) -> list[str]:
        call = self._calls[index]
        return [part.root for value in (call.callee, call.held, *[arg.value for arg in call.args]) for part in value]


def call_of(root: str) -> int:
    """The number of the call that a root speaks of, by its result (``c3``) or by what it put somewhere (``w3:0``); -1
    for what functions inside put there.
    """
    return -1 if root[1] == "v" else int(root[1:].partition(":")[0])
