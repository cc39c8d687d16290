/** The length of a meeting while its minutes are being written: the server adds up again what is sent. */

/** What one field of minutes counts: its value, as often as its phase comes in a meeting. */
export interface Minutes {
  readonly value: string;
  readonly times: number;
}

/** The minutes together; null while one of them is no whole number. */
export function total(minutes: readonly Minutes[]): number | null {
  let sum = 0;
  for (const { value, times } of minutes) {
    if (!/^\d+$/.test(value.trim())) return null;
    sum += Number(value) * times;
  }
  return sum;
}

/** Keeps the total of a script's form up to date. Does nothing on other pages. */
export function liveTotal(root: ParentNode): void {
  const output = root.querySelector<HTMLOutputElement>("[data-total]");
  const announced = root.querySelector<HTMLInputElement>("#id_announced");
  if (!output || !announced) return;
  const fields = [...root.querySelectorAll<HTMLInputElement>("input[data-times]")];
  const show = () => {
    const sum = total(fields.map((field) => ({ value: field.value, times: Number(field.dataset.times) })));
    output.value = sum === null ? "…" : String(sum);
    output.closest(".script-total")?.classList.toggle("is-off", String(sum) !== announced.value.trim());
    const said = root.querySelector("[data-announced]");
    if (said) said.textContent = announced.value;
  };
  for (const field of [...fields, announced]) field.addEventListener("input", show);
  show();
}
