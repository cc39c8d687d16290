/** Fills in the time zone that the browser lives by; people can choose another. */
export function ownZone(root: ParentNode, zone = Intl.DateTimeFormat().resolvedOptions().timeZone): void {
  for (const field of root.querySelectorAll<HTMLInputElement | HTMLSelectElement>("[data-own-zone]")) {
    if (field instanceof HTMLInputElement) field.value ||= zone;
    else if (field.value === "UTC" && [...field.options].some(({ value }) => value === zone)) field.value = zone;
  }
}
