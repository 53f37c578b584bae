"""HTML of the gateway's own pages: one style, no script, nothing from elsewhere."""

import re
from html import escape

STYLE = """
:root { color-scheme: light dark; --ink: #1a2433; --soft: #55647a; --paper: #fff; --wash: #f3f6fa;
  --line: #d5dde8; --link: #0b57a4; --mark: #0f766e; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6ecf5; --soft: #a3b1c6; --paper: #111823;
  --wash: #1a2432; --line: #33415a; --link: #84b9f5; --mark: #5ec9bd; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink);
  font: 1rem/1.6 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; }
a { color: var(--link); } a:focus-visible { outline: 3px solid var(--mark); outline-offset: 2px; }
.skip { position: absolute; left: -99rem; } .skip:focus { left: 1rem; top: 1rem; }
header, main, footer { max-width: 62rem; margin: 0 auto; padding: 0 1.25rem; }
header { display: flex; justify-content: space-between; align-items: baseline; padding-top: 2rem; }
header p { margin: 0; } .brand { font-weight: 700; color: var(--mark); letter-spacing: .02em;
  text-decoration: none; font-size: 1.1rem; }
h1 { font-size: clamp(1.7rem, 4vw, 2.5rem); line-height: 1.2; margin: 1.2rem 0 .6rem; }
h2 { font-size: 1.25rem; margin: 2.4rem 0 .6rem; } .lead { font-size: 1.15rem; max-width: 44rem; }
.cards { display: grid; grid-template-columns: repeat(auto-fill, minmax(13rem, 1fr)); gap: 1rem;
  list-style: none; padding: 0; } .cards li { background: var(--wash); border-radius: .5rem;
  border: 1px solid var(--line); padding: 1rem 1.1rem; } .cards strong { display: block; }
.soft { color: var(--soft); } .cards p { margin: .2rem 0 .4rem; }
pre { background: var(--wash); border: 1px solid var(--line); border-radius: .5rem;
  margin: .2rem 0 1rem; padding: .7rem 1rem; overflow-x: auto; font-size: .9rem;
  white-space: pre-wrap; overflow-wrap: anywhere; }
code { font-family: ui-monospace, "Cascadia Mono", Consolas, monospace; }
table { border-collapse: collapse; width: 100%; } th, td { text-align: left; vertical-align: top;
  padding: .5rem .75rem .5rem 0; border-bottom: 1px solid var(--line); }
footer { margin: 3rem auto 2rem; color: var(--soft); font-size: .9rem; }
"""


def page(title: str, language: str, body: str, aside: str = "") -> str:
    """A whole page. `body` and `aside` (right of the name) are HTML, `title` is text."""
    skip = {"de": "Zum Inhalt"}.get(language, "Skip to content")
    return f"""<!doctype html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{escape(title)}</title>
<link rel="icon" href="/assets/planraum/icon.svg" type="image/svg+xml">
<style>{STYLE}</style>
</head>
<body>
<a class="skip" href="#content">{skip}</a>
<header><p><a class="brand" href="/">Planraum</a></p><p>{aside}</p></header>
<main id="content">
{body}
</main>
<footer>Planraum &middot; EUPL-1.2</footer>
</body>
</html>
"""


def code(text: str) -> str:
    """Text as HTML, what stands between backticks as code."""
    return re.sub(r"`([^`]*)`", r"<code>\1</code>", escape(text))


def tool(title: str, head: str, body: str) -> str:
    """A page that is filled by a script of ours."""
    return f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{escape(title)}</title>
<link rel="icon" href="/assets/planraum/icon.svg" type="image/svg+xml">
{head}</head>
<body>
{body}</body>
</html>
"""


SWAGGER = tool(
    "Planraum API",
    '<link rel="stylesheet" href="/assets/swagger/swagger-ui.css">\n'
    '<link rel="stylesheet" href="/assets/planraum/docs.css">\n',
    '<div id="documentation"></div>\n'
    "<noscript>This page needs JavaScript; the document itself is at "
    '<a href="/openapi.json">/openapi.json</a>.</noscript>\n'
    '<script src="/assets/swagger/swagger-ui-bundle.js"></script>\n'
    '<script src="/assets/planraum/docs.js"></script>\n',
)
REDOC = tool(
    "Planraum API reference",
    '<link rel="stylesheet" href="/assets/planraum/docs.css">\n',
    '<div id="reference"></div>\n'
    "<noscript>This page needs JavaScript; the document itself is at "
    '<a href="/openapi.json">/openapi.json</a>.</noscript>\n'
    '<script src="/assets/redoc/redoc.standalone.js"></script>\n'
    '<script src="/assets/planraum/redoc.js"></script>\n',
)
