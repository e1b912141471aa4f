"""What is tried on every kernel: by fact the check and the code, in each language that has such a thing."""

import json
import shutil
from pathlib import Path

LOOP = "for (;;);"
AWAITED = "await null; for (;;);"
NEVER = "await new Promise(() => {});"


def stop(typescript, python):
    return {
        "check": "stopped",
        "typescript": ['const kept = "yes";', f"console.log('begun'); {typescript}", "console.log(kept);"],
        "python": ["kept = 'yes'", f"print('begun', flush=True)\n{python}", "print(kept)"],
    }


CODES = {
    "lines": {
        "check": "lines",
        "typescript": "for (let i = 0; i < 20_000; i++) console.log(`line ${i}`);",
        "python": "for i in range(20_000): print(f'line {i}')",
    },
    "lines in time": {
        "check": "lines_in_time",
        "typescript": "for (let i = 0; i < 20_000; i++) console.log(`line ${i}`);",
        "python": "for i in range(20_000): print(f'line {i}')",
    },
    "long line": {"check": "long_line", "typescript": 'console.log("x".repeat(2_000_000));', "python": "print('x' * 2_000_000)"},
    "late output": {
        "check": "late_output",
        "typescript": ["setTimeout(() => console.log('yes'), 300);", "await new Promise((done) => setTimeout(done, 800));"],
        "python": ["import threading; threading.Timer(0.3, lambda: print('yes')).start()", "import time; time.sleep(0.8)"],
    },
    "in place": {
        "check": "updated",
        "own": "const shown = display('one', { id: 'a' }); shown.update('two');",
        "tslab": "import * as tslab from 'tslab'; const place = tslab.newDisplay(); place.text('one'); place.text('two');",
        "deno": """
for (const [text, update] of [["one", false], ["two", true]] as const)
  await Deno.jupyter.display({ "text/plain": text }, { raw: true, display_id: "a", update });
""",
        "python": "from IPython.display import display; shown = display('one', display_id=True); shown.update('two')",
    },
    "error": {"check": "error", "typescript": "throw new Error('no');", "python": "raise ValueError('no')"},
    "error place": {
        "check": "error_place",
        "typescript": "interface A {\n  readonly a: number;\n}\nthrow new Error('no');",
        "python": "a = 1\n\n\nraise ValueError('no')",
    },
    "type error": {"check": "refused", "typescript": "console.log('ran'); const n: number = 'text';"},
    "strict null": {"check": "refused", "typescript": "const n: number = null;"},
    "constant": {"check": "second_refused", "typescript": ["const fixed = 1;", "fixed = 2;"]},
    "redefinition": {
        "check": "second_prints",
        "typescript": ["const again = 1;", "const again = 'yes'; console.log(again);"],
        "python": ["again = 1", "again = 'yes'; print(again)"],
    },
    "half a cell": {
        "check": "second_prints",
        "typescript": ["const early = 'yes'; throw new Error('no');", "console.log(early);"],
        "python": ["early = 'yes'; raise ValueError('no')", "print(early)"],
    },
    "using": {"check": "prints_yes", "typescript": "{ using last = { [Symbol.dispose]: () => console.log('yes') }; }"},
    "await": {
        "check": "prints_yes",
        "typescript": "console.log(await Promise.resolve('yes'));",
        "python": "import asyncio; print(await asyncio.sleep(0, 'yes'))",
    },
    "exports only": {"check": "prints_yes", "typescript": 'import { word } from "exports-only/part"; console.log(word);'},
    "awaiting module": {"check": "prints_yes", "typescript": 'import { word } from "awaiting"; console.log(word);'},
    "beside": {
        "check": "prints_yes",
        "typescript": 'import { word } from "./beside.ts"; console.log(word);',
        "tslab": 'import { word } from "./beside"; console.log(word);',
        "python": "from beside import word; print(word)",
    },
    "installed late": {
        "check": "late_package",
        "typescript": ["const before = 1;", 'import { word } from "late"; console.log(word);'],
        "python": ["before = 1", "from late import word; print(word)"],
    },
    "stop loop": stop(LOOP, "while True: pass"),
    "stop loop after await": stop(AWAITED, "import asyncio; await asyncio.sleep(0)\nwhile True: pass"),
    "stop await": stop(NEVER, "import asyncio; await asyncio.Event().wait()"),
    "rest aborted": {
        "check": "aborted",
        "typescript": ["await new Promise((done) => setTimeout(done, 500)); throw new Error('no');", "1"],
        "python": ["import time; time.sleep(0.5); raise ValueError('no')", "1"],
    },
    "question": {
        "check": "asked",
        "typescript": "console.log(await prompt('Name? '));",
        "python": "print(input('Name? '))",
    },
    "input told": {"check": "input_told", "typescript": "1", "python": "1"},
    "forged": {"check": "forged", "typescript": "console.log('yes');", "python": "print('yes')"},
}

# Deno's cells have no require.
DENO_FRAME = 'import { DataFrame } from "danfojs-node"; '
FRAME = 'const { DataFrame } = require("danfojs-node"); '
CLASHING = 'new DataFrame({ values: [1, 2], index: ["first", "second"] })'
LISTED = "const frames = [new DataFrame({ a: [1, 2] })]; frames"
READLINE = """
import { createInterface } from "node:readline/promises";
const lines = createInterface({ input: process.stdin, output: process.stdout });
console.log(await lines.question("Name? "));
lines.close();
"""

# What people report of notebook kernels.
CODES |= {
    "own names": {
        "check": "frame",
        "typescript": FRAME + CLASHING,
        "deno": DENO_FRAME + CLASHING,
    },
    "short form": {"check": "short", "typescript": FRAME + LISTED, "deno": DENO_FRAME + LISTED},
    "shown once": {
        "check": "shown_once",
        "own": 'display("hi")',
        "tslab": 'import * as tslab from "tslab"; tslab.display.text("hi")',
        "deno": 'await Deno.jupyter.display({ "text/plain": "hi" }, { raw: true })',
        "python": "from IPython.display import display; display('hi')",
    },
    "formats": {
        "check": "html",
        "own": 'display.html("<b>1</b>");',
        "tslab": 'import * as tslab from "tslab"; tslab.display.html("<b>1</b>");',
        "deno": "await Deno.jupyter.display(Deno.jupyter.html`<b>1</b>`);",
        "python": "from IPython.display import HTML, display; display(HTML('<b>1</b>'))",
    },
    "tag": {"check": "html", "typescript": "html`<b>${1}</b>`", "deno": "Deno.jupyter.html`<b>${1}</b>`"},
    "signature": {
        "check": "signature",
        "typescript": ["function area(width: number, height: number) { return width * height; }", "area(Math.max(2, 3), "],
        "python": ["def area(width, height):\n  return width * height", "area(max(2, 3), "],
    },
    "live keys": {
        "check": "completes",
        "typescript": ["const answer: any = JSON.parse('{ \"name\": 1 }');", "answer.", "name"],
        "python": ["import types; answer = types.SimpleNamespace(name=1)", "answer.", "name"],
    },
    "environment": {
        "check": "completes",
        "typescript": ["import process from 'node:process';", "process.env.PAT", "PATH"],
    },
    "file names": {
        "check": "completes",
        "typescript": ["import { readFileSync } from 'node:fs';", 'readFileSync("./da', "data.csv"],
        "python": ["1", 'open("./da', "data.csv"],
    },
    "shebang": {"check": "prints_yes", "typescript": "#!/usr/bin/env node\nconsole.log('yes');"},
    "no check": {"check": "prints_yes", "typescript": "// @ts-nocheck\nconst text: number = 'yes'; console.log(text);"},
    "global": {
        "check": "second_prints",
        "typescript": ["declare global { var shared: string }\nglobalThis.shared = 'yes';", "console.log(shared);"],
    },
    "import equals": {
        "check": "prints_yes",
        "typescript": 'import fs = require("node:fs"); console.log(typeof fs.statSync === "function" ? "yes" : "no");',
    },
    "object": {"check": "object", "typescript": "{ a: 1, b: 2 }", "python": "{'a': 1, 'b': 2}"},
    "shell": {"check": "prints_yes", "typescript": "!echo yes", "python": "!echo yes"},
    "magic": {"check": "explained", "typescript": "%%bash\nls -la $HOME", "words": "magic"},
    "settings": {
        "check": "with_settings",
        "settings": {"strict": False, "paths": {"@lib/*": ["./lib/*"]}},
        "typescript": 'import { word } from "@lib/part"; const n: number = null; console.log(word);',
    },
    "JSX": {
        "check": "with_settings",
        "settings": {"jsx": "react-jsx", "jsxImportSource": "tiny"},
        "typescript": "const element = <b>yes</b>; console.log(element.props.children);",
    },
    "not installed": {
        "check": "explained",
        "typescript": 'import { word } from "not-there"; console.log(word);',
        "words": r"npm install|deno (?:add|install)",
    },
    "data file": {"check": "explained", "typescript": 'import rows from "./data.csv"; console.log(rows);', "words": r"read"},
    "require": {"check": "explained", "typescript": 'require("exports-only-esm");', "words": r"\bimport\b"},
    "thrower": {"check": "own_frames", "typescript": 'import "./thrower.ts";', "tslab": 'import "./thrower";'},
    "inherited": {
        "check": "prints_yes",
        "typescript": "import { execSync } from 'node:child_process'; execSync('echo yes', { stdio: 'inherit' });",
        "python": "import os; os.system('echo yes');",
    },
    "readline": {"check": "asked", "typescript": READLINE},
    "stop child": stop("require('node:child_process').execSync('sleep 60');", "import subprocess; subprocess.run(['sleep', '60'])"),
    "papermill": {"check": "papermill", "typescript": "", "python": ""},
    "jupyter run": {"check": "jupyter_run", "typescript": "console.log('yes');", "python": "print('yes')"},
}

PACKAGES = {
    "exports-only": {"exports": {"./part": {"types": "./part.d.ts", "default": "./part.js"}}},
    "awaiting": {"exports": "./index.js"},
    "exports-only-esm": {"exports": {"import": "./index.js"}},
    "tiny": {"exports": {"./jsx-runtime": {"types": "./index.d.ts", "default": "./index.js"}}},
    "late": {"exports": "./index.js", "main": "index.js", "types": "index.d.ts"},
}
FILES = {
    "exports-only": {"part.js": "export const word = 'yes';\n", "part.d.ts": "export declare const word: string;\n"},
    "awaiting": {"index.js": "export const word = await Promise.resolve('yes');\n", "index.d.ts": "export declare const word: string;\n"},
    "exports-only-esm": {"index.js": "export const word = 'yes';\n"},
    "tiny": {
        "index.js": "const jsx = (type, props) => ({ type, props }); export { jsx, jsx as jsxs };\n",
        "index.d.ts": "export declare function jsx(type: string, props: { children: string }): { props: { children: string } };\n"
        "export { jsx as jsxs };\nexport declare namespace JSX { type Element = { props: { children: string } };"
        " interface IntrinsicElements { [name: string]: object } }\n",
    },
    "late": {"index.js": "exports.word = 'yes';\n", "index.d.ts": "export declare const word: string;\n"},
}


def write_folder(folder, is_late=False):
    """A notebook's folder: packages, files beside it, and the settings by which Deno takes packages from node_modules."""
    root = Path(folder)
    if not is_late:
        shutil.rmtree(root, ignore_errors=True)
    for name, package in PACKAGES.items():
        if name == "late" and not is_late:
            continue
        at = root / "node_modules" / name
        at.mkdir(parents=True, exist_ok=True)
        kind = {} if name == "late" else {"type": "module"}
        (at / "package.json").write_text(json.dumps({"name": name, "version": "1.0.0", **kind, **package}))
        for file, text in FILES[name].items():
            (at / file).write_text(text)
    for file, text in {
        "data.csv": "a,b\n1,2\n",
        "thrower.ts": "interface Lines { above: 1 }\nfunction fail(): never { throw new Error('no'); }\nfail();\nexport {};\n",
        "lib/part.ts": "export const word = 'yes';\n",
        "beside.ts": "export const word: string = 'yes';\n",
        "beside.py": "word = 'yes'\n",
        "package.json": json.dumps({"type": "module", "dependencies": dict.fromkeys(PACKAGES, "1.0.0")}),
        "deno.json": json.dumps({"nodeModulesDir": "manual"}),
        **({"late.py": "word = 'yes'\n"} if is_late else {}),
    }.items():
        (root / file).parent.mkdir(exist_ok=True)
        (root / file).write_text(text)
    if not is_late:
        (root / "node_modules/danfojs-node").symlink_to(Path(__file__).parents[3] / "node_modules/danfojs-node")
