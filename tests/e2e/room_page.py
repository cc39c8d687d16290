"""The room's page in a browser without a server: the real template, scripts and policy, and a socket played by the test."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
import json
import re
from typing import Any

from django.template.loader import render_to_string
from playwright.sync_api import Browser, BrowserContext, Page, Route, WebSocketRoute

from openbalint.config.headers import content_security_policy
from openbalint.live import wire
from openbalint.protocol import commands as c
from openbalint.protocol.shipped import SHIPPED
from openbalint.web.views.room import labels
from tests.e2e.room_moments import Moment
from tests.e2e.shelf import ORIGIN, answer_with_file

PATIENCE = 250  # looks, each after 20 ms
GROUP = {"en": "Thursday group", "zh-hans": "周四小组"}
CAPTION = {
    "en": "If I were the mother, I would see a closed door, and nobody who tells me what is behind it.",
    "zh": "假如我是母亲，我看见一扇关着的门，没有人告诉我门后是什么。",
}


def data(moment: Moment, language: str, words: Mapping[str, str]) -> dict[str, Any]:
    """What the server would hand to the island; ``words`` are the Chinese ones."""
    leads = moment.person in ("lea", "cora")
    names = moment.stage.frame(moment.person, chinese=language != "en")["names"]
    return {
        "meeting": "0b7c1f0e-0000-4000-8000-000000000001",
        "group": GROUP[language],
        "mode": moment.mode,
        "language": language,
        "labels": {"en": {}, "zh-hans": words},
        "you": {"name": names.get(moment.person, {"en": "Mei", "zh-hans": "梅兰"}[language])},
        "timezone": "Asia/Shanghai",
        "screen": moment.person is None,
        "sound": {"on": False, "e2ee": False},
        "urls": {
            "ticket": "/ticket",
            "language": "/language/",
            "meetings": "/meetings/",
            "screen": "/screen" if leads else "",
            "record": "/record" if leads else "",
            "paper": "/paper" if leads else "",
            "own": "/mine" if moment.person else "",
            "media": "",
            "media_test": "",
        },
    }


@contextmanager
def theatre_of(browser: Browser) -> Iterator["Theatre"]:
    """A theatre with a browser of its own."""
    context = browser.new_context(reduced_motion="reduce", locale="en-GB")
    theatre = Theatre(context)
    theatre.page.set_default_timeout(15_000)
    yield theatre
    context.close()


class Theatre:
    """One page that shows moments. What the page sends is kept in ``sent``; what the policy blocked, in ``wrong``."""

    def __init__(self, context: BrowserContext) -> None:
        self.page: Page = context.new_page()
        self.sent: list[dict[str, Any]] = []
        self.wrong: list[str] = []
        self.moment: Moment | None = None
        self.language = "en"
        self.words: Mapping[str, str] = labels("zh-hans")
        self.refuse = ""  # a code: what is asked next is refused
        self.no_ticket: list[int] = []  # the status of each of the next answers that are no ticket
        self.plays = False  # the engine decides what the page asks
        self.v = 1
        self.sockets: list[WebSocketRoute] = []
        self.page.on("console", lambda line: self.wrong.append(line.text) if line.type == "error" else None)
        self.page.on("pageerror", lambda error: self.wrong.append(str(error)))
        self.page.route("**/*", self._answer)
        self.page.route_web_socket(re.compile(r"/ws/"), self._socket)

    def show(self, moment: Moment, *, language: str = "en", theme: str = "light") -> Page:
        """Open the page at a moment, and do what the moment asks for."""
        self.moment, self.language, self.sent, self.sockets, self.v = moment, language, [], [], 1
        self.wrong.clear()
        self.page.context.clear_cookies()
        self.page.context.add_cookies([{"name": "theme", "value": theme, "url": ORIGIN}])
        self.page.goto(f"{ORIGIN}/room")
        self.page.evaluate("theme => { document.documentElement.dataset.theme = theme }", theme)
        self.page.wait_for_function(
            "() => document.querySelector('.stage .seat, .wait h1') && !document.querySelector('#room > main')"
        )
        for click in moment.clicks:
            self._click(click)
        self.page.wait_for_function(  # the leaders' panels are loaded when there are leaders
            "() => !document.querySelector('.has-drawer') || document.querySelector('#drawer')"
        )
        if moment.caption:
            self.sockets[-1].send(json.dumps({"caption": {"person": "grace", "text": CAPTION}}))
        if moment.lost:
            self.moment = None
            self.sockets[-1].close()
            self.page.wait_for_selector(".away")
        self.page.wait_for_timeout(60)
        return self.page

    def send(self, frame: dict[str, Any]) -> None:
        """The server says something more."""
        self.sockets[-1].send(json.dumps(frame))

    def asked(self, count: int) -> list[dict[str, Any]]:
        """What the page has asked for, as soon as it is so many things; on a busy machine they come a moment later."""
        for _ in range(PATIENCE):
            if len(self.sent) >= count:
                break
            self.page.wait_for_timeout(20)
        return self.sent

    def play(self, command: c.Command) -> None:
        """Somebody asks for something, and the page sees what came of it."""
        assert self.moment is not None
        stage = self.moment.stage.do(command)
        self.v += 1
        self.send(stage.frame(self.moment.person, chinese=self.language != "en") | {"v": self.v})

    def _click(self, what: str) -> None:
        if not what.startswith("text="):
            self.page.locator(what).first.click()
            return
        english, chinese = what.removeprefix("text=").split("|")
        name = english if self.language == "en" else self.words.get(english, chinese)
        self.page.get_by_role("button", name=name, exact=True).first.click()

    def _answer(self, route: Route) -> None:
        path = route.request.url.removeprefix(ORIGIN).partition("?")[0]
        if path == "/ticket":
            if self.no_ticket or self.moment is None:
                route.fulfill(status=self.no_ticket.pop(0) if self.no_ticket else 503)
            else:
                route.fulfill(json={"ticket": "signed", "url": "/ws/"})
        elif path == "/room" and self.moment is not None:
            route.fulfill(body=self._html(self.moment), content_type="text/html", headers=self._policy())
        elif path.startswith("/static/"):
            answer_with_file(route)
        else:
            route.fulfill(status=204)

    def _policy(self) -> dict[str, str]:
        return {"Content-Security-Policy": content_security_policy(("ws://localhost:9",))}

    def _html(self, moment: Moment) -> str:
        lang = "en" if self.language == "en" else "zh-Hans"
        shown = {
            "group": {"name": GROUP[self.language]},
            "page": {"lang": lang},
            "data": data(moment, self.language, self.words),
        }
        return render_to_string("live/screen.html" if moment.person is None else "live/room.html", shown)

    def _socket(self, socket: WebSocketRoute) -> None:
        self.sockets.append(socket)
        socket.on_message(lambda text: self._said(socket, json.loads(text)))

    def _said(self, socket: WebSocketRoute, frame: dict[str, Any]) -> None:
        moment = self.moment
        if "hello" not in frame:
            self.sent.append(frame)
            if self.plays and moment is not None:
                _, asked = wire.read_command(json.dumps(frame).encode())
                script = {"script": SHIPPED["balint-90"]} if frame["do"] == "start" else {}
                self.play(wire.command(asked, moment.person or "", **script))
            answer = {"no": frame["n"], "code": self.refuse} if self.refuse else {"ok": frame["n"]}
            socket.send(json.dumps(answer))
        elif moment is not None:
            socket.send(json.dumps({"you": moment.person, "captions": moment.caption}))
            socket.send(json.dumps(moment.stage.frame(moment.person, chinese=self.language != "en")))
