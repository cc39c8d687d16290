// Draws the pages that are not the circle: waiting at the door, connecting, and the end.

import { html, nothing, svg } from "lit";
import { t } from "../../shared/labels.ts";
import { door } from "../door.ts";
import { points } from "../layout.ts";
import { callAddress, type State } from "../store.ts";
import { call, language } from "./bar.ts";
import { stopButton } from "./dock.ts";
import { type Act, type Drawn, icon } from "./parts.ts";

export function drawDoor(state: State, act: Act): Drawn {
  if (!state.view) return nothing;
  const words = door(state.view, { name: state.page.you.name, now: state.now, zone: state.page.timezone });
  const over = state.view.stage === "closed";
  return page(
    state,
    act,
    words.title,
    words.text,
    html`${words.checks ? checks(state, act) : nothing}`,
    html`${over ? nothing : stopButton(state, act)}
      <button type="button" class="stop" @click=${() => act.leave()}>${t("Leave")}</button>`,
  );
}

/** Before the first view, and when a connection is looked for that never was. */
export function drawConnecting(state: State, act: Act): Drawn {
  const lost = state.link === "lost";
  const title = lost ? t("The connection is interrupted") : t("One moment");
  const text = lost ? t("It comes back by itself. You do not need to do anything.") : t("The room opens.");
  const again = html`<button type="button" class="button" @click=${() => act.again()}>${t("Try now")}</button>`;
  return page(state, act, title, text, lost ? again : nothing, nothing);
}

export function drawEnd(state: State, act: Act): Drawn {
  const [title, text] = ending(state);
  const back = state.link === "elsewhere" || state.left;
  const signIn = state.link === "signed-out";
  return page(
    state,
    act,
    title,
    text,
    html`<div class="button-row wait__actions">
      ${back ? html`<button type="button" class="button button--main" @click=${() => act.again()}>${t("Come back in")}</button>` : nothing}
      ${state.page.screen ? nothing : html`<a class="button ${back ? "" : "button--main"}" href=${state.page.urls.meetings}>${signIn ? t("Sign in again") : t("My meetings")}</a>`}
      ${state.link === "closed" && !unheld(state) && state.page.urls.own ? html`<a class="button" href=${state.page.urls.own}>${t("My part")}</a>` : nothing}
    </div>`,
    nothing,
  );
}

/** The waiting room was the last of it: the meeting was called off, its group was closed, or nobody ever began. */
function unheld(state: State): boolean {
  const { link, view } = state;
  const wall = view?.audience === "screen" && !view.way?.length; // which is told that all is over
  return link === "closed" && (view?.status === "lobby" || wall);
}

function ending(state: State): [string, string] {
  if (unheld(state))
    return [
      t("This meeting does not take place"),
      t("The waiting room is closed. Your leaders know more; your meetings are on your page."),
    ];
  if (state.left) return [t("You have left the room"), t("Your chair stays empty until you come back.")];
  switch (state.link) {
    case "closed":
      return [
        state.page.you.name ? t("Thank you, {name}", { name: state.page.you.name }) : t("Thank you"),
        t("The room is closed. What was said is kept nowhere."),
      ];
    case "elsewhere":
      return [t("The room is open in another window"), t("It goes on there. You can bring it back here.")];
    case "signed-out":
      return [t("You are signed out"), t("Signing in again brings you back to your chair.")];
    default:
      return [t("This room is not open to you now"), t("Your leaders know more. Your meetings are on your page.")];
  }
}

function page(state: State, act: Act, title: string, text: string, more: Drawn, foot: Drawn): Drawn {
  return html`<div class="wait">
    <header class="room__bar"><p class="room__group">${state.page.group}</p><div class="room__tools">${call(state)}${state.page.screen ? nothing : language(state, act)}</div></header>
    <main class="wait__main" id="now">
      ${picture()}
      <div class="wait__words" role="status"><h1>${title}</h1><p class="wait__text">${text}</p></div>
      ${more}
    </main>
    <footer class="wait__foot">${foot}</footer>
  </div>`;
}

function checks(state: State, act: Act): Drawn {
  if (state.page.mode === "room") return nothing;
  const address = callAddress(state);
  return html`<ul class="wait__checks">
    <li>${icon("door")}<span><strong>${t("Are you alone in the room?")}</strong> ${t("If not, headphones.")}</span></li>
    ${state.page.sound.on ? soundRow(state, act) : nothing}
    ${address ? html`<li>${icon("phone")}<span><strong>${t("You hear each other in the call.")}</strong> <a href=${address} target="_blank" rel="noopener noreferrer">${t("Open the call")}</a></span></li>` : nothing}
  </ul>`;
}

/** What the check has found, and the way to do it again. */
function soundRow(state: State, act: Act): Drawn {
  const { choice, stage } = state.media;
  const again = stage === "in" ? t("Check again") : t("Join with sound");
  return html`<li>
    ${icon(stage === "in" && choice.microphone ? "mic" : "mic-off")}
    <span><strong>${soundWords(stage === "in", choice)}</strong>
      <button type="button" class="linklike" @click=${() => act.sound.deed("check")}>${again}</button></span>
  </li>`;
}

function soundWords(comes: boolean, choice: { microphone: boolean; camera: boolean }): string {
  if (!comes) return t("You come without sound.");
  if (choice.microphone && choice.camera) return t("Microphone and picture work.");
  if (choice.microphone) return t("The microphone works; you come without picture.");
  return choice.camera ? t("The picture works; the microphone is off.") : t("You come to listen.");
}

/** A circle of chairs with one place free, and one's own chair by the door. */
function picture(): Drawn {
  const seats = points(12, 1).map((spot, at) =>
    at === 0
      ? svg`<circle class="free" cx="120" cy="178" r="12"></circle>`
      : svg`<g transform=${`translate(${(120 + 74 * spot.ux).toFixed(1)} ${(104 + 74 * spot.uy).toFixed(1)}) rotate(${spot.deg.toFixed(0)})`}><rect class="seatbox" x="-11" y="-11" width="22" height="22" rx="8"></rect><path class="wood" d="M14 -8.5Q16.8 0 14 8.5"></path></g>`,
  );
  return html`<svg class="wait__picture" viewBox="0 0 240 262" role="img" aria-label=${t("A circle of chairs with one place free. Your chair stands by the door.")}>
    <circle class="floorbox" cx="120" cy="104" r="50"></circle>
    ${seats}
    <path class="path" d="M120 208V194"></path>
    <g transform="translate(120 230) rotate(90)"><rect class="seatbox seatbox--me" x="-14" y="-14" width="28" height="28" rx="10"></rect><path class="wood wood--me" d="M18 -11Q21.5 0 18 11"></path></g>
  </svg>`;
}
