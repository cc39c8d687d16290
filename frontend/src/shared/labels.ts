// The words people read. English stands in the code; other languages come with the page as one catalogue, so that the
// language can change at any time without asking the server.

export type Language = "en" | "zh-hans";
export type Catalogue = Readonly<Record<string, string>>;
export type Values = Readonly<Record<string, string | number>>;

const CONTEXT = "\u0004"; // between context and msgid, as in every gettext catalogue

let language: Language = "en";
let catalogue: Catalogue = {};

/** From now on words come from this catalogue; a msgid that it lacks stays English. */
export function speak(to: Language, words: Catalogue): void {
  language = to;
  catalogue = words;
}

export function spoken(): Language {
  return language;
}

/** The words of a msgid; `{name}` is replaced by the value of that name. */
export function t(msgid: string, values?: Values): string {
  return fill(catalogue[msgid] ?? msgid, values);
}

/** The words of a msgid that means different things in different places. */
export function pgettext(context: string, msgid: string, values?: Values): string {
  return fill(catalogue[context + CONTEXT + msgid] ?? msgid, values);
}

function fill(words: string, values: Values = {}): string {
  return words.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}

/** A list in words: "Ann, Bo and Mei". */
export function list(words: readonly string[]): string {
  return words.join(language === "zh-hans" ? "、" : ", ");
}
