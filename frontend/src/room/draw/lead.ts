// Draws the leaders' bar: time, pause, what comes next.

import { html, nothing } from "lit";
import { t } from "../../shared/labels.ts";
import { askOf } from "../dock.ts";
import type { Clock, Deed, Lead, Main, News } from "../lead.ts";
import type { State } from "../store.ts";
import { drawAsk, drawLost } from "./dock.ts";
import { type Act, type Drawn, icon } from "./parts.ts";
import { drawKeys, drawNotice } from "./sound.ts";

export function drawLead(lead: Lead, state: State, act: Act, beside: boolean): Drawn {
  if (state.link === "lost")
    return html`<section class="lead" aria-label=${t("Leading")}><div class="lead__ask">${drawLost(act)}</div></section>`;
  const ask = state.view ? askOf(state.view, state.viewer) : null;
  return html`<section class="lead" aria-label=${t("Leading")}>
    ${ask ? html`<div class="lead__ask">${drawAsk(ask, state, act)}</div>` : nothing}
    ${drawNotice(state, act)}
    <div class="lead__time">${lead.clock ? time(lead.clock) : html`<b>${lead.line}</b>`}</div>
    ${lead.ring ? html`<p class="lead__ring">${icon("phone")}<span>${lead.ring}</span></p>` : nothing}
    <div class="lead__row">
      <div class="lead__keys">
        ${drawKeys(state, act)} ${lead.turn ? key("pass", lead.turn, act) : nothing}
        ${lead.pause ? key("pause", lead.pause, act) : nothing}
        ${lead.main ? main(lead.main, act) : recordLink(state)}
      </div>
      ${beside ? nothing : more(lead.news, state, act)}
    </div>
  </section>`;
}

function time(clock: Clock): Drawn {
  const [gone, over] = [clock.gone * 100, clock.over * 100];
  return html`<b>${clock.title}</b><span class="numeric">${clock.text}</span>
    <svg class="lead__line" viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true">
      <rect class="all" width="100" height="4" rx="2"></rect>
      <rect class="gone" width=${gone.toFixed(1)} height="4" rx="2"></rect>
      <rect class="over" x=${(100 - over).toFixed(1)} width=${over.toFixed(1)} height="4" rx="2"></rect>
    </svg>`;
}

function key(name: string, deed: Deed, act: Act): Drawn {
  return html`<button type="button" class="lead__icon lead__icon--edge" @click=${() => act.deed(deed)}>${icon(name)}<span>${deed.label}</span></button>`;
}

function main(deed: Main, act: Act): Drawn {
  return html`<button type="button" class="next ${deed.quiet ? "next--quiet" : ""}" @click=${() => act.deed(deed)}>
    <span><small>${deed.small}</small><span class="next__short">${deed.short}</span><span class="next__long">${deed.label}</span></span>${icon("next")}
  </button>`;
}

function recordLink(state: State): Drawn {
  const url = state.view?.status === "closed" ? state.page.urls.record : "";
  return url
    ? html`<a class="next next--link" href=${url}><span>${t("The record of this meeting")}</span>${icon("next")}</a>`
    : nothing;
}

/** With a mark where something waits in the drawer: its words are for a screen reader and for who points at it. */
function more(news: News | null, state: State, act: Act): Drawn {
  return html`<button type="button" class="lead__icon lead__more" aria-expanded=${state.drawer} aria-controls="drawer" @click=${() => act.drawer(!state.drawer)}>
    ${icon("panel")}<span>${t("More")}</span>${news ? html`<b class="lead__news numeric" title=${news.words}><span aria-hidden="true">${news.count}</span><span class="sr">${news.words}</span></b>` : nothing}
  </button>`;
}
