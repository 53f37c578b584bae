/** What the types must refuse; compiling this file fails where one of them is accepted. */
import { answer, connect, everything, words } from "../src/index.ts";

const planraum = connect({ url: "http://127.0.0.1:8000" });
const path = { municipality: "jena" };

// @ts-expect-error An address that does not exist.
await planraum.GET("/v1/{municipality}/boddies", { params: { path } });

// @ts-expect-error A parameter of the address is missing.
await planraum.GET("/v1/{municipality}/bodies", { params: { path: {} } });

// @ts-expect-error A filter that does not exist.
await planraum.GET("/v1/{municipality}/bodies", { params: { path, query: { knd: "council" } } });

// @ts-expect-error A kind of body that does not exist.
await planraum.GET("/v1/{municipality}/bodies", { params: { path, query: { kind: "choir" } } });

const keyed = { path: { ...path, key: "planungsbeirat-lsz" } };
const page = await answer(planraum.GET("/v1/{municipality}/bodies/{key}/page", { params: keyed }));

// @ts-expect-error There may be no next meeting.
page.next_meeting.starts_at;

// @ts-expect-error A text is there in several languages.
page.body.name.toUpperCase();

// @ts-expect-error Nobody speaks it.
words(page.body.name, "fr");

// @ts-expect-error A field that a body does not have.
await planraum.GET("/v1/{municipality}/bodies", { params: { path, query: { fields: ["nmae"] } } });

const grants = everything((cursor) =>
  planraum.GET("/v1/{municipality}/grants", { params: { path, query: { cursor } } }),
);
for await (const { items } of grants) {
  // @ts-expect-error An amount is a text, and may be unknown: nobody computes with it by mistake.
  for (const grant of items) grant.amount * 2;
}
