"""What the Jupyter team's tests run, by the language of a kernel."""

DISPLAYS = {
    "tslab": 'import * as tslab from "tslab"; tslab.display.html("<b>1</b>");',
    "deno": 'await Deno.jupyter.display({ "text/html": "<b>1</b>" }, { raw: true });',
    "own": 'display({ [Symbol.for("Jupyter.display")]: () => ({ "text/html": "<b>1</b>" }) });',
}
CLEARINGS = {"deno": 'await Deno.jupyter.broadcast("clear_output", { wait: false });'}


def dialect(kernel):
    """How a kernel is spoken to: `own`, `tslab`, `deno` or `python`."""
    known = {"h2t-ts": "own", "h2t-tslab": "tslab", "python3": "python"}
    return known.get(kernel, kernel)


def typescript(kind):
    return {
        "language_name": "typescript",
        "file_extension": ".ts",
        "code_hello_world": "console.log('hello, world');",
        "code_stderr": "console.error('oops');",
        "completion_samples": [
            {"text": "Math.hypo", "matches": {"hypot"}},
            {"text": "JSON.parse", "matches": {"parse"}},
            {"text": "Object.fromE", "matches": {"fromEntries"}},
        ],
        "complete_code_samples": ["1", "const a = 1;", "function f(x: number) {\n  return x * 2;\n}", "'text'", "`a\nb`"],
        "incomplete_code_samples": ["function f(x: number) {", "(1 +", "`a"],
        "invalid_code_samples": ["let 1 = a;", "1 +* 2"],
        "code_generate_error": "throw new Error('no');",
        "code_execute_result": [
            {"code": "6 * 7", "result": "42"},
            {"code": "'a'.repeat(3)", "result": '"aaa"' if kind == "deno" else "'aaa'"},
            {"code": "[1, 2].map((x) => x + 1)", "result": "[ 2, 3 ]"},
        ],
        "code_display_data": [{"code": DISPLAYS[kind], "mime": "text/html"}],
        "code_history_pattern": "6 [*] ?",
        "supported_history_operations": ("tail", "range", "search"),
        "code_inspect_sample": "parseInt",
        "code_clear_output": CLEARINGS.get(kind, "clearOutput();"),
    }


PYTHON = {
    "language_name": "python",
    "file_extension": ".py",
    "code_hello_world": "print('hello, world')",
    "code_stderr": "import sys; print('oops', file=sys.stderr)",
    "completion_samples": [{"text": "zi", "matches": {"zip"}}],
    "complete_code_samples": ["1", "print('hello, world')", "def f(x):\n  return x*2\n\n\n"],
    "incomplete_code_samples": ["print('''hello", "def f(x):\n  x*2"],
    "invalid_code_samples": ["import = 7q"],
    "code_generate_error": "raise ValueError('no')",
    "code_execute_result": [
        {"code": "6 * 7", "result": "42"},
        {"code": "'a' * 3", "result": "'aaa'"},
        {"code": "[x + 1 for x in [1, 2]]", "result": "[2, 3]"},
    ],
    "code_display_data": [{"code": "from IPython.display import HTML, display; display(HTML('<b>1</b>'))", "mime": "text/html"}],
    "code_history_pattern": "6 [*] ?",
    "supported_history_operations": ("tail", "range", "search"),
    "code_page_something": "zip?",
    "code_inspect_sample": "zip",
    "code_clear_output": "from IPython.display import clear_output; clear_output()",
}


def samples(kernel):
    """Attributes of `KernelTests`."""
    kind = dialect(kernel)
    return PYTHON if kind == "python" else typescript(kind)
