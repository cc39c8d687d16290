"""Pictures in the chairs, weak networks, and end-to-end encryption: what arrives where, measured in real browsers."""

from typing import Any

from playwright.sync_api import expect

from tests.e2e.sound_stage import WAIT, Company

LOSING = """
const honest = RTCRtpReceiver.prototype.getStats;
RTCRtpReceiver.prototype.getStats = async function () {
  const found = await honest.call(this);
  if (!window.loses) return found;
  window.lost = (window.lost ?? 0) + 100;
  return new Map([...found].map(([id, one]) => [id, one.type === "inbound-rtp" ? { ...one, packetsLost: window.lost } : one]));
};
"""


def test_a_picture_for_the_leaders_reaches_nobody_else(company: Company, accessible: Any) -> None:
    company.found("Ann", "Bob", picture="leaders only")
    ann = company.come("Ann")
    bob = company.come("Bob", phone=True)
    company.begin(cameras=("Ann",))
    expect(bob.locator("[data-person] video.chair__face")).to_have_count(1, timeout=WAIT)
    assert company.seen("Bob")
    assert company.seen("Lea")
    accessible(bob)

    company.presents("Ann")
    company.steps_back("Ann")
    expect(ann.locator(".closed")).to_contain_text("Only the leaders see your picture.")
    expect(bob.locator("video.chair__face")).to_have_count(0, timeout=WAIT)
    assert not company.seen("Bob")
    assert company.seen("Lea")
    ann.reload()  # a fresh connection is as closed as the first
    expect(company.pages["Lea"].locator("video.chair__face")).to_have_count(1, timeout=WAIT)
    assert not company.seen("Bob")

    company.lead.next("Feelings")
    company.lead.next("Discussion")
    company.lead.next("Return")
    expect(bob.locator("video.chair__face")).to_have_count(1, timeout=WAIT)
    assert company.seen("Bob")


def test_a_closed_picture_is_closed_by_the_server_and_does_not_come_back_by_itself(company: Company) -> None:
    company.found("Ann", picture="closed")
    ann = company.come("Ann")
    company.begin(cameras=("Ann",))
    assert company.seen("Lea")
    company.presents("Ann")
    company.steps_back("Ann")
    expect(ann.locator(".closed")).to_contain_text("Nobody sees your picture.")
    assert not company.seen("Lea")
    company.lead.next("Feelings")
    company.lead.next("Discussion")
    company.lead.next("Return")
    expect(ann.get_by_role("button", name="Camera off")).to_be_visible()
    assert not company.seen("Lea")
    ann.get_by_role("button", name="Camera off").click()
    assert company.seen("Lea")


def test_where_packets_are_lost_sound_alone_is_offered(company: Company, accessible: Any) -> None:
    company.found("Bob")
    bob = company.come("Bob")
    bob.context.add_init_script(LOSING)
    bob.reload()
    company.begin(speaking=("Lea",), cameras=("Lea",))
    assert company.seen("Bob")
    bob.evaluate("window.loses = true")
    weak = bob.locator("[data-notice=weak]")
    expect(weak).to_be_visible(timeout=2 * WAIT)
    accessible(bob)
    weak.get_by_role("button", name="Sound only").click()
    expect(bob.locator("[data-notice=sparing]")).to_contain_text("Say your name first, and “finished” last.")
    expect(bob.locator("video.chair__face")).to_have_count(0, timeout=WAIT)
    assert not company.seen("Bob")
    assert company.audible_to("Bob")
    bob.evaluate("window.loses = false")
    bob.get_by_role("button", name="Pictures again").click()
    expect(bob.locator("video.chair__face")).to_have_count(1, timeout=WAIT)


def test_a_sealed_group_hears_itself_and_the_sign_says_so(company: Company, accessible: Any) -> None:
    company.found("Bob", sealed=True)
    bob = company.come("Bob")
    expect(bob.locator("[data-seal=able]")).to_be_visible(timeout=WAIT)
    accessible(bob)
    company.begin(speaking=("Bob",), cameras=("Bob",))
    assert company.audible_to("Lea")
    assert company.seen("Lea")
    for page in company.pages.values():
        expect(page.get_by_text("Encrypted from end to end")).to_be_attached()


def test_a_browser_that_cannot_seal_does_not_pretend(company: Company, accessible: Any) -> None:
    company.found("Bob", sealed=True)
    bob = company.come("Bob")
    bob.context.add_init_script(
        "delete window.RTCRtpScriptTransform; delete RTCRtpSender.prototype.createEncodedStreams;"
    )
    bob.reload()
    expect(bob.locator("[data-seal=unable]")).to_be_visible(timeout=WAIT)
    accessible(bob)
    assert bob.get_by_role("button", name="To the waiting room").count() == 0
    bob.get_by_role("button", name="Without sound").click()
    expect(bob.get_by_text("You come without sound.")).to_be_visible()
