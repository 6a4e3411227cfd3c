# needs archives
# Every "$ pageowl" of README.md and docs/*.md that reads samples/ runs, and
# prints what stands below it; a line that ends in "…" may go on.
export SOURCE_DATE_EPOCH=1792022400 # 2026-10-15: suppressions expire
python3 - "$PAGEOWL" README.md docs/*.md <<'END'
import subprocess, sys

program, *pages = sys.argv[1:]


def same(line, shown):
    if shown.endswith("…"):
        return line.startswith(shown[:-1].rstrip())
    return line == shown


def run(page, command, shown):
    line = command.replace("pageowl", f"'{program}'", 1)
    done = subprocess.run(["sh", "-c", line], stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, text=True)
    if done.returncode:
        print(f"{page}: {command}: status {done.returncode}\n{done.stdout}")
    if not shown:
        return
    printed = done.stdout.splitlines()
    # "…" alone stands for any lines, JSON pages leave out what they like
    if any(part.strip() in ("…", "...") for part in shown):
        shown = shown[:[part.strip() in ("…", "...") for part in shown]
                      .index(True)]
        printed = printed[:len(shown)]
    for number, (line, want) in enumerate(zip(printed, shown), 1):
        if not same(line, want):
            print(f"{page}: {command}: line {number}\n- {want}\n+ {line}")
            return
    if len(printed) != len(shown):
        print(f"{page}: {command}: {len(shown)} lines shown, "
              f"{len(printed)} printed")


ran = 0
for page in pages:
    inside, command, shown = False, None, []
    for line in open(page).read().splitlines() + ["```"]:
        if line.startswith("```"):
            if inside and command:
                run(page, command, shown)
                ran += 1
            inside, command, shown = not inside, None, []
        elif inside and line.startswith("$ "):
            if command:
                run(page, command, shown)
                ran += 1
            command, shown = None, []
            if line.startswith("$ pageowl ") and "samples/" in line:
                command = line[2:]
        elif command:
            shown.append(line)
print("examples ran" if ran else "no example was found")
END
