/**
 * A typed client of Planraum.
 *
 * Addresses, parameters and answers come from the API document (`npm run generate`); here is what a
 * document cannot say: how to sign in, how a refusal is told from an answer, how pages are followed,
 * and which language of a text is shown.
 */
import createClient, { type Client } from "openapi-fetch";
import type { ProblemDetails, paths } from "./platform.d.ts";

export type * from "./platform.d.ts";

export type Language = "de" | "en" | "it";
/** A text that people read; German is always there. */
export type Texts = { de: string; en?: string; it?: string };
export type Planraum = Client<paths, "application/json">;

export interface Options {
  /** Where the installation answers, such as `http://127.0.0.1:8000`. */
  url: string;
  /** An access token or an API key; without one you see what is public. */
  token?: string | undefined;
}

/** A refusal of the platform (RFC 9457). Decide by `problem.type`, show `problem.detail`. */
export class Refusal extends Error {
  readonly problem: ProblemDetails;

  constructor(problem: ProblemDetails) {
    super(`${problem.status} ${problem.title}: ${problem.detail}`);
    this.name = "Refusal";
    this.problem = problem;
  }
}

/** The client: `planraum.GET("/v1/{municipality}/bodies", { params: ... })`. */
export function connect({ url, token }: Options): Planraum {
  return createClient<paths, "application/json">({
    baseUrl: url.replace(/\/$/, ""),
    // Lists in addresses are separated by commas, and nothing is sent for what was not said.
    querySerializer: { array: { style: "form", explode: false } },
    ...(token ? { headers: { authorization: `Bearer ${token}` } } : {}),
  });
}

interface Result<T> {
  data?: T;
  error?: unknown;
  response: Response;
}

/** The answer of a call, or a `Refusal` thrown. */
export async function answer<T>(asked: Promise<Result<T>>): Promise<T> {
  const { data, error, response } = await asked;
  if (data === undefined) throw new Refusal(told(error, response));
  return data;
}

/** What stands between caller and platform (a proxy) answers without a problem. */
function told(error: unknown, response: Response): ProblemDetails {
  if (typeof error === "object" && error !== null && "type" in error && "detail" in error) {
    return error as ProblemDetails;
  }
  return {
    type: "about:blank",
    title: response.statusText || "No answer",
    status: response.status,
    detail: `${response.url} did not answer as Planraum does.`,
    instance: response.headers.get("x-request-id") ?? "",
  };
}

interface PageOf {
  items: unknown[];
  next: string | null;
}

/**
 * All pages of a list, one after the other. `page` asks for the page behind a cursor:
 *
 *     for await (const { items } of everything((cursor) =>
 *       planraum.GET("/v1/{municipality}/bodies", {
 *         params: { path: { municipality: "jena" }, query: { cursor } },
 *       }),
 *     )) { ... }
 */
export async function* everything<P extends PageOf>(
  page: (cursor: string | null) => Promise<Result<P>>,
): AsyncGenerator<P, void, void> {
  let cursor: string | null = null;
  do {
    const found: P = await answer(page(cursor));
    yield found;
    const next: string | null = found.next;
    cursor = next && new URL(next, "http://planraum.invalid").searchParams.get("cursor");
  } while (cursor);
}

/** The text in this language, in German where there is none. */
export function words(texts: Texts, language: Language): string {
  return texts[language] ?? texts.de;
}
