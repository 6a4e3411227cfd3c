# SPDX-License-Identifier: GPL-3.0-or-later
"""Hold a flame graph against the folded stacks that it was made of:
hold_flames.py FILE.folded FILE.svg. Prints what it has in sum, and its widest
frames."""
import re
import sys
import xml.etree.ElementTree

TITLE = re.compile(r"(.*) \(([0-9,]+) bytes, ([0-9.]+)%(?:; ([+-]?[0-9.]+)%)?\)")
SVG = "{http://www.w3.org/2000/svg}"


def hold(what, fits):
    if not fits:
        sys.exit(f"this does not hold: {what}")


def main():
    sums, names = [], set()
    with open(sys.argv[1], encoding="utf-8") as file:
        for line in file:
            stack, *numbers = re.fullmatch(r"(.*?) ([0-9]+)(?: ([0-9]+))?\n",
                                           line).groups()
            numbers = [int(number) for number in numbers if number]
            sums = [sum(pair) for pair in zip(sums, numbers)] or numbers
            names.update(re.sub(r"_\[[ikwj]\]$", "", name)
                         for name in stack.split(";"))
    root = xml.etree.ElementTree.parse(sys.argv[2]).getroot()
    titles = [TITLE.fullmatch(title.text) for title in root.iter(SVG + "title")]
    titles = [title.groups() for title in titles if title]
    amounts = {}
    for name, amount, _, change in titles:
        hold(f"{name} is a frame of the stacks", name in names | {"all"})
        hold("two numbers make a difference",
             name == "all" or (change is not None) == (len(sums) == 2))
        amount = int(amount.replace(",", ""))
        amounts[name] = max(amount, amounts.get(name, 0))
    hold(f"{amounts['all']} is the sum, {sums[-1]}", amounts["all"] == sums[-1])
    print(len(titles), "frames of", len(names), "names,", *sums, "bytes")
    for name in sorted(amounts, key=lambda name: (-amounts[name], name))[:8]:
        print(amounts[name], name)


main()
