"""`python -m benchmarks NAME …` (or ``make bench ARGS="NAME …"``): measure one thing; without a name, say what there is."""

from pathlib import Path
import runpy
import sys

NAMES = sorted(path.stem for path in Path(__file__).parent.glob("*.py") if not path.stem.startswith("_"))

if __name__ == "__main__":
    if len(sys.argv) < 2 or sys.argv[1] not in NAMES:
        print(f"python -m benchmarks NAME …   where NAME is one of: {', '.join(NAMES)}", file=sys.stderr)
        sys.exit(2)
    name = sys.argv.pop(1)
    runpy.run_module(f"benchmarks.{name}", run_name="__main__", alter_sys=True)
