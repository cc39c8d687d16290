// Draws the leaders' drawer, and the same panels as the co-leader's page.

import { html, nothing } from "lit";
import { live } from "lit/directives/live.js";
import { repeat } from "lit/directives/repeat.js";
import { list, t } from "../../shared/labels.ts";
import { addFigure } from "../figures.ts";
import type { Deed } from "../lead.ts";
import { rightsOf } from "../me.ts";
import {
  type Attendance,
  type FigureRow,
  type Named,
  type Panel,
  panels,
  type Stop,
  signalWord,
  stops,
} from "../panels.ts";
import type { State } from "../store.ts";
import type { CueCode, FigureCode } from "../wire.ts";
import { DRIFTS, figureCodeName, MOODS } from "../words.ts";
import { type Act, clear, type Drawn, field, icon } from "./parts.ts";

export function drawDrawer(state: State, act: Act, beside: boolean): Drawn {
  if (!state.view) return nothing;
  const found = panels(state.view, state.viewer, state.page.mode);
  const cares = stops(state.view, state.viewer).map((stop) => care(stop, state, act));
  const column = (which: number | null): Drawn =>
    html`${repeat(
      found.filter((panel) => which === null || half(panel) === which),
      (panel) => panel.panel,
      (panel) => drawPanel(panel, state, act),
    )}`;
  return html`<aside class="drawer ${beside ? "drawer--wide" : ""}" id="drawer" aria-labelledby="drawer-title">
    <div class="drawer__head">
      <h2 id="drawer-title">${beside ? t("Beside the circle") : t("For leaders")}</h2>
      ${beside ? nothing : html`<button type="button" class="round-button" aria-label=${t("Close the drawer")} @click=${() => act.drawer(false)}>${icon("close")}</button>`}
    </div>
    ${cares}
    ${beside ? html`<div class="drawer__columns"><div>${column(0)}</div><div>${column(1)}</div></div>` : column(null)}
  </aside>`;
}

/** Where a panel stands on the wide page: people and persons left, words and time right. */
function half(panel: Panel): number {
  return ["presenter", "figures", "signals", "door", "sound", "attendance", "check-outs"].includes(panel.panel) ? 0 : 1;
}

function care(stop: Stop, state: State, act: Act): Drawn {
  const entry = state.view?.entry ?? 0;
  return html`<section class="care" aria-labelledby=${`care-${stop.person}`}>
    <h3 id=${`care-${stop.person}`}>${icon("ring")}${t("{name} needs to stop", { name: stop.name })}</h3>
    <p>${t("Nobody else sees this. Choose what is right; you can choose again.")}</p>
    <div class="options">
      ${stop.answers.map(
        (one) =>
          html`<button type="button" class="button" @click=${() => act.ask({ do: "answer-stop", person: stop.person, answer: one.answer, entry })}>${one.label}</button>`,
      )}
    </div>
  </section>`;
}

function frame(key: string, title: string, hint: string, open: boolean, body: Drawn): Drawn {
  return html`<details class="panel" data-panel=${key} ?open=${open}>
    <summary class="panel__head"><h3>${title}</h3><span class="panel__hint">${hint}</span></summary>
    <div class="panel__body">${body}</div>
  </details>`;
}

function drawPanel(panel: Panel, state: State, act: Act): Drawn {
  switch (panel.panel) {
    case "floor":
      return frame("floor", t("The floor"), "", true, floor(panel, state, act));
    case "presenter":
      return frame("presenter", t("Who presents"), panel.presenter?.name ?? "", true, presenter(panel, act));
    case "figures":
      return frame("figures", t("Persons of the case"), voiced(panel), true, figures(panel, state, act));
    case "signals":
      return frame("signals", t("Signals"), String(panel.total), true, signals(panel));
    case "cues":
      return frame("cues", t("A quiet line"), "", false, cues(panel, act));
    case "time":
      return frame("time", t("Time and phase"), "", false, time(panel, act));
    case "door":
      return frame("door", t("Door"), waitingHint(panel), panel.waiting.length > 0, door(panel, state, act));
    case "sound":
      return frame("sound", t("Sound"), panel.away ? t("interrupted") : "", true, sound(panel, act));
    case "attendance":
      return frame(
        "attendance",
        t("Attendance in the room"),
        "",
        state.view?.status === "lobby",
        attendance(panel, act),
      );
    case "line":
      return frame("line", t("Line to {name}", { name: panel.to }), "", panel.said.length > 0, line(panel, act));
    case "not-presented":
      return frame("not-presented", t("Not presented yet"), String(panel.people.length), false, names(panel.people));
    case "check-outs":
      return frame("check-outs", t("How they leave"), "", true, checkOuts(panel));
  }
}

type Of<Key extends Panel["panel"]> = Extract<Panel, { panel: Key }>;

const chip = (deed: Deed, act: Act): Drawn =>
  html`<button type="button" class="button" @click=${() => act.deed(deed)}>${deed.label}</button>`;
const names = (people: readonly Named[]): Drawn =>
  html`<ul class="rows">${people.map((one) => html`<li>${one.name}</li>`)}</ul>`;
const note = (words: string): Drawn => html`<p class="small quiet">${words}</p>`;

/** A list and a button. Where what was chosen goes from the list, the words of `first` stand there, not its neighbour. */
function choose(
  id: string,
  label: string,
  options: readonly { value: string; label: string }[],
  button: string,
  chosen: (value: string) => void,
  first = "",
): Drawn {
  const send = (event: Event): void => {
    const value = field(event, "choice");
    if (value) chosen(value);
    else (event.currentTarget as HTMLFormElement).querySelector("select")?.focus(); // nothing is chosen yet
  };
  return html`<form class="line" @submit=${send}>
    <label class="sr" for=${id}>${label}</label>
    <select class="input" id=${id} name="choice">
      ${first ? html`<option value="">${first}</option>` : nothing}
      ${repeat(
        options,
        (one) => one.value + one.label,
        (one) => html`<option value=${one.value}>${one.label}</option>`,
      )}
    </select>
    <button type="submit" class="button">${button}</button>
  </form>`;
}

function people(list: readonly Named[]): { value: string; label: string }[] {
  return list.map((one) => ({ value: one.person, label: one.name }));
}

function floor(panel: Of<"floor">, state: State, act: Act): Drawn {
  const begin = (first: string): void => act.ask({ do: "start-round", entry: state.view?.entry ?? 0, first });
  const large = state.view?.floors?.[0] === "round" ? t("A round, from …") : t("A round instead, from …");
  return html`${panel.deeds.length ? html`<div class="chips">${panel.deeds.map((deed) => chip(deed, act))}</div>` : nothing}
    ${panel.seats.length ? html`${note(large)}${choose("round-from", t("Begin a round at"), people(panel.seats), t("Begin"), begin)}` : nothing}`;
}

function presenter(panel: Of<"presenter">, act: Act): Drawn {
  const name = (person: string | null): void => act.ask({ do: "name-presenter", person });
  const rows = panel.offers.map(
    (one) =>
      html`<li>${one.name}<span class="rows__end">${
        panel.presenter?.person === one.person
          ? html`<button type="button" class="button small" @click=${() => name(null)}>${t("Take back")}</button>`
          : html`<button type="button" class="button small" @click=${() => name(one.person)}>${t("Presents")}</button>`
      }</span></li>`,
  );
  return html`${rows.length ? html`<ul class="rows">${rows}</ul>` : note(t("Nobody has offered a case yet."))}
    ${
      panel.withoutDevice.length
        ? choose(
            "offer-for",
            t("Somebody in the room offers a case"),
            people(panel.withoutDevice),
            t("Offers a case"),
            (person) => act.ask({ do: "set-offer", person, offered: true }),
          )
        : nothing
    }
    ${panel.waiting.length ? html`${note(t("Not presented yet in this group:"))}<p class="small">${panel.waiting.map((one) => one.name).join(" · ")}</p>` : nothing}`;
}

// ── persons, signals, cues ──────────────────────────────────────────────────────────────────────────────────────────

function voiced(panel: Of<"figures">): string {
  const rows = panel.cases.flatMap((one) => one.rows);
  const count = rows.filter((row) => row.voices > 0).length;
  return rows.length ? t("{count} of {all} voiced", { count, all: rows.length }) : "";
}

/** What adds stands above the list: there nothing moves under the finger when the list grows. */
function figures(panel: Of<"figures">, state: State, act: Act): Drawn {
  const drawRow = (row: FigureRow, title: string): Drawn => {
    const said = row.voices ? html`<b>${t("voiced")}</b> · ${row.voices}` : t("not yet");
    const remove = html`<button type="button" class="round-button" aria-label=${t("Take back {figure}", { figure: row.name })} @click=${() => act.ask({ do: "remove-figure", figure: row.figure })}>${icon("close")}</button>`;
    const voiced = list([t("Count a voice: {figure}", { figure: row.name }), title].filter(Boolean));
    const tick = html`<button type="button" class="round-button round-button--edge" aria-label=${voiced} title=${voiced} @click=${() => act.ask(row.tick)}>${icon("plus")}</button>`;
    return html`<li>
      <span class="figure ${row.voices ? "is-voiced" : ""}">${row.name}</span><span class="rows__end numeric">${said}</span>
      ${panel.ticks ? tick : nothing}${row.removable ? remove : nothing}
    </li>`;
  };
  const add = (code: string): void => {
    if (state.view) act.ask(addFigure(state.view, code as FigureCode));
  };
  const options = panel.codes.map((code) => ({ value: code, label: figureCodeName(code) }));
  const first = t("Whom to add …");
  return html`${options.length ? choose("add-figure", t("Person to add"), options, t("Add"), add, first) : nothing}
    ${panel.cases.map(({ title, rows }) => html`${title ? html`<h4 class="small quiet">${title}</h4>` : nothing}<ul class="rows">${rows.map((row) => drawRow(row, title))}</ul>`)}
    ${panel.ticks ? note(t("The plus counts a voice of somebody in the room.")) : nothing}
    ${state.view && rightsOf(state.view, state.viewer.you).voice ? html`<div class="chips"><button type="button" class="button" aria-haspopup="dialog" @click=${() => act.open({ sheet: "voices" })}>${t("Speak as … myself")}</button></div>` : nothing}`;
}

function signals(panel: Of<"signals">): Drawn {
  const rows = panel.counts.map(
    (one) => html`<li>${signalWord(one.kind)}<span class="rows__end numeric"><b>${one.count}</b></span></li>`,
  );
  return html`${rows.length ? html`<ul class="rows">${rows}</ul>` : nothing}${note(t("Counts of this phase, a little late, without names."))}`;
}

function cues(panel: Of<"cues">, act: Act): Drawn {
  const show = (code: CueCode): void => act.ask({ do: "show-cue", code: panel.shown === code ? null : code });
  return html`<div class="phrases">
      ${panel.lines.map(
        ({ code, words }) =>
          html`<button type="button" class="phrase" aria-pressed=${panel.shown === code} @click=${() => show(code)}><small>${DRIFTS[code]()}</small><span>${words}</span></button>`,
      )}
    </div>
    ${note(panel.shown ? t("It is shown now. Tap it again to show the phase’s own line.") : t("Tap to show it as the quiet line, or read it aloud."))}`;
}

function time(panel: Of<"time">, act: Act): Drawn {
  const options = panel.targets.map((one, at) => ({ value: String(at), label: one.label }));
  const go = (value: string): void => {
    const chosen = panel.targets[Number(value)];
    if (!chosen) return;
    const { part, case: number, index } = chosen.target;
    act.deed({
      label: t("Go there"),
      command: { do: "go-to", entry: panel.entry, part, case: number, index },
      ...(chosen.sure ? { sure: chosen.sure } : {}),
    });
  };
  return html`<div class="chips">${panel.deeds.map((deed) => chip(deed, act))}</div>
    ${options.length ? choose("other-phase", t("Another phase"), options, t("Go"), go) : nothing}`;
}

// ── door, attendance, line, check-outs ──────────────────────────────────────────────────────────────────────────────

function waitingHint(panel: Of<"door">): string {
  return panel.waiting.length ? t("{count} waiting", { count: panel.waiting.length }) : panel.locked ? t("locked") : "";
}

function door(panel: Of<"door">, state: State, act: Act): Drawn {
  const rows = panel.waiting.map((one) => {
    const words = [one.guest ? t("guest") : "", one.late ? t("late") : "", one.away ? t("reconnecting") : ""].filter(
      Boolean,
    );
    const admit = html`<button type="button" class="button small" @click=${() => act.ask({ do: "admit", person: one.person })}>${t("Let in")}</button>`;
    return html`<li><span>${one.name}${words.length ? html` <span class="quiet">${words.join(", ")}</span>` : nothing}</span><span class="rows__end">${state.view?.status === "lobby" ? nothing : admit}</span></li>`;
  });
  const late = panel.waiting.some((one) => one.late);
  return html`${rows.length ? html`<ul class="rows">${rows}</ul>` : note(t("Nobody waits."))}
    ${late ? note(t("Who is late comes in by itself when the case is closed.")) : nothing}
    ${tick(t("Lock the door"), panel.locked, (locked) => act.ask({ do: "set-lock", locked }))}
    ${panel.assistant ? tick(t("{name}, the assistant, has the door", { name: panel.assistant.name }), panel.assistantDoor, (on) => act.ask({ do: "set-door", to_assistant: on })) : nothing}
    ${links(state)}`;
}

function tick(label: string, on: boolean, changed: (on: boolean) => void): Drawn {
  return html`<label class="tick"><input type="checkbox" .checked=${live(on)} @change=${(event: Event) => changed((event.target as HTMLInputElement).checked)} /><span>${label}</span></label>`;
}

function links(state: State): Drawn {
  const { paper } = state.page.urls;
  const screen = state.page.mode !== "room" && state.page.urls.screen; // in the room it stands above
  if (!screen && !paper) return nothing;
  return html`<p class="small links">
    ${screen ? html`<a href=${screen} target="_blank" rel="noopener">${t("Open the big screen")}</a>` : nothing}
    ${paper ? html`<a href=${paper} target="_blank" rel="noopener">${t("The script on paper")}</a>` : nothing}
  </p>`;
}

function sound(panel: Of<"sound">, act: Act): Drawn {
  const speaks = (person: string): void => act.ask({ do: "set-silenced", person, silenced: false });
  const rows = [
    ...panel.cannotHear.map((one) => html`<li>${one.name}<span class="rows__end">${t("cannot hear")}</span></li>`),
    ...panel.differs.map(
      (one) => html`<li>${one.name}<span class="rows__end">${t("not yet as the phase asks")}</span></li>`,
    ),
    ...panel.silenced.map(
      (one) =>
        html`<li>${one.name}<span class="rows__end"><button type="button" class="button small" @click=${() => speaks(one.person)}>${t("May speak again")}</button></span></li>`,
    ),
    ...panel.shared.map((one) => {
      const words = [one.people.join(" · "), one.speaking ? t("{name} speaks", { name: one.speaking }) : ""];
      const change = html`<button type="button" class="button small" aria-haspopup="dialog" @click=${() => act.open({ sheet: "shared", person: one.person })}>${t("Change")}</button>`;
      return html`<li><span>${one.name} <span class="quiet">${words.filter(Boolean).join(", ")}</span></span><span class="rows__end">${change}</span></li>`;
    }),
  ];
  return html`${panel.away ? note(t("The media server does not answer; sound comes back by itself.")) : nothing}
    ${rows.length ? html`<ul class="rows">${rows}</ul>` : nothing}
    ${panel.shared.length ? note(t("At a shared microphone the server cannot silence one of several.")) : nothing}`;
}

function attendance(panel: Of<"attendance">, act: Act): Drawn {
  const row = (one: Attendance): Drawn => {
    const press = (): void => act.ask({ do: one.here ? "tick-out" : "tick-in", person: one.person });
    return html`<li>${one.name}<span class="rows__end"><button type="button" class="button small" aria-pressed=${one.here} @click=${press}>${one.here ? t("Is here") : t("Not here")}</button></span></li>`;
  };
  return html`${note(t("Tap whoever sits in the room without a device."))}<ul class="rows">${panel.rows.map(row)}</ul>
    ${panel.devices ? note(t("{count} are here with a device.", { count: panel.devices })) : nothing}`;
}

function line(panel: Of<"line">, act: Act): Drawn {
  const send = (event: Event): void => {
    const text = field(event, "line");
    if (!text) return;
    act.ask({ do: "write-line", text });
    clear(event);
  };
  return html`${panel.said.map((one) => html`<p class="said"><strong>${one.name}:</strong> ${one.text}</p>`)}
    <form class="line" @submit=${send}>
      <label class="sr" for="line">${t("To {name}", { name: panel.to })}</label>
      <input class="input" id="line" name="line" maxlength="300" autocomplete="off" />
      <button type="submit" class="button">${t("Send")}</button>
    </form>
    ${note(t("Passed on, not kept."))}`;
}

function checkOuts(panel: Of<"check-outs">): Drawn {
  const rows = panel.rows.map((row) => html`<li>${row.name}<span class="rows__end">${MOODS[row.mood]()}</span></li>`);
  return html`${rows.length ? html`<ul class="rows">${rows}</ul>` : note(t("Nobody has said yet."))}
    ${panel.ring.length ? html`<p class="said">${t("Please ring within 48 hours: {names}", { names: panel.ring.join(" · ") })}</p>` : nothing}
    ${note(t("Only leaders see it, now. It is not kept."))}`;
}
