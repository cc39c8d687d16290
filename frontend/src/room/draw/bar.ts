// Draws the head of the page: the group, the way through the method (where, never how long), and what is always there.

import { html, nothing } from "lit";
import { t } from "../../shared/labels.ts";
import { callAddress, type State } from "../store.ts";
import { phaseName, shortPhase } from "../words.ts";
import { stopButton } from "./dock.ts";
import { type Act, type Drawn, icon } from "./parts.ts";

export function drawBar(state: State, act: Act): Drawn {
  const over = state.view?.status === "lingering" || state.view?.status === "closed";
  const leads = state.view?.audience === "leaders" && !over; // the others have it in the dock, until the end
  return html`<header class="room__bar">
    <p class="room__group">${state.page.group}</p>
    <div class="room__tools">
      ${leads ? stopButton(state, act) : nothing}
      ${seal(state)} ${bigScreen(state)} ${call(state)}
      ${language(state, act)}
      <button type="button" class="round-button" aria-haspopup="dialog" aria-label=${t("More: display, keys, leave")} @click=${() => act.open({ sheet: "menu" })}>${icon("more")}</button>
    </div>
    ${strip(state)}
  </header>`;
}

export function language(state: State, act: Act): Drawn {
  const other = state.language === "en" ? { lang: "zh-Hans", word: "中文" } : { lang: "en", word: "English" };
  return html`<button type="button" class="lang" lang=${other.lang} @click=${() => act.language()}>${other.word}</button>`;
}

/** Sound and picture are encrypted from end to end, as far as this device can tell. */
function seal(state: State): Drawn {
  if (state.media.seal !== "sealed" || state.media.line !== "open") return nothing;
  const words = t("Encrypted from end to end");
  return html`<span class="seal" title=${words}>${icon("lock")}<span class="sr">${words}</span></span>`;
}

/** The group's external call, where sound is not built in. */
export function call(state: State): Drawn {
  const address = callAddress(state);
  return address ? out(address, "phone", t("Open the call")) : nothing;
}

/** In the room together it is the only other screen. */
function bigScreen({ page: { mode, urls } }: State): Drawn {
  return mode === "room" && urls.screen ? out(urls.screen, "screen", t("Open the big screen")) : nothing;
}

function out(url: string, name: string, words: string): Drawn {
  return html`<a class="lang call" href=${url} target="_blank" rel="noopener noreferrer">${icon(name)}<span>${words}</span></a>`;
}

function strip(state: State): Drawn {
  const view = state.view;
  if (!view?.way?.length || view.status === "lobby" || view.status === "closed") return nothing;
  const now = view.status === "lingering" ? view.way.length : (view.now ?? 0);
  return html`<ol class="strip ${view.way.length > 10 ? "strip--many" : ""}" aria-label=${t("Phases of the meeting")}>
    ${view.way.map((phase, at) => {
      const where = at < now ? "is-done" : at === now ? "is-now" : "";
      return html`<li class="strip__step ${where}" aria-current=${at === now ? "step" : nothing}>
        <span class="strip__name">${phase.group ? phaseName(phase) : shortPhase(phase)}</span>
      </li>`;
    })}
  </ol>`;
}
