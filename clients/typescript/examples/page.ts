/**
 * A page of a town: map, profile, board, thread and measures, as one HTML file without a framework.
 *
 *     node examples/page.ts http://127.0.0.1:8000 jena > jena.html
 *
 * What the environment has as PLANRAUM_TOKEN is the token; without it, what is public.
 */
import { argv, env, stdout } from "node:process";
import { Refusal, connect } from "../src/index.ts";
import { board } from "./board.ts";
import { map } from "./map.ts";
import { Markup, html } from "./markup.ts";
import { measures } from "./measures.ts";
import { profile } from "./profile.ts";
import { thread } from "./thread.ts";

const STYLE = `body { font: 1rem/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 60rem }
.legend { list-style: none; padding: 0 }
caption, th { text-align: left } td, th { padding: 0 .5rem .5rem 0; vertical-align: top }`;

async function page([url = "http://127.0.0.1:8000", town = "jena", ...rest]: string[]) {
  const [
    indicator = "haushalte-wandel-status",
    area = "lobeda-west",
    body = "planungsbeirat-lsz",
    of = "grant:armutspraevention-2016",
  ] = rest;
  const planraum = connect({ url, token: env["PLANRAUM_TOKEN"] });
  const parts = await Promise.all([
    shown(map(planraum, town, indicator, "de")),
    shown(profile(planraum, town, area, "de")),
    shown(board(planraum, town, body, "de")),
    shown(thread(planraum, town, of, "de")),
    shown(measures(planraum, town, "de", 2)), // Two at a time: pages are followed.
  ]);
  return html`<html lang="de">
<head><meta charset="utf-8"><title>${town}</title><style>${new Markup(STYLE)}</style></head>
<body><main>${parts}</main></body>
</html>`;
}

/** One part that is refused does not take the others with it. */
async function shown(part: Promise<Markup>): Promise<Markup> {
  try {
    return await part;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return html`<p class="refused">${error.problem.detail}</p>`;
  }
}

stdout.write(`<!doctype html>\n${await page(argv.slice(2))}\n`);
