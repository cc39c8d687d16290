// Draws what is said: to a screen reader in two live regions, to the eye in a line that goes by itself.

import { html, nothing } from "lit";
import { keyed } from "lit/directives/keyed.js";
import type { Said, State } from "../store.ts";
import type { Drawn } from "./parts.ts";

export function drawSaid(state: State): Drawn {
  return html`<p class="sr" role="status" aria-live="polite">${anew(state.polite, state.polite?.text ?? "")}</p>
    <p class="sr" role="alert" aria-live="assertive">${anew(state.urgent, state.urgent?.text ?? "")}</p>
    <div class="toasts" role="status">${anew(state.toast, state.toast ? html`<p class="toast">${state.toast.text}</p>` : nothing)}</div>`;
}

/** The same words said twice are two messages: with a node of its own each is heard. */
function anew(said: Said | null, words: Drawn | string): unknown {
  return keyed(said, words);
}
