// Draws what sound adds to the room: microphone and camera, the notice above them, the sheets of sound.

import { html, nothing } from "lit";
import { t } from "../../shared/labels.ts";
import { KINDS, type Kind } from "../check.ts";
import type { Captured } from "../media.ts";
import { cameraSign, microphoneSign, notice, type SoundDeed } from "../media-signs.ts";
import type { State } from "../store.ts";
import { type Act, type Drawn, icon } from "./parts.ts";

/** The own microphone and camera, among what a person can do. */
export function drawTools(state: State, act: Act): Drawn {
  const [microphone, camera] = [microphoneSign(state.media), cameraSign(state.media)];
  return html`${
    microphone
      ? html`<button type="button" class="tool tool--microphone ${microphone.on ? "is-on" : ""}" aria-pressed=${microphone.on} aria-disabled=${microphone.closed ? "true" : nothing} aria-describedby=${microphone.closed ? "why" : nothing} @click=${press(microphone.closed, act, "microphone")}>${icon(microphone.icon)}<span>${microphone.label}</span></button>`
      : nothing
  }${
    camera
      ? html`<button type="button" class="tool tool--camera ${camera.on ? "is-on" : ""}" aria-pressed=${camera.on} @click=${press(false, act, "camera")}>${icon(camera.icon)}<span>${camera.label}</span></button>`
      : nothing
  }`;
}

/** The same in the leaders' bar. */
export function drawKeys(state: State, act: Act): Drawn {
  const microphone = microphoneSign(state.media);
  if (!microphone) return nothing;
  return html`<button type="button" class="lead__icon lead__icon--microphone ${microphone.on ? "is-on" : ""}" aria-pressed=${microphone.on} aria-disabled=${microphone.closed ? "true" : nothing} @click=${press(microphone.closed, act, "microphone")}>${icon(microphone.icon)}<span>${microphone.short}</span></button>`;
}

function press(closed: boolean, act: Act, what: Captured): () => void {
  return () => {
    if (!closed) act.sound.happen({ now: "press", what });
  };
}

/** The one notice that matters most now. */
export function drawNotice(state: State, act: Act): Drawn {
  const { media, view, viewer, page } = state;
  const call = view?.call ?? "";
  const found = view && page.sound.on ? notice({ media, view, viewer, call }) : null;
  if (!found) return nothing;
  return html`<div class="sound-note" data-notice=${found.notice} role="status">
    <p><strong>${found.title}</strong> ${found.text}</p>
    ${found.deeds.length ? html`<div class="button-row">${found.deeds.map((one) => deed(one, call, act))}</div>` : nothing}
  </div>`;
}

function deed(one: { deed: SoundDeed; label: string; main?: boolean }, call: string, act: Act): Drawn {
  const classes = `button ${one.main ? "button--main" : ""}`;
  if (one.deed === "call")
    return html`<a class=${classes} href=${call} target="_blank" rel="noopener noreferrer">${one.label}</a>`;
  return html`<button type="button" class=${classes} @click=${() => act.sound.deed(one.deed)}>${one.label}</button>`;
}

// ── choices while in the room ───────────────────────────────────────────────────────────────────────────────────────

/** Camera, devices and sound only; the body of a sheet. */
export function drawSoundChoices(state: State, act: Act): Drawn {
  const { media } = state;
  const camera = cameraSign(media);
  return html`<div class="menu">
    <div class="options">
      ${camera ? html`<button type="button" class="option" aria-pressed=${camera.on} @click=${() => act.sound.happen({ now: "press", what: "camera" })}>${icon(camera.icon)}${camera.label}</button>` : nothing}
      <label class="tick"><input type="checkbox" .checked=${media.choice.sparing} @change=${(event: Event) => act.sound.happen({ now: "sparing", on: (event.target as HTMLInputElement).checked })} /><span>${t("Sound only, for a weak line")}</span></label>
    </div>
    ${KINDS.map((kind) => drawPicker(kind, state, act))}
    <div class="options">
      <button type="button" class="option" @click=${() => act.sound.deed("check")}>${icon("check")}${t("Check sound and picture again")}</button>
    </div>
    <p class="small quiet">${t("Hold the space bar to speak; M switches the microphone.")}</p>
  </div>`;
}

export const KIND_WORDS: Readonly<Record<Kind, () => string>> = {
  microphone: () => t("Microphone"),
  camera: () => t("Camera"),
  speaker: () => t("Speaker or headphones"),
};

/** Which device of a kind; nothing where the browser does not let people choose. */
export function drawPicker(kind: Kind, state: State, act: Act): Drawn {
  const { devices, chosen } = state.check;
  const known = devices[kind];
  if (!known.length) return nothing;
  const id = `pick-${kind}`;
  const picked = (event: Event): void => act.sound.choose(kind, (event.target as HTMLSelectElement).value);
  return html`<div class="field">
    <label for=${id}>${KIND_WORDS[kind]()}</label>
    <select class="input" id=${id} @change=${picked}>
      ${known.map((one) => html`<option value=${one.id} ?selected=${one.id === chosen[kind]}>${one.name}</option>`)}
    </select>
  </div>`;
}
