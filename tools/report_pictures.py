"""Takes the pictures of the guide to reports from the synthetic example: `python tools/report_pictures.py` → docs/pictures/."""

from pathlib import Path
import sys
import tempfile

from playwright.sync_api import Browser, Page, sync_playwright

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from openbalint import cli
from tools import system_deps

ROOT = Path(__file__).resolve().parent.parent
PICTURES, EXAMPLES = ROOT / "docs/pictures", ROOT / "docs/examples"
OUTCOMES = ("emotional_exhaustion", "depersonalization", "reduced_accomplishment", "self_efficacy")
CODEBOOKS = {"en": "seed_codebook.csv", "zh-hans": "seed_codebook.zh-Hans.csv"}


def report(language: str, folder: Path) -> Path:
    """The report of the example, as `openbalint analyze` writes it."""
    target = folder / f"{language}.html"
    outcomes = [word for name in OUTCOMES for word in ("--outcome", f"{name}={name}_pre:{name}_post")]
    words = [
        "--id",
        "id",
        "--arm",
        "group",
        *outcomes,
        "--synthetic",
        "--codebook",
        str(EXAMPLES / CODEBOOKS[language]),
    ]
    data = str(EXAMPLES / "seed_reconstruction.csv")
    if cli.main(["analyze", data, *words, "--format", "html", "--lang", language, "-o", str(target)]):
        raise SystemExit(1)
    return target


def opened(browser: Browser, page: Path, width: int, *, height: int = 9000, dark: bool = False) -> Page:
    """The report in a window of this width, as a rule so high that nothing lies over what is taken."""
    window = browser.new_page(
        viewport={"width": width, "height": height}, device_scale_factor=1.5, color_scheme="dark" if dark else "light"
    )
    window.goto(page.as_uri())
    return window


def take(browser: Browser) -> None:
    """The classical table in English, a figure in Chinese, the beginning on a dark phone."""
    with tempfile.TemporaryDirectory() as folder:
        english, chinese = report("en", Path(folder)), report("zh-hans", Path(folder))
        opened(browser, english, 900).locator(".table").nth(1).screenshot(path=PICTURES / "report-table.png")
        opened(browser, chinese, 900).locator("figure").first.screenshot(path=PICTURES / "report-figure-zh.png")
        opened(browser, english, 900).locator("figure").last.screenshot(path=PICTURES / "report-effects.png")
        opened(browser, chinese, 390, height=780, dark=True).screenshot(path=PICTURES / "report-phone-dark-zh.png")


if __name__ == "__main__":
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=system_deps.browser(), args=["--no-sandbox", "--disable-gpu"]
        )
        take(chromium)
        chromium.close()
