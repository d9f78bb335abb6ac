"""``python -m libcst.tool codemod redact.Redact FILE...``: what ``discreet fix`` does, file by file.

libcst hands over one file at a time, so a story that crosses files is for ``discreet fix`` to mend.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import libcst as cst
from libcst.codemod import CodemodCommand, CodemodContext, SkipFile

from discreet.project.config import ConfigError, load
from discreet.project.mending import mending
from discreet.project.result import Means


class Redact(CodemodCommand):
    """Wraps what messages show of a person in the redactor that is declared; mends the rest, if asked."""

    DESCRIPTION = (
        "Wraps what messages show of a person in the redactor that [tool.discreet] declares. With --unsafe, types, "
        "settings and personal data in the code are mended as well."
    )

    def __init__(self, context: CodemodContext, unsafe: bool = False) -> None:
        super().__init__(context)
        self.unsafe = unsafe

    @staticmethod
    def add_args(arg_parser: argparse.ArgumentParser) -> None:
        """Options of the command line."""
        arg_parser.add_argument("--unsafe", action="store_true", help="Apply unsafe fixes as well.")

    def transform_module_impl(self, tree: cst.Module) -> cst.Module:
        """The mended file. It is read from the disk, since it is analysed as the file that it is.

        Raises:
            SkipFile: the configuration can't be used, or the file is not what is on the disk.
        """
        if self.context.filename is None:
            raise SkipFile("discreet has to know which file this is")
        path = Path(self.context.filename)
        try:
            config = load([path])
        except ConfigError as error:
            raise SkipFile(str(error)) from None
        if path.read_bytes() != tree.bytes:
            raise SkipFile("the file was changed by another codemod: run this one by itself")
        done = mending([path], config, Means(jobs=1), unsafe=self.unsafe)
        for refused in (each for each in done.answers if each.refused):
            self.warn(f"{refused.finding.line}:{refused.finding.column}: not mended: {refused.refused}")
        for _, new in done.contents.values():
            return cst.parse_module(new)
        return tree
