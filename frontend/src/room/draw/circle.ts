// Draws the circle. What a chair shows is decided in circle.ts, where it stands in layout.ts.

import { html, nothing } from "lit";
import { classMap } from "lit/directives/class-map.js";
import { repeat } from "lit/directives/repeat.js";
import { list, t } from "../../shared/labels.ts";
import type { Centre } from "../centre.ts";
import { type ChairSound, chairSound, type Sign } from "../chair-sound.ts";
import type { Chair, Circle, Stool } from "../circle.ts";
import { type Layout, layout, type Spot } from "../layout.ts";
import type { State } from "../store.ts";
import { type Act, type Drawn, icon, phrases, rich } from "./parts.ts";

export function drawCircle(circle: Circle, centre: Centre, state: State, act: Act): Drawn {
  const leads = state.view?.audience === "leaders";
  return html`<div class="stage" data-chairs=${circle.chairs.length} data-out=${circle.out ?? -1} data-outer=${circle.stools.length}>
    ${circle.stools.length ? outer(circle.stools) : nothing}
    <div class="rug"></div>
    <ol class="ring" aria-label=${t("Circle, {count} chairs", { count: circle.chairs.length })} @keydown=${leads ? roam(circle, state, act) : nothing}>
      ${repeat(
        circle.chairs,
        (chair) => chair.person,
        (chair) => seat(chair, soundOf(chair, state), leads ? { state, act, first: circle.chairs[0]?.person } : null),
      )}
      <li class=${classMap({ place: true, "is-empty": circle.place !== null })} aria-hidden=${circle.place ? nothing : "true"}>
        <span class="label">${circle.place ? longAndShort(circle.place.long, circle.place.short) : nothing}</span>
      </li>
    </ol>
    ${words(centre)}
  </div>`;
}

function words(centre: Centre): Drawn {
  if (centre.stem.length) {
    return html`<div class="centre"><h2 class="sr">${centre.title}</h2><p class="stem">${centre.stem.map((line) => html`<span>${rich(line)}</span>`)}</p></div>`;
  }
  return html`<div class="centre">
    <h2 class="phase">${centre.title}</h2>
    ${centre.floor ? html`<p class="floor">${rich(centre.floor)}</p>` : nothing}
    ${centre.cue ? html`<p class="cue">${phrases(centre.cue)}</p>` : nothing}
  </div>`;
}

interface Pressable {
  state: State;
  act: Act;
  first: string | undefined;
}

function soundOf(chair: Chair, state: State): ChairSound | null {
  return state.view && chairSound(state.view, state.viewer, state.media, chair.person);
}

function seat(chair: Chair, sound: ChairSound | null, press: Pressable | null): Drawn {
  const said = list([chair.said, sound?.said ?? ""].filter(Boolean));
  return html`<li class=${classMap(marksOf(chair, sound))} data-person=${chair.person}>
    <span class="chair" aria-hidden="true">
      <svg class="chair__back" focusable="false"><use href=${chair.arms ? "#arms" : "#back"}></use></svg>
      <span class="chair__seat"><span>${chair.letter}</span>${sound?.face ? face(chair.person, sound) : nothing}</span>
    </span>
    ${label(chair, { note: (chair.role && sound?.note) || chair.note, said, hidden: press !== null })}
    ${chair.plate ? plate(chair.plate, press !== null) : nothing}
    ${chair.hand ? html`<b class="hand" aria-hidden="true">${icon("hand")}${chair.hand}</b>` : nothing}
    ${chair.ear ? html`<b class="ear" aria-hidden="true">${icon("ear")}</b>` : nothing}
    ${sound?.sign ? html`<b class="sign sign--${sound.sign}" aria-hidden="true">${icon(SIGNS[sound.sign])}</b>` : nothing}
    ${press ? button(chair, said, press) : nothing}
  </li>`;
}

function marksOf(chair: Chair, sound: ChairSound | null): Record<string, boolean> {
  const sounds = { "is-heard": sound?.heard === true, "has-face": sound?.face === true };
  return { seat: true, "is-me": chair.me, ...Object.fromEntries(chair.marks.map((mark) => [mark, true])), ...sounds };
}

function label(chair: Chair, words: { note: string; said: string; hidden: boolean }): Drawn {
  const { note, said, hidden } = words;
  return html`<span class="label" aria-hidden=${hidden ? "true" : nothing}>
    <span class=${classMap({ label__name: true, "label__name--two": !note })}>${chair.name}</span>
    ${note ? html`<span class=${classMap({ label__role: true, "label__role--plain": chair.role })} aria-hidden="true">${note}</span>` : nothing}
    ${said ? html`<span class="sr">${said}</span>` : nothing}
  </span>`;
}

/** The picture; which track it shows is set after the drawing. */
function face(person: string, sound: ChairSound): Drawn {
  return html`<video class=${classMap({ chair__face: true, "is-mirrored": sound.mirrored })} data-face=${person} autoplay playsinline .muted=${true}></video>`;
}

const SIGNS: Readonly<Record<Sign, string>> = {
  "cannot-hear": "ear-off",
  silenced: "mic-off",
  differs: "differs",
  shared: "people",
  people: "people",
  headphones: "headphones",
  alone: "door",
};

/** Where the chair is a button its label says the plate. */
function plate(figure: string, hidden: boolean): Drawn {
  return html`<b class="as" aria-hidden=${hidden ? "true" : nothing}>${longAndShort(t("as {figure}", { figure }), figure)}</b>`;
}

/** Where it is tight the short words are seen; a screen reader always has the long ones. */
function longAndShort(long: string, short: string): Drawn {
  return html`<span class="long">${long}</span><span class="short" aria-hidden="true">${short}</span>`;
}

/** Leaders press a chair to see what can be done with it; the circle is one stop of the Tab key. */
function button(chair: Chair, words: string, press: Pressable): Drawn {
  const current = (press.state.chair ?? press.first) === chair.person;
  const said = [chair.name, words, chair.plate ? t("as {figure}", { figure: chair.plate }) : ""];
  const { tap, person } = chair;
  return html`<button
    type="button"
    class="seat__press"
    tabindex=${current ? 0 : -1}
    aria-haspopup=${tap ? nothing : "dialog"}
    aria-pressed=${tap ? tap === "tick-out" : nothing}
    aria-label=${list(said.filter(Boolean))}
    @click=${() => (tap ? press.act.ask({ do: tap, person }) : press.act.open({ sheet: "chair", person }))}
    @focus=${() => press.act.chair(chair.person)}
  ></button>`;
}

/** Arrows go round the circle. */
function roam(circle: Circle, state: State, act: Act): (event: KeyboardEvent) => void {
  return (event) => {
    const step = { ArrowLeft: 1, ArrowDown: 1, ArrowRight: -1, ArrowUp: -1 }[event.key];
    if (!step || !circle.chairs.length) return;
    event.preventDefault();
    const at = Math.max(
      0,
      circle.chairs.findIndex((chair) => chair.person === state.chair),
    );
    const next = circle.chairs[(at + step + circle.chairs.length) % circle.chairs.length];
    if (!next) return;
    act.chair(next.person);
    const ring = event.currentTarget as HTMLElement;
    ring.querySelector<HTMLElement>(`[data-person="${next.person}"] .seat__press`)?.focus();
  };
}

function outer(stools: readonly Stool[]): Drawn {
  return html`<ol class="outer" aria-label=${t("Outer ring: observers and trainer, silent")}>
    ${stools.map(
      (stool) => html`<li class=${["outer__seat", ...stool.marks].join(" ")}>
        <span class="outer__stool" aria-hidden="true">${stool.letter}</span>
        <span class="outer__name">${stool.name}</span>
        ${stool.role ? html`<span class="outer__role">${stool.role}</span>` : nothing}
      </li>`,
    )}
  </ol>`;
}

/** As in _room_sizes.css. */
const WIDE = "(min-width: 720px) and (min-height: 580px)";
const LOW = "(min-width: 480px) and (max-height: 579.98px) and (orientation: landscape)";
const matches = (query: string): boolean => window.matchMedia(query).matches;

// ── places ──────────────────────────────────────────────────────────────────────────────────────────────────────────

/** Measures the stage and puts every chair in its place. Styles are set as properties: the policy allows no attribute. */
export function settle(root: HTMLElement, big: boolean): void {
  const stage = root.querySelector<HTMLElement>(".stage");
  if (!stage?.clientWidth || !stage.clientHeight) return;
  const out = Number(stage.dataset.out);
  const found = layout({
    width: stage.clientWidth,
    height: stage.clientHeight,
    wide: matches(WIDE),
    low: matches(LOW),
    rem: Number.parseFloat(getComputedStyle(document.documentElement).fontSize) || 16,
    chairs: Number(stage.dataset.chairs),
    out: out < 0 ? null : out,
    outer: Number(stage.dataset.outer),
    big,
  });
  measures(stage, found);
  putAll(stage, ".seat", found.spots);
  if (out >= 0) putAll(stage, ".place", found.homes.slice(out, out + 1));
  putAll(stage, ".outer__seat", found.stools);
  still(stage);
}

function measures(stage: HTMLElement, found: Layout): void {
  const set = (name: string, value: number): void => stage.style.setProperty(name, `${value.toFixed(1)}px`);
  set("--seat", found.size);
  set("--circle", found.ring.height);
  set("--rug-x", found.rug.x);
  set("--rug-y", found.rug.y);
  set("--rug-w", found.rug.width);
  set("--rug-h", found.rug.height);
  stage.classList.toggle("is-short", found.short);
  stage.classList.toggle("is-tight", found.tight);
  stage.classList.toggle("has-arcs", found.arcs);
}

function putAll(stage: HTMLElement, what: string, spots: readonly Spot[]): void {
  let at = 0;
  for (const element of stage.querySelectorAll<HTMLElement>(what)) put(element, spots[at++]);
}

function put(element: HTMLElement, spot: Spot | undefined): void {
  if (!spot) return;
  element.style.setProperty("--x", `${spot.x.toFixed(1)}px`);
  element.style.setProperty("--y", `${spot.y.toFixed(1)}px`);
  element.style.setProperty("--ux", spot.ux.toFixed(4));
  element.style.setProperty("--uy", spot.uy.toFixed(4));
  element.style.setProperty("--in", String(inward(spot)));
  turn(element, spot.deg);
}

/** Which way across a hand leans: inward, but for the two at the top, where that is towards each other. */
function inward({ ux, uy }: Spot): number {
  const right = ux > 1e-6;
  return right === uy < -0.9 ? 1 : -1;
}

/** Turns the short way round: 350° to 10° is 20°, not 340° back. */
function turn(element: HTMLElement, deg: number): void {
  const before = Number(element.style.getPropertyValue("--turn")) || deg;
  const now = before + ((((deg - before) % 360) + 540) % 360) - 180;
  element.style.setProperty("--turn", String(now));
  element.style.setProperty("--deg", `${now.toFixed(1)}deg`);
}

/** Chairs move only because the method moved, whatever room it leaves them; never because a window did or the page came. */
function still(stage: HTMLElement): void {
  const { out, size: before, was } = stage.dataset;
  const size = `${stage.clientWidth}×${stage.clientHeight}`;
  Object.assign(stage.dataset, { size, was: out });
  if (size === before || (before && out !== was)) return;
  stage.classList.add("is-still");
  requestAnimationFrame(() => requestAnimationFrame(() => stage.classList.remove("is-still")));
}
