# SPDX-License-Identifier: GPL-3.0-or-later
"""What GitHub's own reader of Markdown (cmark-gfm) makes of a document.

hold_markdown.py FILE...: prints headings, what is folded, and the tables with
their columns and rows; says so where a table is ragged, where HTML other than
ours got through, or where a document is longer than a comment may be.
"""
import subprocess
import sys
from html.parser import HTMLParser

OURS = {"details", "summary", "br"}
MARKDOWNS = {"h3", "p", "table", "thead", "tbody", "tr", "th", "td", "code",
             "pre", "strong"}


class Reader(HTMLParser):
    def __init__(self):
        super().__init__()
        self.told, self.text, self.rows, self.cells = [], "", [], 0

    def handle_starttag(self, tag, attrs):
        if tag not in OURS | MARKDOWNS:
            self.told.append(f"a stray <{tag}>")
        if tag in ("h3", "summary", "th", "pre"):
            self.text = ""
        elif tag == "table":
            self.rows, self.heads = [], []
        elif tag == "tr":
            self.cells = 0

    def handle_endtag(self, tag):
        if tag in ("h3", "summary"):
            self.told.append(f"{tag}: {self.text}")
        elif tag == "pre":
            lines = self.text.count("\n")
            self.told.append(f"fence of {lines} lines")
        elif tag == "th":
            self.heads.append(self.text)
        elif tag == "td":
            self.cells += 1
        elif tag == "tr" and self.cells:
            self.rows.append(self.cells)
        elif tag == "table":
            self.told.append(f"table: {', '.join(self.heads)}; "
                             f"{len(self.rows)} rows")
            if set(self.rows) - {len(self.heads)}:
                self.told.append("which is ragged")

    def handle_data(self, data):
        self.text += data


for path in sys.argv[1:]:
    with open(path, encoding="utf-8") as file:
        document = file.read()
    if len(document) > 65536:
        print("too long for a comment")
    html = subprocess.run(
        ["cmark-gfm", "--unsafe", "-e", "table", "-e", "autolink",
         "-e", "strikethrough", path],
        check=True, capture_output=True, text=True).stdout
    reader = Reader()
    reader.feed(html)
    print("\n".join(reader.told))
    # Cells that are too many are dropped without a word: ask the source.
    heading = None
    for line in document.splitlines():
        bars = line.count("|") if line.startswith("|") else None
        if bars and heading and bars != heading:
            print("cells are lost of:", line)
        heading = bars and (heading or bars)
