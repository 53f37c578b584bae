/** What one wants to see of a board first (Gremienseite): seats, next meeting, what is open. */
import type { BoardPage, Language, Planraum, SeatFilling } from "../src/index.ts";
import { answer, words } from "../src/index.ts";
import { html, type Markup } from "./markup.ts";

export async function board(
  planraum: Planraum,
  municipality: string,
  body: string,
  lang: Language,
): Promise<Markup> {
  const asked = planraum.GET("/v1/{municipality}/bodies/{key}/page", {
    params: { path: { municipality, key: body } },
  });
  return drawn(await answer(asked), lang);
}

function drawn(of: BoardPage, lang: Language): Markup {
  const next = of.next_meeting;
  return html`<section class="board">
    <h2>${words(of.body.name, lang)}</h2>
    <ul class="seats">${of.composition.seats.map((each) => seat(each, lang))}</ul>
    <ul class="violations">
      ${of.composition.violations.map(({ text }) => html`<li>${words(text, lang)}</li>`)}
    </ul>
    ${next && html`<p class="next">${words(next.name, lang)}: ${moment(next.starts_at, lang)}</p>`}
    <ul class="open">
      ${of.open_resolutions.map(
        ({ reference, title }) => html`<li>${reference} ${words(title, lang)}</li>`,
      )}
    </ul>
  </section>`;
}

/** A person who did not agree to be named is a seat that is taken, without a name. */
function seat({ name, state, holders }: SeatFilling, lang: Language): Markup {
  const names = holders.map(({ given_name, family_name }) =>
    given_name || family_name ? `${given_name ?? ""} ${family_name ?? ""}`.trim() : "–",
  );
  return html`<li class="seat ${state}"><strong>${words(name, lang)}</strong> ${names.join(", ")}</li>`;
}

function moment(at: string, lang: Language): string {
  return new Intl.DateTimeFormat(lang, {
    dateStyle: "long",
    timeStyle: "short",
    timeZone: "Europe/Berlin",
  }).format(new Date(at));
}
