"""Teaches papermill to write a cell of parameters in TypeScript: `papermill in.ipynb out.ipynb -p profile short`.

Set-up installs this module in .venv with an entry point of the group papermill.engine: papermill has none for translators, but
loads its engines whenever it starts. The engine of the entry point is papermill's own.
"""

import json
import re

from papermill.engines import NBClientEngine
from papermill.models import Parameter
from papermill.translators import Translator, papermill_translators

DECLARATION = re.compile(
    r"^(?:const|let|var)\s+(?P<name>[\w$]+)\s*(?::\s*(?P<type>[^=]+?))?\s*=\s*(?P<value>.+?);?(?:\s+//\s*(?P<help>.*))?$",
    re.MULTILINE,
)


class TypeScriptTranslator(Translator):
    """Parameters as constants of the types that the notebook declares: `const profile: Profile = "short";`."""

    types = {}

    @classmethod
    def translate(cls, val):
        # JSON is TypeScript; so are the NaN and Infinity that Python adds to it.
        return json.dumps(val, ensure_ascii=False)

    @classmethod
    def comment(cls, cmt_str):
        return f"// {cmt_str}"

    @classmethod
    def assign(cls, name, str_val):
        declared = cls.types.get(name)
        return f"const {name}: {declared} = {str_val};" if declared else f"const {name} = {str_val};"

    @classmethod
    def inspect(cls, parameters_cell):
        # papermill asks this of the notebook's own cell before it writes the one with other values.
        found = list(DECLARATION.finditer(parameters_cell["source"]))
        cls.types = {it["name"]: it["type"] for it in found}
        return [Parameter(it["name"], it["type"] or "None", it["value"], it["help"] or "") for it in found]


class Engine(NBClientEngine):
    """What papermill takes without being asked for another."""


# By language, as kernels are registered; notebooks for tslab are TypeScript, too.
for language in ("typescript", "tslab"):
    papermill_translators.register(language, TypeScriptTranslator)
