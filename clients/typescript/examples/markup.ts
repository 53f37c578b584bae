/** Markup without a framework: every value is escaped, only what `html` made is left as it is. */

export class Markup {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  toString(): string {
    return this.text;
  }
}

type Value = Markup | string | number | null | undefined | false | readonly Value[];

/** html`<p>${text}</p>`: also for SVG. Null and false are nothing, lists are joined. */
export function html(parts: TemplateStringsArray, ...values: Value[]): Markup {
  const made = parts.map((part, n) => (n < values.length ? part + written(values[n]) : part));
  return new Markup(made.join(""));
}

function written(value: Value): string {
  if (value === null || value === undefined || value === false) return "";
  if (value instanceof Markup) return value.text;
  if (typeof value === "string" || typeof value === "number") return escaped(String(value));
  return value.map(written).join("");
}

function escaped(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("'", "&#39;");
}
