/** A form that has come back begins at what is to be mended. Safari 15 knows `autofocus` for fields alone. */
export function beginAtWrong(root: ParentNode): void {
  root.querySelector<HTMLElement>(".wrong[autofocus]")?.focus();
}
