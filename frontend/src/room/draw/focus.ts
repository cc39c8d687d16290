// The keyboard's place is not lost: where what had the focus goes with a drawing, the nearest thing that stays has it.

const PRESSABLE = "summary, button:not(.stop), a[href]"; // never "I need to stop": no accident
let path: readonly Element[] = []; // from what had the focus outward
let covered = false; // by the dialog, which gives the focus back to what was there before

/** Before a drawing. Whoever uses a pointer has no place to keep. */
export function holdPlace(root: HTMLElement): void {
  if (covered) return;
  const found: Element[] = [];
  let at = document.activeElement?.matches(":focus-visible") ? document.activeElement : null;
  for (; at && at !== root; at = at.parentElement) found.push(at);
  path = at ? found : [];
}

/** After it. */
export function keepPlace(dialog: HTMLDialogElement | null): void {
  covered = dialog?.open === true;
  for (const one of dialog && covered ? [dialog] : path) {
    if (document.activeElement !== document.body) return;
    if (one.isConnected) one.querySelector<HTMLElement>(PRESSABLE)?.focus({ preventScroll: true });
  }
}
