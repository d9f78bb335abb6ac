"""What a wheel brings along beside the source: the catalogue, made ready. And how the compiled one is compiled.

Without it everything works, and every run on a machine where nobody may write beside the package takes longer.
"""

from __future__ import annotations

import os
import shlex
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CatalogueBuildHook(BuildHookInterface):
    """Has the catalogue made by this very source, and tells the C compiler what mypyc doesn't."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Make it; an editable install is served by it as well."""
        # Flags of the preprocessor are added to those that Python was built with, those of the compiler may take their
        # place. Nobody outside calls what is compiled, so it need not be looked up when it is called.
        header = Path(self.root, "compiled.h")
        flags = f"-include {shlex.quote(str(header))} -fvisibility=hidden -fno-semantic-interposition -fno-plt"
        os.environ["CPPFLAGS"] = f"{os.environ.get('CPPFLAGS', '')} {flags}".strip()
        sys.path.insert(0, str(Path(self.root, "src")))
        from discreet.catalogue.categories import categories
        from discreet.catalogue.libraries import built_in
        from discreet.catalogue.ready import kept_data
        from discreet.catalogue.settings import settings
        from discreet.catalogue.vocabulary import languages, vocabulary
        from discreet.rules.severity import table

        for make in (built_in, categories, settings, table):
            make()
        for name in ("groups", "identifiers", "laws", "regimes", "vendored", "written"):
            kept_data(f"{name}.toml")
        for language in ("en", *languages()):
            vocabulary(language)
        build_data["artifacts"].append("/src/discreet/catalogue/data/ready/*.msgpack")
