"""Fixes: from a finding to an edit that is proved before anybody writes it.

A fix is a handful of changes to a file's text (:mod:`~discreet.fixes.edits`), each inside a piece of its syntax, so
what it does not mean to change it can't change. libcst, which knows where every expression begins and ends, is imported
when the first file is looked at, and for no other file.

Data goes one way here, too: :mod:`discreet.fixes.rewrites` says where the values of a sink's call are
(:mod:`~discreet.fixes.slots`), or what may be edited where it is no message (:mod:`~discreet.fixes.choices`),
:mod:`~discreet.fixes.probing` asks the analysis which of them are personal, or needed,
:mod:`~discreet.fixes.keys` what could be shown instead, :mod:`~discreet.fixes.planning` chooses redactor, import and
applicability, and has what can only be left out cut by :mod:`~discreet.fixes.cutting`, :mod:`~discreet.fixes.proof`
(with the tree in :mod:`~discreet.fixes.holes`) and :mod:`~discreet.fixes.mending` prove what came of it,
:mod:`~discreet.fixes.writing` writes it. Nothing here finds personal data: that is asked of whoever calls, by
:class:`~discreet.fixes.program.Program`.
"""
