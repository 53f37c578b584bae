/** One indicator on all areas of a level, drawn as SVG with its legend (thematische Karte). */
import type { FeatureOfMap, Language, LegendEntry, Planraum, ThematicMap } from "../src/index.ts";
import { answer, words } from "../src/index.ts";
import { html, type Markup } from "./markup.ts";

type Position = readonly number[];
type Shape = NonNullable<FeatureOfMap["geometry"]>;

const WIDTH = 640;

/** What is drawn over areas without a value, so that nothing depends on colour alone. */
const PATTERNS: { [name in Exclude<LegendEntry["pattern"], "none">]: string } = {
  diagonal: "M0 8L8 0M-2 2L2 -2M6 10L10 6",
  cross: "M0 4H8M4 0V8",
  dots: "M2 2h.01M6 6h.01",
};

export async function map(
  planraum: Planraum,
  municipality: string,
  indicator: string,
  lang: Language,
): Promise<Markup> {
  const asked = planraum.GET("/v1/{municipality}/maps/{indicator}", {
    params: { path: { municipality, indicator }, query: { lang, geometry: "simplified" } },
  });
  return drawn(await answer(asked), lang);
}

/** The picture tells what it shows to those who cannot see it as well: title, description, labels. */
function drawn(of: ThematicMap, lang: Language): Markup {
  const project = projection(of.features.flatMap((area) => positions(area.geometry)));
  return html`<figure class="map">
    <svg viewBox="0 0 ${WIDTH} ${project.height}" role="img" aria-labelledby="map-title map-text">
      <title id="map-title">${of.title}</title>
      <desc id="map-text">${of.description}</desc>
      <defs>${Object.entries(PATTERNS).map(([name, lines]) => pattern(name, lines))}</defs>
      ${of.features.map((area) => drawnArea(area, project.to, lang))}
    </svg>
    <ul class="legend">${of.legend.map(entry)}</ul>
    <figcaption>
      ${of.title}, ${words(of.level.name, lang)}, ${of.period}. ${of.schematic} ${of.source_line}
    </figcaption>
  </figure>`;
}

function drawnArea(area: FeatureOfMap, to: (at: Position) => string, lang: Language): Markup {
  const { key, name, label, colour, pattern } = area.properties;
  const d = rings(area.geometry).map((ring) => path(ring, to)).join("");
  return html`<path id="area-${key}" d="${d}" fill="${colour}" fill-rule="evenodd" stroke="#333">
    <title>${words(name, lang)}: ${label}</title>
  </path>${pattern !== "none" && html`<path class="pattern" d="${d}" fill="url(#${pattern})"
    fill-rule="evenodd" pointer-events="none"/>`}`;
}

function entry({ colour, label, count, number, pattern }: LegendEntry): Markup {
  const box = html`width="24" height="16"`;
  return html`<li><svg ${box} aria-hidden="true">
    <rect ${box} fill="${colour}" stroke="#333"/>
    ${pattern !== "none" && html`<rect ${box} fill="url(#${pattern})"/>`}
  </svg> ${number !== null && `${number}: `}${label} (${count})</li>`;
}

function pattern(name: string, lines: string): Markup {
  return html`<pattern id="${name}" width="8" height="8" patternUnits="userSpaceOnUse">
    <path d="${lines}" stroke="#333" stroke-width="1.5" stroke-linecap="round" fill="none"/>
  </pattern>`;
}

function path(ring: readonly Position[], to: (at: Position) => string): string {
  return `M${ring.map(to).join("L")}Z`;
}

function rings(shape: Shape | null): readonly (readonly Position[])[] {
  switch (shape?.type) {
    case "Polygon":
      return shape.coordinates;
    case "MultiPolygon":
      return shape.coordinates.flat();
    default:
      return [];
  }
}

function positions(shape: Shape | null): readonly Position[] {
  return rings(shape).flat();
}

/** Degrees to pixels: at one latitude a degree of longitude is shorter by its cosine. */
function projection(all: readonly Position[]) {
  const [x, y] = [all.map((at) => at[0] ?? 0), all.map((at) => at[1] ?? 0)];
  const [west, east] = [Math.min(...x), Math.max(...x)];
  const [south, north] = [Math.min(...y), Math.max(...y)];
  const shorter = Math.cos((((south + north) / 2) * Math.PI) / 180);
  const scale = WIDTH / ((east - west) * shorter || 1);
  return {
    height: all.length ? Math.ceil((north - south) * scale) : 0,
    to: ([lon = 0, lat = 0]: Position) =>
      `${((lon - west) * shorter * scale).toFixed(1)},${((north - lat) * scale).toFixed(1)}`,
  };
}
