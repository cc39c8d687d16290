// Draws the leaders' sheet for a microphone that several people share: who sits there, and who speaks.

import { html, nothing } from "lit";
import { t } from "../../shared/labels.ts";
import { seatOf } from "../me.ts";
import { sharedAt } from "../sound.ts";
import type { State } from "../store.ts";
import type { PersonId } from "../wire.ts";
import { nameOf } from "../words.ts";
import type { Act, Drawn } from "./parts.ts";
import type { Content } from "./sheet.ts";

export function shared(person: PersonId, state: State, act: Act): Content {
  const name = nameOf(state.viewer, person);
  return {
    title: t("At {name}’s microphone", { name }),
    note: t(
      "Tick who sits there. The server can close this microphone, but not for one of them alone: that one stays silent by agreement.",
    ),
    body: html`${sitting(person, state, act)} ${speaking(person, state, act)}`,
  };
}

/** People of the group who have no device of their own here, and sit at no other one. */
function withoutDevice(state: State, person: PersonId): PersonId[] {
  const view = state.view;
  const seats = [...(view?.circle ?? []), ...(view?.ring ?? [])];
  const devices = seats.filter((seat) => !seat.in_room).map((seat) => seat.person);
  const others = (view?.sound?.shared ?? []).filter((one) => one.person !== person);
  const taken = new Set([person, ...devices, ...others.flatMap((one) => [one.person, ...one.people])]);
  const known = new Set([...seats.map((seat) => seat.person), ...Object.keys(view?.leaders?.roster ?? {})]);
  return [...known].filter((one) => !taken.has(one));
}

function sitting(person: PersonId, state: State, act: Act): Drawn {
  const people = withoutDevice(state, person);
  const there = new Set((state.view && sharedAt(state.view, person)?.people) ?? []);
  if (!people.length) return html`<p class="small quiet">${t("Everybody of the group is here with a device.")}</p>`;
  const save = (event: Event): void => {
    event.preventDefault();
    const ticked = new FormData(event.currentTarget as HTMLFormElement).getAll("people").map(String);
    for (const one of ticked) {
      const here = state.view && seatOf(state.view, one);
      if (!here?.in_room || here.away) act.ask({ do: "tick-in", person: one }); // who sits there is there
    }
    act.ask({ do: "set-shared", person, people: ticked });
  };
  return html`<form class="options" @submit=${save}>
    ${people.map((one) => html`<label class="tick"><input type="checkbox" name="people" value=${one} ?checked=${there.has(one)} /><span>${nameOf(state.viewer, one)}</span></label>`)}
    <button type="submit" class="button button--main">${t("They sit there")}</button>
  </form>`;
}

function speaking(person: PersonId, state: State, act: Act): Drawn {
  const found = state.view ? sharedAt(state.view, person) : undefined;
  if (!found?.people.length) return nothing;
  const one = (who: PersonId | null, label: string): Drawn =>
    html`<button type="button" class="option" aria-pressed=${(found.speaking ?? null) === who} @click=${() => act.ask({ do: "set-shared-speaker", person, who })}>${label}</button>`;
  return html`<h3>${t("Who speaks there now")}</h3>
    <div class="options">
      ${[person, ...found.people].map((who) => one(who, nameOf(state.viewer, who)))}
      ${one(null, t("Not marked"))}
    </div>`;
}
