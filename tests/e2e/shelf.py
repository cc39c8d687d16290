"""Pages shown in a browser without a server: our own files lie beside them, and the site's policy holds."""

from pathlib import Path

from playwright.sync_api import BrowserContext, Page, Route

from openbalint.config.headers import content_security_policy

ORIGIN = "http://localhost:9"  # nobody listens there: everything is answered by the test
STATIC = Path(__file__).parents[2] / "src/openbalint/web/static"
TYPES = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}


def answer_with_file(route: Route) -> None:
    """Answer with a style sheet, script or picture of ours."""
    file = STATIC / route.request.url.removeprefix(f"{ORIGIN}/static/").partition("?")[0]
    route.fulfill(body=file.read_bytes(), content_type=TYPES[file.suffix])


class Shelf:
    """One browser page that shows one piece of HTML after another. What its console complains of is in ``wrong``."""

    def __init__(self, context: BrowserContext) -> None:
        self.page: Page = context.new_page()
        self.wrong: list[str] = []
        self._html = ""
        self.page.on("console", lambda line: self.wrong.append(line.text) if line.type == "error" else None)
        self.page.on("pageerror", lambda error: self.wrong.append(str(error)))
        self.page.route("**/*", self._answer)

    def show(self, html: str) -> Page:
        """Open the page anew with this in it."""
        self._html = html
        self.page.goto(f"{ORIGIN}/")
        return self.page

    def _answer(self, route: Route) -> None:
        if route.request.url.startswith(f"{ORIGIN}/static/"):
            answer_with_file(route)
        else:
            policy = {"Content-Security-Policy": content_security_policy(())}
            route.fulfill(body=self._html, content_type="text/html", headers=policy)
