/** Choices that take effect at once. Without script a button beside them does it. */
export function choicesAtOnce(root: ParentNode): void {
  for (const select of root.querySelectorAll<HTMLSelectElement>("select[data-at-once]")) {
    for (const button of select.form?.querySelectorAll("button") ?? []) button.hidden = true;
    select.addEventListener("change", () => select.form?.submit()); // nothing to check, and Safari 15 can do no more
  }
}
