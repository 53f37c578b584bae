"""A document as one HTML page without scripts or foreign addresses."""

from html import escape

from services.kit.printing.document import (
    Block,
    Document,
    Foreign,
    Picture,
    Run,
    Section,
    Table,
)

_STYLE = """
:root{color-scheme:light;--ink:#1c2430;--soft:#5b6675;--line:#d5dbe3;--band:#f3f6f9}
body{font:16px/1.55 Georgia,'Times New Roman',serif;color:var(--ink);margin:0 auto;
max-width:52rem;padding:2rem 1.25rem 6rem;background:#fff}
h1,h2,h3,h4,nav,table,figcaption,.stand,.note{font-family:system-ui,'Segoe UI',sans-serif}
h1{font-size:2rem;line-height:1.2;margin:.2em 0}h2{font-size:1.5rem;margin:3rem 0 .5rem;
border-bottom:2px solid var(--ink)}h3{font-size:1.15rem;margin:2rem 0 .4rem}
h4{margin:1.2rem 0 .3rem}
.stand{color:var(--soft);margin:0 0 2rem}.note{color:var(--soft);font-size:.85rem;margin:.3rem 0}
nav ol{padding-left:1.4rem}a{color:#0b4f8a}figure{margin:1rem 0;break-inside:avoid}
figure svg{max-width:100%;height:auto}figcaption{color:var(--soft);font-size:.9rem}
table{border-collapse:collapse;width:100%;font-size:.88rem;margin:1rem 0}
caption{text-align:left;font-weight:600;padding:.3rem 0}
th,td{padding:.25rem .6rem;border-bottom:1px solid var(--line);text-align:left;vertical-align:top}
thead th{border-bottom:2px solid var(--ink)}tbody th{font-weight:400;min-width:8.5rem}
tbody tr:nth-child(even){background:var(--band)}td.n,th.n{text-align:right;
font-variant-numeric:tabular-nums}
.signatures{display:flex;gap:3rem;margin-top:5rem}.signatures p{flex:1;font-size:.85rem;
border-top:1px solid var(--ink);padding-top:.3rem}
@media print{body{max-width:none;padding:0}h2{break-before:page}}
"""


def page(document: Document) -> str:
    """The document as HTML5, headings in order, every picture and table with its words."""
    body = "".join(_section(i, section) for i, section in enumerate(document.sections))
    return (
        f'<!doctype html><html lang="{document.lang}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f"<title>{escape(document.title)}</title><style>{_STYLE}</style></head><body>"
        f"<header><h1>{_words(document.title)}</h1><p>{_words(document.subtitle)}</p>"
        f'<p class="stand">{escape(document.stand)}</p></header>'
        f"{_contents(document)}<main>{body}</main>{_signatures(document)}</body></html>"
    )


def _words(text: str) -> str:
    return (
        f'<span lang="{text.lang}">{escape(text)}</span>'
        if isinstance(text, Foreign)
        else escape(text)
    )


def _contents(document: Document) -> str:
    if document.contents is None:
        return ""
    chapters = [(i, s) for i, s in enumerate(document.sections) if s.level == 1]
    lines = "".join(f'<li><a href="#s{i}">{_words(s.title)}</a></li>' for i, s in chapters)
    return f'<nav aria-label="{escape(document.contents)}"><ol>{lines}</ol></nav>'


def _signatures(document: Document) -> str:
    if not document.signatures:
        return ""
    lines = "".join(f"<p>{escape(name)}</p>" for name in document.signatures)
    return f'<footer class="signatures">{lines}</footer>'


def _section(index: int, section: Section) -> str:
    head = section.level + 1
    parts = [f'<h{head} id="s{index}">{_words(section.title)}</h{head}>']
    parts += [f"<p>{_words(text)}</p>" for text in section.paragraphs]
    parts += [_picture(picture) for picture in section.pictures]
    parts += [_table(table) for table in section.tables]
    parts += [_note(note) for note in section.notes]
    parts += [_block(block) for block in section.blocks]
    return "".join(parts)


def _note(note: str) -> str:
    return f'<p class="note">{escape(note)}</p>'


def _block(block: Block) -> str:
    lines = ["".join(_run(run) for run in line) for line in block.lines]
    if block.bullets:
        entries = "".join(f"<li>{line}</li>" for line in lines)
        parts = [f"<ul>{entries}</ul>"]
    else:
        parts = [f"<p>{line}</p>" for line in lines]
    if block.picture is not None:
        parts.append(_picture(block.picture))
    if block.table is not None:
        parts.append(_table(block.table))
    if block.note:
        parts.append(_note(block.note))
    return "".join(parts)


def _run(run: Run) -> str:
    text = _words(run.text)
    for tag, wanted in (("em", run.italic), ("strong", run.bold)):
        text = f"<{tag}>{text}</{tag}>" if wanted else text
    return f'<a href="{escape(run.link)}">{text}</a>' if run.link else text


def _picture(picture: Picture) -> str:
    return (
        f'<figure><div role="img" aria-label="{escape(picture.alt)}">{picture.svg}</div>'
        f"<figcaption>{_words(picture.caption)}</figcaption></figure>"
    )


def _table(table: Table) -> str:
    first = len(table.header) - table.numbers if table.texts else 1
    kinds = [' class="n"' if place >= first else "" for place in range(len(table.header))]
    header = "".join(
        f'<th scope="col"{kind}>{_words(name)}</th>'
        for kind, name in zip(kinds, table.header, strict=True)
    )
    rows = "".join(
        f'<tr><th scope="row">{_words(row[0])}</th>'
        + "".join(
            f"<td{kind}>{_words(cell)}</td>" for kind, cell in zip(kinds[1:], row[1:], strict=True)
        )
        + "</tr>"
        for row in table.rows
    )
    caption = f"<caption>{_words(table.caption)}</caption>" if table.caption else ""
    return f"<table>{caption}<thead><tr>{header}</tr></thead><tbody>{rows}</tbody></table>"
