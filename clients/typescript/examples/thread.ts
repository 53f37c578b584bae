/** Where something comes from and what became of it, from left to right (roter Faden). */
import type { Language, Planraum, Thread, ThreadNode } from "../src/index.ts";
import { answer, words } from "../src/index.ts";
import { html, type Markup } from "./markup.ts";

const [WIDTH, HEIGHT, GAP] = [190, 54, 60];

export async function thread(
  planraum: Planraum,
  municipality: string,
  of: string,
  lang: Language,
): Promise<Markup> {
  const asked = planraum.GET("/v1/{municipality}/thread", {
    params: { path: { municipality }, query: { of } },
  });
  return drawn(await answer(asked), lang);
}

function drawn(told: Thread, lang: Language): Markup {
  const places = placed(told);
  const columns = Math.max(0, ...[...places.values()].map(({ x }) => x)) + WIDTH;
  const rows = Math.max(0, ...[...places.values()].map(({ y }) => y)) + HEIGHT;
  const hidden = Object.values(told.hidden).reduce((sum, count) => sum + count, 0);
  return html`<section class="thread">
    <svg viewBox="0 0 ${columns} ${rows}" role="img" aria-label="${told.of}">
      ${told.edges.map(({ from, to }) => line(places.get(from), places.get(to)))}
      ${told.nodes.map((node) => box(node, places.get(node.ref), node.ref === told.of, lang))}
    </svg>
    <ul class="gaps">
      ${told.gaps.map(
        ({ kind, title, age_days }) =>
          html`<li class="${kind}">${words(title, lang)}: ${kind} (${age_days ?? "?"})</li>`,
      )}
    </ul>
    ${hidden > 0 && html`<p class="hidden">+ ${hidden}</p>`}
  </section>`;
}

interface Place {
  x: number;
  y: number;
}

/** Every consequence stands to the right of all its causes, however long the way there is. */
function placed({ nodes, edges }: Thread): Map<string, Place> {
  const column = new Map(nodes.map(({ ref }) => [ref, 0]));
  for (let round = 1; round < nodes.length; round++) {
    for (const { from, to } of edges) {
      const [cause, consequence] = [column.get(from), column.get(to)];
      if (cause === undefined || consequence === undefined) continue;
      // Figures are seen again after a measure: what leads back to them draws no circle.
      if (cause >= consequence && cause < nodes.length - 1) column.set(to, cause + 1);
    }
  }
  const filled = new Map<number, number>();
  return new Map(
    nodes.map(({ ref }) => {
      const at = column.get(ref) ?? 0;
      const row = filled.get(at) ?? 0;
      filled.set(at, row + 1);
      return [ref, { x: at * (WIDTH + GAP), y: row * (HEIGHT + 14) }];
    }),
  );
}

function line(from: Place | undefined, to: Place | undefined): Markup | false {
  if (!from || !to) return false;
  const [x1, y1] = [from.x + WIDTH, from.y + HEIGHT / 2];
  const [x2, y2] = [to.x, to.y + HEIGHT / 2];
  const bend = `C${x1 + GAP / 2},${y1} ${x2 - GAP / 2},${y2}`;
  return html`<path d="M${x1},${y1} ${bend} ${x2},${y2}" fill="none" stroke="#777" />`;
}

function box(node: ThreadNode, at: Place | undefined, asked: boolean, lang: Language) {
  if (!at) return false;
  const title = words(node.title, lang);
  const shown = title.length > 26 ? `${title.slice(0, 25)}…` : title;
  return html`<g id="${node.ref}" transform="translate(${at.x} ${at.y})">
    <title>${title}</title>
    <rect width="${WIDTH}" height="${HEIGHT}" fill="#fff" stroke="#333"
      stroke-width="${asked ? 3 : 1}" stroke-dasharray="${node.lacks.length ? "5 3" : "none"}" />
    <text x="8" y="20" font-size="11">${node.type}${node.state && ` · ${node.state}`}</text>
    <text x="8" y="40" font-size="13">${shown}</text>
  </g>`;
}
