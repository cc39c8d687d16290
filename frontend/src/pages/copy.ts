/** Copying an address that is shown once. Without script people mark it and copy it themselves. */
export function copyButtons(root: ParentNode): void {
  for (const line of root.querySelectorAll<HTMLElement>("[data-copy]")) {
    const field = line.querySelector<HTMLInputElement>("input");
    const button = line.querySelector<HTMLButtonElement>("[data-copy-button]");
    const said = line.parentElement?.querySelector<HTMLElement>("[data-copied]");
    if (!field || !button) continue;
    button.hidden = false;
    field.addEventListener("focus", () => field.select());
    button.addEventListener("click", async () => {
      if ((await copied(field)) && said) said.textContent = said.dataset.copied ?? "";
    });
  }
}

/** Whether the browser let us; where it does not, the address is marked, one key from being copied. */
async function copied(field: HTMLInputElement): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(field.value);
    return true;
  } catch {
    field.select();
    return false;
  }
}
