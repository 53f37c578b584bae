/** Everything that is published of a quarter, by topic (Gebietsprofil). */
import type { AreaProfile, Language, Planraum, ProfileLine } from "../src/index.ts";
import { answer, words } from "../src/index.ts";
import { html, type Markup } from "./markup.ts";

export async function profile(
  planraum: Planraum,
  municipality: string,
  area: string,
  lang: Language,
): Promise<Markup> {
  const asked = planraum.GET("/v1/{municipality}/areas/{key}/profile", {
    params: { path: { municipality, key: area }, query: { lang } },
  });
  return drawn(await answer(asked), lang);
}

function drawn(of: AreaProfile, lang: Language): Markup {
  return html`<section class="profile">
    <h2>${words(of.area.name, lang)}</h2>
    ${of.topics.map(
      ({ name, indicators }) => html`<table>
        <caption>${name}</caption>
        ${indicators.map((line) => row(line, lang))}
      </table>`,
    )}
    <ul class="facilities">
      ${of.facilities.map(({ name, facilities }) => html`<li>${name}: ${facilities}</li>`)}
    </ul>
  </section>`;
}

/** `label` is written for people, also when there is no value: "geheim", never a zero. */
function row(line: ProfileLine, lang: Language): Markup {
  return html`<tr>
    <th scope="row">${words(line.name, lang)}</th>
    <td>${line.label}</td>
    <td>${sparkline(line)}</td>
    <td>${line.text}</td>
  </tr>`;
}

/** The series as a line; where a value is missing there is a gap. */
function sparkline({ series }: ProfileLine): Markup {
  const values = series.flatMap(({ value }) => (value === null ? [] : [value]));
  const [low, high] = [Math.min(...values), Math.max(...values)];
  let pen = "M";
  const line = series.map(({ value }, n) => {
    if (value === null) {
      pen = "M";
      return "";
    }
    const y = high === low ? 10 : 20 - ((value - low) / (high - low)) * 20;
    const drawn = `${pen}${n * 12},${y.toFixed(1)}`;
    pen = "L";
    return drawn;
  });
  return html`<svg viewBox="-2 -2 ${series.length * 12} 24" height="24" aria-hidden="true">
    <path d="${line.join("")}" fill="none" stroke="#333" stroke-width="2" stroke-linecap="round" />
  </svg>`;
}
