"""The list of symbol classes, whose order is the label index of the detector."""

import json
import subprocess
from pathlib import Path

DUMP = Path(__file__).resolve().parent.parent / "dump-classes.ts"


def read_classes(data: Path) -> list[str]:
    """Names from `classes.json` of the data folder (a list of strings); without one, those declared in shared/symbols."""
    own = Path(data) / "classes.json"
    if own.exists():
        return json.loads(own.read_text())
    answer = subprocess.run(["npx", "tsx", str(DUMP)], check=True, capture_output=True, text=True, cwd=DUMP.parent.parent)
    return json.loads(answer.stdout)
