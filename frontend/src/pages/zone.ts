/** Fills in the time zone that the browser lives by; people can choose another. */
export function ownZone(root: ParentNode, zone = Intl.DateTimeFormat().resolvedOptions().timeZone): void {
  const own = today(zone);
  for (const field of root.querySelectorAll<HTMLInputElement | HTMLSelectElement>("[data-own-zone]")) {
    if (field instanceof HTMLInputElement) field.value ||= own;
    else if (field.value === "UTC" && [...field.options].some(({ value }) => value === own)) field.value = own;
  }
}

/** Browsers still say some zones by a name that is long obsolete; lists of today have the new one. */
const NEW_NAMES: Readonly<Record<string, string>> = {
  "Africa/Asmera": "Africa/Asmara",
  "America/Buenos_Aires": "America/Argentina/Buenos_Aires",
  "America/Catamarca": "America/Argentina/Catamarca",
  "America/Coral_Harbour": "America/Atikokan",
  "America/Cordoba": "America/Argentina/Cordoba",
  "America/Godthab": "America/Nuuk",
  "America/Indianapolis": "America/Indiana/Indianapolis",
  "America/Jujuy": "America/Argentina/Jujuy",
  "America/Louisville": "America/Kentucky/Louisville",
  "America/Mendoza": "America/Argentina/Mendoza",
  "Asia/Calcutta": "Asia/Kolkata",
  "Asia/Katmandu": "Asia/Kathmandu",
  "Asia/Rangoon": "Asia/Yangon",
  "Asia/Saigon": "Asia/Ho_Chi_Minh",
  "Atlantic/Faeroe": "Atlantic/Faroe",
  "Europe/Kiev": "Europe/Kyiv",
  "Pacific/Enderbury": "Pacific/Kanton",
  "Pacific/Ponape": "Pacific/Pohnpei",
  "Pacific/Truk": "Pacific/Chuuk",
};

/** The name of a zone that lists have today. */
export function today(zone: string): string {
  return NEW_NAMES[zone] ?? zone;
}
