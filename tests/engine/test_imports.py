"""The engine needs nothing but the standard library."""

import json
import subprocess
import sys
from pathlib import Path

PROJECT = Path(__file__).parents[2]
PROGRAM = """
import json, sys
sys.path.insert(0, sys.argv[1])
before = set(sys.modules)
import pkgutil, importlib
import calculator.engine
for module in pkgutil.walk_packages(calculator.engine.__path__, "calculator.engine."):
    importlib.import_module(module.name)
print(json.dumps(sorted(set(sys.modules) - before)))
"""


def test_the_engine_imports_nothing_but_itself_and_the_standard_library() -> None:
    finished = subprocess.run(
        [sys.executable, "-I", "-c", PROGRAM, str(PROJECT)], capture_output=True, text=True, check=True
    )
    imported: list[str] = json.loads(finished.stdout)

    own = {name for name in imported if name.startswith("calculator.engine.")}
    foreign = [name for name in imported if name.partition(".")[0] not in sys.stdlib_module_names]
    assert own >= {"calculator.engine.verdict", "calculator.engine.plan", "calculator.engine.market"}
    assert sorted(foreign) == sorted({"calculator", "calculator.engine", *own})
