"""`python -m openbalint` is the same as `openbalint`."""

import sys

from openbalint.cli import main

if __name__ == "__main__":
    sys.exit(main())
