"""What a wheel brings along beside the source: the catalogue, made ready.

Without it everything works, and every run on a machine where nobody may write beside the package takes longer.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CatalogueBuildHook(BuildHookInterface):
    """Has the catalogue made by this very source."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Make it; an editable install is served by it as well."""
        sys.path.insert(0, str(Path(self.root, "src")))
        from discreet.catalogue.categories import categories
        from discreet.catalogue.settings import settings
        from discreet.catalogue.tables import built_in
        from discreet.catalogue.vocabulary import languages, vocabulary
        from discreet.rules.severity import table

        for make in (built_in, categories, settings, table):
            make()
        for language in ("en", *languages()):
            vocabulary(language)
        build_data["artifacts"].append("/src/discreet/catalogue/data/ready/*.msgpack")
