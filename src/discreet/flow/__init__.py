"""Flow: the facts of all modules, linked, give flows: a source, the steps, a sink. The door is
:class:`discreet.flow.solver.Solver`.
"""
