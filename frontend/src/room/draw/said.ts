// Draws what is said: to a screen reader in two live regions, to the eye in a line that goes by itself. While the dialog
// is open, all beside it is covered and silent, so then they stand inside it. A message stays where it was said and is
// gone with it: if it moved, it would be said again. The line for the eye moves, so that it can be read to its end.

import { html, nothing } from "lit";
import { keyed } from "lit/directives/keyed.js";
import { t } from "../../shared/labels.ts";
import type { Said, Sheet, State } from "../store.ts";
import type { Drawn } from "./parts.ts";

/** Beside the sheets (null), or inside the one that is open. */
export function drawSaid(state: State, over: Sheet | null): Drawn {
  const text = (said: Said | null): unknown => anew(said, said && said.over === over ? said.text : "");
  const toast = state.sheet === over ? state.toast : null;
  return html`<p class="sr" role="status" aria-live="polite">${text(state.polite)}</p>
    <p class="sr" role="alert" aria-live="assertive">${text(state.urgent)}</p>
    ${over ? html`<p class="sr" role="alert">${state.link === "lost" ? t("The connection is interrupted.") : ""}</p>` : nothing}
    <div class="toasts" role="status">${anew(toast, toast ? html`<p class="toast">${toast.text}</p>` : nothing)}</div>`;
}

/** The same words said twice are two messages: with a node of its own each is heard. */
function anew(said: Said | null, words: Drawn | string): unknown {
  return keyed(said, words);
}
