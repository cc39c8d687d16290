"""Voices whose rights follow the method, heard and measured: real browsers, a real site and a real media server.

Audible means that the energy of received sound rises where people listen. Every person has a browser of their own.
"""

import re
from threading import Event
from typing import Any

from playwright.sync_api import Page, WebSocketRoute, expect

from tests.e2e.demonstration import SLOW
from tests.e2e.sound_stage import SOON, WAIT, Company, Studio, Visit

# A steady tone as somebody's voice: the beeps of the browser's own device are too short to count as speaking.
TONE = """
const ask = navigator.mediaDevices?.getUserMedia.bind(navigator.mediaDevices);
if (ask) navigator.mediaDevices.getUserMedia = async (wanted) => {
  if (!wanted.audio) return ask(wanted);
  const context = new AudioContext(), tone = context.createOscillator(), out = context.createMediaStreamDestination();
  tone.frequency.value = 300; tone.connect(out); tone.start(); await context.resume();
  return out.stream;
};
"""

# A browser that asks whether the microphone may be used, and an answer that can be kept waiting.
ASKING = """
const ask = navigator.mediaDevices?.getUserMedia.bind(navigator.mediaDevices);
window.asks = 0;
window.given = [];
window.answer = null;  // while it is kept waiting: what gives it
window.keepWaiting = () => { asks = given.length = 0; window.waiting = new Promise((done) => { window.answer = done; }); };
if (ask) navigator.mediaDevices.getUserMedia = async (wanted) => {
  window.asks += 1;
  await window.waiting;
  const stream = await ask(wanted);
  window.given.push(...stream.getTracks());
  return stream;
};
"""


def notice(page: Page, code: str) -> Any:
    """The notice of sound."""
    return page.locator(f"[data-notice={code}]")


def microphone(page: Page) -> Any:
    """The own microphone's button."""
    return page.locator(".tool--microphone, .lead__icon--microphone")


def let_in_alone(way: WebSocketRoute) -> None:
    """The media server lets somebody in, and then nothing comes from it any more."""
    welcome = Event()

    def came(message: str | bytes) -> None:
        if not welcome.is_set():
            way.send(message)
        welcome.set()

    way.connect_to_server().on_message(came)


def test_whoever_has_stepped_back_is_silent_and_hears(company: Company, accessible: Any) -> None:
    company.found("Ann", "Bob")
    ann, bob = company.come("Ann", phone=True), company.come("Bob")
    company.begin(speaking=("Ann",))
    assert company.audible_to("Bob")
    company.presents("Ann")
    assert company.audible_to("Bob")
    company.steps_back("Ann")
    assert company.silent_to("Bob", "Lea")  # within a second, nobody hears her
    expect(ann.locator(".closed")).to_contain_text("Your microphone is closed.")
    accessible(ann)

    company.lead.next("Feelings")
    company.lead.next("Discussion")
    company.room("Bob").press("Microphone off")
    expect(microphone(bob)).to_have_text("Microphone on")
    assert company.audible_to("Ann")  # she goes on hearing
    company.room("Bob").press("Microphone on")

    silent_whatever_her_browser_does(company, ann)
    company.lead.next("Return")
    expect(notice(ann, "free")).to_be_visible()
    ann.wait_for_timeout(4000)
    assert company.silent_to("Bob")  # nothing opens by itself
    accessible(ann)
    company.room("Ann").press("Open my microphone")
    expect(microphone(ann)).to_have_text("Microphone on")
    assert company.audible_to("Bob")


def silent_whatever_her_browser_does(company: Company, ann: Page) -> None:
    """A full reconnect, a reload and a tab of her own more: none gives her voice back."""
    company.suffers("Ann", "full-reconnect")
    ann.wait_for_timeout(1500)
    company.hears("Ann")
    assert company.silent_to("Bob")
    ann.reload()
    company.hears("Ann")
    assert company.silent_to("Bob")
    expect(ann.locator(".closed")).to_contain_text("Your microphone is closed.")

    second = ann.context.new_page()
    second.goto(ann.url)
    company.pages["Ann"] = second
    company.enter("Ann")
    company.hears("Ann")
    expect(notice(ann, "elsewhere")).to_be_visible()
    assert company.silent_to("Bob")
    company.room("Bob").press("Microphone off")
    assert company.audible_to("Ann")  # the sound is in the second tab
    company.room("Bob").press("Microphone on")
    ann.get_by_role("button", name="Bring it here").click()
    expect(notice(second, "elsewhere")).to_be_visible(timeout=WAIT)
    company.pages["Ann"] = ann
    company.hears("Ann")
    assert company.silent_to("Bob")


def test_after_a_silent_phase_the_own_choice_comes_back_unless_declined(company: Company, accessible: Any) -> None:
    company.found("Ann", "Bob")
    ann, bob = company.come("Ann"), company.come("Bob")
    company.begin(speaking=("Bob",))
    assert company.audible_to("Ann")
    company.presents("Ann")
    expect(microphone(bob)).to_have_text("Microphone closed")
    assert company.silent_to("Ann")
    company.steps_back("Ann")

    company.lead.next("Feelings")
    expect(notice(bob, "opening")).to_be_visible()
    accessible(bob)
    expect(microphone(bob)).to_have_text("Microphone on", timeout=WAIT)
    assert company.audible_to("Lea")
    company.lead.next("Discussion")
    company.lead.next("Return")
    expect(microphone(bob)).to_have_text("Microphone closed")
    company.lead.next("Closing")
    company.room("Bob").press("Keep it closed")
    bob.wait_for_timeout(3500)
    expect(microphone(bob)).to_have_text("Microphone off")
    assert company.silent_to("Lea")
    assert ann.locator("[data-notice=opening]").count() == 0


def test_a_leader_asks_silences_and_a_key_speaks(company: Company) -> None:
    company.found("Bob")
    bob = company.come("Bob")
    company.begin(speaking=("Bob",))
    lea = company.pages["Lea"]
    company.room("Lea").chair("Bob").click()
    lea.get_by_role("dialog").get_by_role("button", name="Ask to close the microphone").click()
    expect(notice(bob, "asked")).to_be_visible()
    assert company.audible_to("Lea")  # a question closes nothing
    company.room("Bob").press("Close it")
    expect(microphone(bob)).to_have_text("Microphone off")

    bob.keyboard.down("Space")
    expect(microphone(bob)).to_have_text("Microphone on")
    assert company.audible_to("Lea")
    bob.keyboard.up("Space")
    expect(microphone(bob)).to_have_text("Microphone off")
    assert company.silent_to("Lea")

    bob.keyboard.press("m")
    company.room("Lea").chair("Bob").click()
    lea.get_by_role("dialog").get_by_role("button", name="Silence for now").click()
    expect(microphone(bob)).to_have_text("Microphone closed")
    expect(bob.get_by_text("A leader has closed your microphone for now.")).to_be_visible()
    assert company.silent_to("Lea")
    company.room("Lea").chair("Bob").click()
    lea.get_by_role("dialog").get_by_role("button", name="May speak again").click()
    expect(notice(bob, "free")).to_be_visible()
    bob.wait_for_timeout(3500)
    assert company.silent_to("Lea")  # after a hard silence only by hand


def test_aside_two_hear_each_other_and_nobody_else_does(company: Company) -> None:
    company.found("Cora", "Ann", "Bob")
    for name in ("Cora", "Ann", "Bob"):
        company.come(name)
    company.begin()
    ann, lea = company.pages["Ann"], company.pages["Lea"]
    company.room("Ann").press("I need to stop")
    company.room("Ann").press("Tell the leaders now")
    company.room("Cora").press("Go aside with Ann")
    expect(notice(ann, "aside")).to_contain_text("You are aside with Cora. Nobody else hears you.", timeout=WAIT)
    company.hears("Ann")
    company.room("Ann").press("Open my microphone")
    expect(microphone(ann)).to_have_text("Microphone on", timeout=WAIT)
    assert company.audible_to("Cora")
    assert company.silent_to("Bob", "Lea")

    lea.get_by_role("button", name="Go on").click()
    expect(ann.locator(".phase")).to_have_text("Opening", timeout=WAIT)
    company.hears("Ann")
    assert company.silent_to("Bob")  # back in the circle, by hand again
    expect(notice(ann, "free")).to_be_visible()


def test_a_microphone_that_is_being_asked_for_keeps_nobody_from_going_aside(company: Company) -> None:
    company.found("Cora", "Ann")
    company.come("Cora")
    ann = company.come("Ann")
    ann.context.add_init_script(ASKING)
    ann.reload()
    company.begin()
    company.room("Ann").press("I need to stop")
    company.room("Ann").press("Tell the leaders now")
    ann.evaluate("keepWaiting()")
    company.room("Ann").press("Microphone off")
    ann.wait_for_function("() => asks === 1")
    before = company.connections("Ann")
    company.room("Cora").press("Go aside with Ann")
    company.joins_anew("Ann", since=before)
    expect(notice(ann, "aside")).to_be_visible()
    ann.evaluate("answer(), waiting = null")
    ann.wait_for_function("() => given.length > 0 && given.every((track) => track.readyState === 'ended')")
    assert company.silent_to("Cora", "Lea")
    company.room("Ann").press("Open my microphone")
    assert company.audible_to("Cora")


def test_whose_connection_the_server_ends_while_they_speak_is_heard_again_in_moments(
    studio: Studio, visitor_of_storms: Visit
) -> None:
    company = studio.company(visitor_of_storms).found("Bob")
    company.come("Bob")
    company.begin(speaking=("Bob",))
    assert company.audible_to("Lea")
    before = company.connections("Bob")
    company.suffers("Bob", "server-leave")
    company.joins_anew("Bob", since=before, within=SOON)
    assert company.audible_to("Lea")


def test_a_microphone_that_comes_after_the_word_was_taken_back_stays_closed(company: Company) -> None:
    company.found("Bob")
    bob = company.come("Bob")
    bob.context.add_init_script(ASKING)
    bob.reload()
    company.begin()
    bob.evaluate("keepWaiting()")
    company.room("Bob").press("Microphone off")
    bob.wait_for_function("() => asks === 1")
    company.room("Bob").press("Microphone opens")
    expect(microphone(bob)).to_have_text("Microphone off")
    bob.evaluate("answer(), waiting = null")
    bob.wait_for_function("() => given.length > 0 && given.every((track) => track.readyState === 'ended')")
    assert company.silent_to("Lea")
    company.room("Bob").press("Microphone off")
    assert company.audible_to("Lea")


def test_a_connection_that_does_not_come_about_keeps_nobody_from_going_aside(
    studio: Studio, visitor_of_storms: Visit
) -> None:
    company = studio.company(visitor_of_storms).found("Cora", "Ann")
    company.come("Cora")
    ann, dead = company.come("Ann"), Event()
    ann.route_web_socket(
        re.compile("/rtc/"), lambda way: let_in_alone(way) if dead.is_set() else way.connect_to_server()
    )
    ann.reload()
    company.begin()
    company.room("Ann").press("I need to stop")
    company.room("Ann").press("Tell the leaders now")
    before = company.connections("Ann")
    dead.set()
    company.suffers("Ann", "server-leave")
    ann.wait_for_function("before => ends.length > before", arg=before)
    ann.wait_for_timeout(1000)  # the next try has gone out, and waits
    dead.clear()
    company.room("Cora").press("Go aside with Ann")
    company.joins_anew("Ann", since=before + 1, within=SOON)
    expect(notice(ann, "aside")).to_be_visible()


def test_the_method_goes_on_without_the_media_server_and_the_sound_comes_back(
    studio: Studio, visitor_of_storms: Visit, accessible: Any
) -> None:
    company = studio.company(visitor_of_storms).found("Ann", "Bob")
    ann, bob = company.come("Ann"), company.come("Bob")
    company.begin(speaking=("Bob",))
    company.presents("Ann")
    company.steps_back("Ann")
    studio.end()
    expect(notice(ann, "down")).to_be_visible(timeout=SLOW)
    expect(notice(bob, "down")).to_be_visible(timeout=SLOW)
    accessible(ann)
    company.lead.next("Feelings")
    studio.begin()
    expect(notice(ann, "down")).to_be_hidden(timeout=SLOW)
    expect(notice(bob, "down")).to_be_hidden(timeout=SLOW)
    company.hears("Ann")
    assert company.silent_to("Bob")
    expect(ann.locator(".closed")).to_contain_text("Your microphone is closed.")


def test_whoever_is_heard_has_a_ring_and_the_record_has_seconds_without_names(
    company: Company, accessible: Any
) -> None:
    company.found("Bob")
    bob, lea = company.come("Bob"), company.pages["Lea"]
    bob.context.add_init_script(TONE)
    bob.reload()
    company.begin(speaking=("Bob",))
    expect(lea.locator(".seat.is-heard")).to_contain_text("Bob", timeout=WAIT)
    accessible(lea)
    bob.wait_for_timeout(4000)
    company.lead.panel("Time and phase").get_by_role("button", name="End the meeting").click()
    lea.get_by_role("dialog").get_by_role("button", name="End the meeting").click()
    company.lead.undrawer()
    company.lead.press("Close the room")
    lea.get_by_role("link", name="The record of this meeting").click()
    lea.get_by_text("The same as a table").click()
    row = lea.get_by_role("row").filter(has_text="Opening")
    expect(row.get_by_role("cell").nth(2)).to_have_text(re.compile(r"^0:(0[2-9]|[1-5]\d)$"))
    expect(row).not_to_contain_text("Bob")
    accessible(lea)


def test_a_shared_microphone_carries_two_and_a_leader_marks_who_speaks(company: Company, accessible: Any) -> None:
    company.found("Ann", "Bob")
    bob, lea = company.come("Bob"), company.pages["Lea"]
    ann = company.come("Ann")  # joins the group once, and sits beside Bob today
    ann.get_by_role("button", name="Leave").click()
    company.pages.pop("Ann")
    company.begin(speaking=("Bob",))
    assert company.audible_to("Lea")
    company.room("Lea").chair("Bob").click()
    lea.get_by_role("button", name="Several people at this microphone …").click()
    lea.get_by_label("Ann").check()
    accessible(lea)
    lea.get_by_role("button", name="They sit there").click()
    expect(bob.locator(".seat.is-me")).to_contain_text("2 at one microphone")
    company.room("Lea").chair("Bob").click()
    lea.get_by_role("button", name="Several people at this microphone …").click()
    lea.get_by_role("dialog").get_by_role("button", name="Ann").click()
    expect(bob.locator(".seat.is-me")).to_contain_text("Ann speaks")
    assert company.audible_to("Lea")


def test_another_microphone_is_taken_while_in_the_room(company: Company, accessible: Any) -> None:
    company.found("Bob")
    bob = company.come("Bob")
    company.begin(speaking=("Bob",))
    assert company.audible_to("Lea")
    bob.get_by_role("button", name=re.compile("^More")).click()
    bob.get_by_role("button", name="Sound and picture").click()
    accessible(bob)
    wanted = bob.get_by_label("Microphone", exact=True).locator("option").nth(1).get_attribute("value")
    bob.get_by_label("Microphone", exact=True).select_option(wanted)
    bob.keyboard.press("Escape")
    bob.wait_for_function(
        """wanted => window.rooms.find((room) => room.state === "connected").localParticipant
          .getTrackPublication("microphone").track.mediaStreamTrack.getSettings().deviceId === wanted""",
        arg=wanted,
    )
    assert company.audible_to("Lea")
