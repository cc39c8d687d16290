// Draws the page: the door, the room, the big screen or the end, and what lies over each of them.

import { html, nothing } from "lit";
import { keyed } from "lit/directives/keyed.js";
import { spoken, t } from "../../shared/labels.ts";
import { stays } from "../caption.ts";
import { centre } from "../centre.ts";
import { circle, isTapped } from "../circle.ts";
import { dock } from "../dock.ts";
import { isCo, lead } from "../lead.ts";
import { isSilent } from "../me.ts";
import { checkIsDue } from "../sound.ts";
import type { State } from "../store.ts";
import type { View } from "../wire.ts";
import { nameOf } from "../words.ts";
import { drawBar } from "./bar.ts";
import { drawConnecting, drawDoor, drawEnd } from "./beside.ts";
import { drawCircle } from "./circle.ts";
import { drawDock, drawLost } from "./dock.ts";
import { drawLead } from "./lead.ts";
import type { Act, Drawn } from "./parts.ts";
import { drawSaid } from "./said.ts";
import { drawSheet } from "./sheet.ts";

export function drawPage(state: State, act: Act): Drawn {
  return html`<a class="skip" href="#now">${t("Skip to what is happening now")}</a>
    ${whole(state, act)} ${drawSheet(state, act)}
    ${drawSaid(state, null)}`;
}

function whole(state: State, act: Act): Drawn {
  const view = state.view;
  const leaders = view?.audience === "leaders" && view.status === "closed"; // they may stay a while
  if (state.link === "gone" || state.link === "elsewhere" || state.link === "signed-out") return drawEnd(state, act);
  if (state.link === "closed" && !leaders) return drawEnd(state, act);
  if (!view) return drawConnecting(state, act);
  if (checkIsDue(state)) return act.sound.page(state, act) ?? drawConnecting(state, act);
  if (view.status === "closed" && !leaders) return drawEnd({ ...state, link: "closed" }, act);
  if (view.audience === "door") return drawDoor(state, act);
  return view.audience === "screen" ? bigScreen(state, view, act) : room(state, view, act);
}

function room(state: State, view: View, act: Act): Drawn {
  const leads = view.audience === "leaders";
  const beside = leads && isCo(view, state.viewer);
  const open = leads && (beside || state.drawer);
  const { mode } = state.page;
  const chairs = circle(view, state.viewer, mode);
  const tall = chairs.out === 0 || chairs.stools.length > 0;
  const names = [
    "room",
    leads ? "room--lead" : "",
    open ? "has-drawer" : "",
    beside ? "is-co" : "",
    isSilent(view) ? "is-dim" : "",
  ];
  return html`<div class=${names.filter(Boolean).join(" ")}>
    ${drawBar(state, act)}
    <main class="room__main ${tall ? "is-tall" : ""} ${state.captions ? "has-captions" : ""}" id="now">
      <h1 class="sr">${t("{group}, the room", { group: state.page.group })}</h1>
      ${drawCircle(chairs, centre(view, state.viewer, isTapped(view, mode)), state, act)}
      ${caption(state)}
    </main>
    ${leads ? drawLead(lead(view, state.viewer, state.now, state.unread), state, act, beside) : drawDock(dock(view, state.viewer), state, act)}
    ${open ? act.panels(state, act, beside) : nothing}
    ${open && !beside ? html`<div class="veil" @click=${() => act.drawer(false)}></div>` : nothing}
  </div>`;
}

function bigScreen(state: State, view: View, act: Act): Drawn {
  return html`<div class="room room--big ${isSilent(view) ? "is-dim" : ""}">
    <main class="room__main" id="now">
      <h1 class="sr">${t("{group}, the big screen", { group: state.page.group })}</h1>
      ${drawCircle(circle(view, state.viewer), centre(view, state.viewer), state, act)} ${state.link === "lost" ? drawLost(act) : nothing}
    </main>
  </div>`;
}

/** Words of a simulated person, in the demonstration; they fade when they are said. */
function caption(state: State): Drawn {
  if (!state.caption) return nothing;
  const { person, text } = state.caption;
  const words = spoken() === "zh-hans" ? text.zh : text.en;
  return html`${keyed(
    text.en,
    html`<p class="caption caption--${stays(words, spoken())}"><span class="caption__mark">${t("demo")}</span><b>${nameOf(state.viewer, person)}</b> ${words}</p>`,
  )}`;
}
