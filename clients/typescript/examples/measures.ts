/** All measures with their projects: only the fields that are shown, every project once. */
import type { Language, Planraum } from "../src/index.ts";
import { everything, words } from "../src/index.ts";
import { html, type Markup } from "./markup.ts";

export async function measures(
  planraum: Planraum,
  municipality: string,
  lang: Language,
  limit = 100,
): Promise<Markup> {
  const rows: Markup[] = [];
  const pages = (cursor: string | null) =>
    planraum.GET("/v1/{municipality}/measures", {
      params: {
        path: { municipality },
        query: { cursor, limit, fields: ["key", "title", "project"], include: ["project"] },
      },
    });
  for await (const page of everything(pages)) {
    for (const { title, project } of page.items) {
      const belongs = project === null ? undefined : page.included?.project?.[project];
      rows.push(html`<tr><td>${words(title, lang)}</td>
        <td>${belongs && words(belongs.name, lang)}</td></tr>`);
    }
  }
  return html`<table class="measures">${rows}</table>`;
}
