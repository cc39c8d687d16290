// Draws what a person can do: one place at the bottom, of steady height, and "I need to stop" always there.

import { html, nothing } from "lit";
import { t } from "../../shared/labels.ts";
import type { Ask, Dock, Tool } from "../dock.ts";
import { backWords, microphoneSign } from "../media-signs.ts";
import type { State } from "../store.ts";
import { CHECK_OUT_MOODS, type CheckOutMood } from "../wire.ts";
import { MOODS } from "../words.ts";
import { type Act, type Drawn, field, icon } from "./parts.ts";
import { drawNotice, drawTools } from "./sound.ts";

export function drawDock(dock: Dock, state: State, act: Act): Drawn {
  if (state.link === "lost")
    return html`<section class="dock" aria-label=${t("Your controls")}>${drawLost(act)}</section>`;
  return html`<section class="dock" aria-label=${t("Your controls")}>
    ${dock.why ? html`<p class="dock__why" id="why">${dock.why}</p>` : nothing}
    ${drawNotice(state, act)}
    ${dock.ask ? drawAsk(dock.ask, state, act) : nothing}
    ${drawRow(dock.tools.filter(isFrame), nothing, act)} ${drawRow(
      dock.tools.filter((tool) => !isFrame(tool)),
      ownTools(dock, state, act),
      act,
    )}
    ${dock.leave ? html`<button type="button" class="button dock__leave" @click=${() => act.leave()}>${t("Leave the room")}</button>` : nothing}
    ${dock.leave ? nothing : stopButton(state, act)}
  </section>`;
}

/** One's own connection: a calm line where the controls were, since nothing can be asked now. */
export function drawLost(act: Act): Drawn {
  return html`<div class="away" role="alert">
    <p><strong>${t("The connection is interrupted.")}</strong> ${t("It comes back by itself; your chair is kept.")}</p>
    <button type="button" class="button" @click=${() => act.again()}>${t("Try now")}</button>
  </div>`;
}

/** What the assistant does for the group stands in a row of its own. */
function isFrame(tool: Tool): boolean {
  return tool.tool === "assist" || tool.tool === "admit";
}

/** Microphone and camera; in silence only what is open, so that it can be closed. */
function ownTools(dock: Dock, state: State, act: Act): Drawn {
  const card = dock.ask !== null && dock.ask.ask !== "check-out" && dock.ask.ask !== "cards";
  if (card || (dock.quiet && !state.media.live.microphone)) return nothing;
  return microphoneSign(state.media) ? drawTools(state, act) : nothing;
}

function drawRow(tools: readonly Tool[], own: Drawn, act: Act): Drawn {
  if (!tools.length && own === nothing) return nothing;
  return html`<div class="dock__row">${own}${tools.map((tool) => drawTool(tool, act))}</div>`;
}

export function stopButton(state: State, act: Act): Drawn {
  const label = state.told ? t("The leaders know") : t("I need to stop");
  return html`<button type="button" class="stop" aria-haspopup="dialog" @click=${() => act.open({ sheet: "stop" })}>${icon("ring")}<span>${label}</span></button>`;
}

function drawTool(tool: Tool, act: Act): Drawn {
  switch (tool.tool) {
    case "hand":
      return toggle("hand", tool.up ? t("Hand is up") : t("Raise hand"), tool.up, () => act.ask(tool.command));
    case "offer":
      return toggle(
        "case",
        tool.offered ? t("I have offered a case") : t("I have a case"),
        tool.offered,
        () => act.ask(tool.command),
        "is-case",
      );
    case "pass":
      return press("pass", t("Pass it on"), () => act.ask(tool.command));
    case "finish":
      return press("check", tool.label, () => act.ask(tool.command));
    case "step-out":
      return press("figure", tool.label, () => act.ask(tool.command), "is-case");
    case "voice":
      return opener("figure", t("Speak as …"), () => act.open({ sheet: "voices" }));
    case "signal":
      return opener("signal", t("Tell the leaders"), () => act.open({ sheet: "signals" }));
    case "admit":
      return press("door", tool.label, () => act.ask(tool.command));
    case "assist":
      return press("next", tool.deed.label, () => act.deed(tool.deed));
  }
}

function press(name: string, label: string, click: () => void, classes = ""): Drawn {
  return html`<button type="button" class="tool ${classes}" @click=${click}>${icon(name)}<span>${label}</span></button>`;
}

function opener(name: string, label: string, click: () => void): Drawn {
  return html`<button type="button" class="tool" aria-haspopup="dialog" @click=${click}>${icon(name)}<span>${label}</span></button>`;
}

function toggle(name: string, label: string, on: boolean, click: () => void, classes = ""): Drawn {
  return html`<button type="button" class="tool ${on ? "is-on" : classes}" aria-pressed=${on} @click=${click}>${icon(name)}<span>${label}</span></button>`;
}

// ── cards that ask ──────────────────────────────────────────────────────────────────────────────────────────────────

export function drawAsk(ask: Ask, state: State, act: Act): Drawn {
  switch (ask.ask) {
    case "push":
      return html`<div class="ask">
        <button type="button" class="button button--main button--big button--wide" @click=${() => act.ask(ask.command)}>${icon("out")}${t("Push my chair back")}</button>
        <p class="ask__note">${t("Or do nothing: your chair moves by itself in a moment.")}</p>
      </div>`;
    case "listen":
      return listen(state);
    case "card":
      return card(state, act);
    case "cards":
      return cards(ask.texts);
    case "check-out":
      return checkOut(state, act);
  }
}

function listen(state: State): Drawn {
  const closed = backWords(state.media);
  if (closed) {
    return html`<div class="ask">
      <p class="closed">${icon("mic-off")}<span><strong>${closed.title}</strong> ${closed.text}</span></p>
    </div>`;
  }
  const call = state.view?.call ? t("Please mute yourself in the call.") : "";
  return html`<div class="ask">
    <p class="closed">${icon("ear")}<span><strong>${t("You may simply listen.")}</strong> ${call} ${t("Nobody turns to you now. When you return, you may speak again.")}</span></p>
  </div>`;
}

function card(state: State, act: Act): Drawn {
  const lay = (event: Event): void => act.lay(field(event, "card"));
  return html`<form class="ask" @submit=${lay}>
    <label class="ask__title" for="card">${t("A card, if you like")}</label>
    <p class="ask__note" id="card-note">${t("One feeling or picture. It lies face down until a leader turns all cards together; then it is gone.")}</p>
    <textarea class="paper" id="card" name="card" rows="2" maxlength="200" aria-describedby="card-note" autocomplete="off"></textarea>
    <div class="button-row">
      <button type="submit" class="button button--main">${state.laid ? t("Replace my card") : t("Lay it face down")}</button>
      <span class="small quiet" role="status">${state.laid ? t("Your card lies face down.") : t("No card is fine.")}</span>
    </div>
  </form>`;
}

function cards(texts: readonly string[]): Drawn {
  return html`<section class="ask" aria-labelledby="cards-title">
    <h2 class="ask__title" id="cards-title">${t("The cards")}</h2>
    ${
      texts.length
        ? html`<ul class="cards" tabindex="0" aria-labelledby="cards-title">${texts.map((text) => html`<li>${text}</li>`)}</ul>`
        : html`<p class="ask__note">${t("No cards were written. That is fine.")}</p>`
    }
  </section>`;
}

const MOOD_ICONS: Record<CheckOutMood, string> = { calm: "calm", stirred: "stirred", "ring-me": "phone" };

function checkOut(state: State, act: Act): Drawn {
  return html`<section class="ask" aria-labelledby="ask-out">
    <h2 class="ask__title" id="ask-out">${t("How do you leave?")}</h2>
    <p class="ask__note">${t("One tap. Only the leaders see it, now. It is not kept.")}</p>
    <div class="ask__choices">
      ${CHECK_OUT_MOODS.map(
        (mood) =>
          html`<button type="button" class="choice" aria-pressed=${state.mood === mood} @click=${() => act.checkOut(mood)}>${icon(MOOD_ICONS[mood])}${MOODS[mood]()}</button>`,
      )}
    </div>
  </section>`;
}
