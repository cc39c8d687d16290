// Draws the one dialog of the page: choices that rise from below on a phone and stand in the middle elsewhere.

import { html, nothing } from "lit";
import { pgettext, t } from "../../shared/labels.ts";
import { chairDeeds } from "../chair.ts";
import type { Deed } from "../lead.ts";
import { otherLeader, seatOf } from "../me.ts";
import type { Sheet, State, Theme } from "../store.ts";
import { SIGNAL_KINDS } from "../wire.ts";
import { figureName, nameOf, SIGNALS } from "../words.ts";
import { keepPlace } from "./focus.ts";
import { type Act, type Drawn, icon } from "./parts.ts";
import { drawSaid } from "./said.ts";
import { shared } from "./shared.ts";
import { drawSoundChoices } from "./sound.ts";

export interface Content {
  title: string;
  note: string;
  body: Drawn;
}

export function drawSheet(state: State, act: Act): Drawn {
  const content = state.sheet ? contentOf(state.sheet, state, act) : null;
  const outside = (event: Event): void => {
    if (event.target === event.currentTarget) act.close();
  };
  return html`<dialog class="sheet" aria-labelledby="sheet-title" @close=${() => act.close()} @click=${outside}>
    ${
      content
        ? html`<div class="sheet__inside">
            <div class="sheet__head">
              <h2 id="sheet-title">${content.title}</h2>
              <button type="button" class="round-button" aria-label=${t("Close")} @click=${() => act.close()}>${icon("close")}</button>
            </div>
            ${content.note ? html`<p class="sheet__note">${content.note}</p>` : nothing}
            ${content.body}
          </div>
          ${drawSaid(state, state.sheet)}`
        : nothing
    }
  </dialog>`;
}

/** Opens and closes the dialog after a drawing. */
export function settleSheet(root: HTMLElement, open: boolean): void {
  const dialog = root.querySelector<HTMLDialogElement>("dialog.sheet");
  if (dialog && dialog.open !== open) {
    if (open) dialog.showModal();
    else dialog.close();
  }
  keepPlace(dialog);
}

function contentOf(sheet: Sheet, state: State, act: Act): Content {
  switch (sheet.sheet) {
    case "voices":
      return voices(state, act);
    case "signals":
      return signals(act);
    case "stop":
      return stop(state, act);
    case "menu":
      return menu(state, act);
    case "keys":
      return keys(state, act);
    case "sound":
      return { title: t("Sound and picture"), note: "", body: drawSoundChoices(state, act) };
    case "shared":
      return shared(sheet.person, state, act);
    case "leave":
      return leave(act);
    case "chair":
      return chair(sheet.person, state, act);
    case "sure":
      return sure(sheet.deed, act);
  }
}

const option = (label: Drawn | string, click: () => void): Drawn =>
  html`<button type="button" class="option" @click=${click}>${label}</button>`;

function voices(state: State, act: Act): Content {
  const figures = state.view?.figures ?? [];
  return {
    title: t("Speak as …"),
    note: t("You see the stem; the others see it on your chair. You can step out at any time."),
    body: html`<div class="options options--two">
      ${figures.map((figure) => option(html`<span class="figure">${figureName(figure)}</span>`, () => act.voice(figure.figure)))}
    </div>`,
  };
}

function signals(act: Act): Content {
  return {
    title: t("Tell the leaders"),
    note: t("How it is for you. It reaches the leaders without your name, a little later."),
    body: html`<div class="options">${SIGNAL_KINDS.map((kind) => option(SIGNALS[kind](), () => act.signal(kind)))}</div>`,
  };
}

function stop(state: State, act: Act): Content {
  const here = state.view?.leader_here !== false;
  const aside = state.view && otherLeader(state.view, state.viewer.you);
  const note = here
    ? t(
        "The leaders will see that it is you, and look after you. It is not written down anywhere. You can stay, go aside with a leader, or leave; none needs a reason.",
      )
    : t(
        "No leader is here just now. The assistant sees it meanwhile, and the leaders as soon as one is back. You can stay, or leave; none needs a reason.",
      );
  return {
    title: t("I need to stop"),
    note:
      aside || !here
        ? note
        : t(
            "The leader will see that it is you, and look after you. It is not written down anywhere. You can stay, or leave; none needs a reason.",
          ),
    body: html`<div class="options">
      <button type="button" class="button button--main button--big" @click=${() => act.stop()}>${t("Tell the leaders now")}</button>
      <button type="button" class="button button--quiet" @click=${() => act.close()}>${t("Not now")}</button>
    </div>`,
  };
}

function soundChoices(act: Act): void {
  void act.sound.devices();
  act.open({ sheet: "sound" });
}

const THEMES: readonly { theme: Theme; label: () => string }[] = [
  { theme: "auto", label: () => t("As the device") },
  { theme: "light", label: () => t("Light") },
  { theme: "dark", label: () => t("Dark") },
];

function menu(state: State, act: Act): Content {
  return {
    title: state.page.group,
    note: "",
    body: html`<div class="menu">
      <fieldset class="field">
        <legend>${t("Display")}</legend>
        <div class="segments">
          ${THEMES.map(
            (one) =>
              html`<label><input type="radio" name="theme" .checked=${state.theme === one.theme} @change=${() => act.theme(one.theme)} /><span>${one.label()}</span></label>`,
          )}
        </div>
      </fieldset>
      <div class="options">
        ${state.media.stage === "in" ? option(t("Sound and picture"), () => soundChoices(act)) : nothing}
        ${option(t("Keys"), () => act.open({ sheet: "keys" }))}
        ${option(t("Leave the room"), () => act.open({ sheet: "leave" }))}
      </div>
    </div>`,
  };
}

function keys(state: State, act: Act): Content {
  const leads = state.view?.audience === "leaders";
  const sound = state.page.sound.on
    ? [
        ["M", t("microphone on, off")],
        [t("Space"), t("held: speak")],
      ]
    : [];
  const rows = leads
    ? [
        ["N", pgettext("key", "next")],
        ["B", t("pause")],
        ["D", t("drawer")],
        ["V", t("speak as")],
        ["← →", t("round the circle, Enter opens a chair")],
      ]
    : [
        ["H", t("hand")],
        ["P", t("pass, or finished")],
        ["V", t("speak as, or step out")],
      ];
  return {
    title: t("Keys"),
    note: t(
      "Tab goes through header, circle and controls. “I need to stop” has no letter, so that nobody presses it by accident.",
    ),
    body: html`<dl class="keys">
        ${[...sound, ...rows, ["Esc", t("close")], ["?", t("this list")]].map(([key, words]) => html`<div><dt><kbd>${key}</kbd></dt><dd>${words}</dd></div>`)}
      </dl>
      <label class="tick"><input type="checkbox" .checked=${state.letters} @change=${(event: Event) => act.letters((event.target as HTMLInputElement).checked)} /><span>${t("Single letters act")}</span></label>`,
  };
}

function leave(act: Act): Content {
  return {
    title: t("Leave the room?"),
    note: t("Your chair stays empty until you come back. Nobody needs a reason."),
    body: html`<div class="options">
      <button type="button" class="button button--main" @click=${() => act.leave()}>${t("Leave the room")}</button>
      <button type="button" class="button button--quiet" @click=${() => act.close()}>${t("Stay")}</button>
    </div>`,
  };
}

function chair(person: string, state: State, act: Act): Content {
  const deeds = state.view ? chairDeeds(state.view, state.viewer, person) : [];
  return {
    title: person === state.viewer.you ? t("Your chair") : nameOf(state.viewer, person),
    note: deeds.length ? "" : t("Nothing to do here in this phase."),
    body: html`<div class="options">
      ${deeds.map((deed) => option(deed.label, () => act.deed(deed)))}
      ${mayShare(state, person) ? option(t("Several people at this microphone …"), () => act.open({ sheet: "shared", person })) : nothing}
    </div>`,
  };
}

/** A microphone can be shared by people in the room; who sits there is ticked by a leader. */
function mayShare(state: State, person: string): boolean {
  const view = state.view;
  return view?.sound !== undefined && view.audience === "leaders" && seatOf(view, person)?.in_room !== true;
}

function sure(deed: Deed, act: Act): Content {
  return {
    title: deed.sure?.title ?? deed.label,
    note: deed.sure?.text ?? "",
    body: html`<div class="options">
      <button type="button" class="button button--main" @click=${() => act.ask(deed.command)}>${deed.label}</button>
      <button type="button" class="button button--quiet" @click=${() => act.close()}>${t("Not now")}</button>
    </div>`,
  };
}
