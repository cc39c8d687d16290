"""Packages that not everybody needs come with an extra. Where one is missing, that is a sentence, not a traceback."""

import shlex
import sys

EXTRAS = {
    "postgres": ("psycopg",),
    "valkey": ("hiredis",),
    "sound": ("livekit",),
    "stats": ("numpy", "scipy"),
    "tables": ("openpyxl", "pandas", "pyarrow", "pyreadstat"),
    "reports": ("docx", "typst"),
    "fhir": ("fhir",),
}


def missing(error: ModuleNotFoundError) -> str | None:
    """What to type so that the module is there, in both languages; None if it comes with no extra."""
    module = (error.name or "").partition(".")[0]
    extra = next((extra for extra, modules in EXTRAS.items() if module in modules), None)
    if extra is None:
        return None
    return (
        f"This needs the package {module}, which is not installed here. Please type:\n"
        f"这里需要 {module}，还没有安装。请输入：\n"
        f"  {shlex.quote(sys.executable)} -m pip install 'openbalint[{extra}]'"
    )
