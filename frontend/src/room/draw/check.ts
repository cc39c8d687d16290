// Draws the step on the way into the circle: who is around, microphone, camera, speaker, and whether the line holds.

import { html, nothing } from "lit";
import { classMap } from "lit/directives/class-map.js";
import { t } from "../../shared/labels.ts";
import { AROUND_WORDS, type Check, mayEnter, type Verdict, verdictWords } from "../check.ts";
import type { Captured } from "../media.ts";
import { troubleWords } from "../media-signs.ts";
import type { State } from "../store.ts";
import { AROUNDS } from "../wire.ts";
import { language } from "./bar.ts";
import { stopButton } from "./dock.ts";
import { type Act, type Drawn, icon } from "./parts.ts";
import { drawPicker } from "./sound.ts";

export function drawCheck(state: State, act: Act): Drawn {
  const inside = state.view?.audience !== "door" && state.view?.status !== "lobby";
  return html`<div class="wait check">
    <header class="room__bar"><p class="room__group">${state.page.group}</p><div class="room__tools">${language(state, act)}</div></header>
    <main class="check__main" id="now">
      <div class="check__words"><h1>${t("Before you go in")}</h1><p class="wait__text">${inside ? t("The group is there. Half a minute for sound and picture, then you sit with them.") : t("Half a minute for sound and picture; then you wait with the others.")}</p></div>
      ${around(state.check, act)}
      ${state.check.started ? devices(state, act) : ask(act)}
      ${state.check.started ? line(state.check) : nothing}
      ${state.page.sound.e2ee ? seal(state, act) : nothing}
    </main>
    <footer class="check__foot">
      <div class="button-row">${ways(state, act, inside)}</div>
      <div>${stopButton(state, act)}<button type="button" class="stop" @click=${() => act.leave()}>${t("Leave")}</button></div>
    </footer>
  </div>`;
}

function around(check: Check, act: Act): Drawn {
  return html`<fieldset class="field check__card ${check.unanswered ? "field--wrong" : ""}" aria-describedby="around-note">
    <legend>${icon("door")}${t("Are you alone in the room?")}</legend>
    <div class="segments">
      ${AROUNDS.map(
        (one) =>
          html`<label><input type="radio" name="around" .checked=${check.around === one} @change=${() => act.sound.answer(one)} /><span>${AROUND_WORDS[one].label()}</span></label>`,
      )}
    </div>
    <p class=${check.unanswered ? "field__error" : "small quiet"} id="around-note" role=${check.unanswered ? "alert" : nothing}>${
      check.unanswered
        ? t("One answer first; then the way in is open.")
        : t("The others see the answer as a small sign at your chair. What is said here stays here.")
    }</p>
  </fieldset>`;
}

function ask(act: Act): Drawn {
  return html`<section class="check__card check__ask">
    <p>${t("The browser will ask whether this page may use microphone and camera. Nothing is recorded, and nobody hears or sees you before you go in.")}</p>
    <button type="button" class="button button--main" @click=${() => act.sound.startCheck()}>${icon("mic")}${t("Try microphone and camera")}</button>
  </section>`;
}

// ── devices ─────────────────────────────────────────────────────────────────────────────────────────────────────────

function devices(state: State, act: Act): Drawn {
  return html`<section class="check__card check__devices" aria-label=${t("Microphone and camera")}>
    <div class="check__self">
      ${preview(state)}
      <div class="check__switches">${switches(state.check, act)}</div>
    </div>
    <div class="check__picks">
      ${state.check.asking ? html`<p class="small" role="status">${t("The browser asks you now. Allow it, to be heard and seen.")}</p>` : nothing}
      ${trouble(state.check, "microphone", act)}${drawPicker("microphone", state, act)}${meter(state.check)}
      ${trouble(state.check, "camera", act)}${drawPicker("camera", state, act)}
      <div class="check__tone">
        ${drawPicker("speaker", state, act)}
        <button type="button" class="button" @click=${() => act.sound.tone()}>${t("Play a tone")}</button>
      </div>
    </div>
  </section>`;
}

/** The own chair as the others will see it. */
function preview(state: State): Drawn {
  const { check, page } = state;
  const shown = check.wants.camera && check.trouble.camera === null;
  const letter = (Array.from(page.you.name.trim())[0] ?? "").toUpperCase();
  return html`<div class="check__chair">
    <span class="check__seat">
      <span class="check__letter" aria-hidden="true">${letter}</span>
      <video class=${classMap({ check__face: true, "is-hidden": !shown })} data-preview autoplay playsinline aria-label=${t("Your own picture")}></video>
    </span>
    <svg class="check__back" viewBox="0 0 100 12" aria-hidden="true"><path d="M12 3Q50 13 88 3"></path></svg>
  </div>`;
}

function switches(check: Check, act: Act): Drawn {
  const { microphone, camera } = check.wants;
  const words = {
    microphone: microphone ? t("Go in with the microphone on") : t("Go in with the microphone off"),
    camera: camera ? t("Go in with the picture") : t("Go in without picture"),
  };
  return html`${(["microphone", "camera"] as const).map((what) =>
    check.trouble[what] === null ? toggle(what, check.wants[what], words[what], act) : nothing,
  )}`;
}

function toggle(what: Captured, on: boolean, words: string, act: Act): Drawn {
  const sign = `${what === "microphone" ? "mic" : "camera"}${on ? "" : "-off"}`;
  return html`<button type="button" class="tool ${on ? "is-on" : ""}" aria-pressed=${on} @click=${() => act.sound.toggle(what)}>${icon(sign)}<span>${words}</span></button>`;
}

function meter(check: Check): Drawn {
  if (check.trouble.microphone !== null) return nothing;
  return html`<div class="check__meter"><span class="check__level" data-level aria-hidden="true"></span></div>
    <p class="small quiet" role="status">${check.heard ? t("Your voice comes through.") : t("Say a word: the line above moves.")}</p>`;
}

function trouble(check: Check, what: Captured, act: Act): Drawn {
  const found = check.trouble[what];
  if (found === null) return nothing;
  const words = troubleWords(what, found);
  return html`<div class="notice notice--care check__trouble" data-trouble=${`${what}-${found}`}>
    <p><strong>${words.title}</strong> ${words.text}</p>
    <button type="button" class="button small" @click=${() => act.sound.startCheck()}>${t("Check again")}</button>
  </div>`;
}

// ── the line ────────────────────────────────────────────────────────────────────────────────────────────────────────

const ICONS: Readonly<Record<"good" | "care" | "wait", string>> = { good: "check", care: "ring", wait: "signal" };

function line(check: Check): Drawn {
  const words = verdictWords(check.verdict, check.host);
  return html`<section class="check__card check__line" data-verdict=${check.verdict satisfies Verdict} aria-live="polite">
    <p class="check__verdict is-${words.tone}">${icon(ICONS[words.tone])}<span><strong>${words.title}</strong> ${words.text}</span></p>
    ${
      words.network
        ? html`<details class="more"><summary>${t("For the network people of your hospital")}</summary><p class="small check__network">${words.network}</p></details>`
        : nothing
    }
  </section>`;
}

function seal(state: State, act: Act): Drawn {
  const { seal: found } = state.check;
  const words =
    found === "able"
      ? {
          tone: "good" as const,
          title: t("End-to-end encryption works here."),
          text: t(
            "Sound and picture are sealed in this browser and opened in the others’. The server passes on what it cannot hear.",
          ),
        }
      : found === "unable"
        ? {
            tone: "care" as const,
            title: t("This browser cannot encrypt from end to end."),
            text: t(
              "This group asks for it, so the way in with sound is closed here. A current Chrome, Edge or Safari can. You can go in without sound.",
            ),
          }
        : {
            tone: "wait" as const,
            title: t("End-to-end encryption is being tried."),
            text: t("This group asks for it."),
          };
  return html`<section class="check__card check__line" data-seal=${found} aria-live="polite">
    <p class="check__verdict is-${words.tone}">${icon(ICONS[words.tone])}<span><strong>${words.title}</strong> ${words.text}</span></p>
    <details class="more"><summary>${t("What it protects, and what not")}</summary><div class="small check__network">
      <p>${t("It protects sound and picture from the media server and whoever runs it. It does not hide who is there and when, who speaks and how loudly, what is typed or pressed in the circle, or what people’s own devices do with what they hear. The key comes from this site: whoever runs the site and wanted to could take it.")}</p>
    </div></details>
    ${found === "untried" && state.check.started === false ? html`<button type="button" class="button small" @click=${() => act.sound.startCheck()}>${t("Try it")}</button>` : nothing}
  </section>`;
}

// ── the ways in ─────────────────────────────────────────────────────────────────────────────────────────────────────

function ways(state: State, act: Act, inside: boolean): Drawn {
  const { check, page } = state;
  const none = check.started && check.trouble.microphone !== null && check.trouble.camera !== null;
  const listens = !check.started || none;
  const there = inside || state.view?.audience === "leaders";
  const label = listens ? t("Go in and only listen") : there ? t("Go in") : t("To the waiting room");
  const open = mayEnter(check, page.sound.e2ee);
  return html`${open ? html`<button type="button" class="button ${listens && !none ? "" : "button--main button--big"}" @click=${() => act.sound.enter()}>${label}</button>` : nothing}
    <button type="button" class="button button--quiet" @click=${() => act.sound.without()}>${t("Without sound")}</button>`;
}
