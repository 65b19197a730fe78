#!/usr/bin/env python3
"""Finds statements that g++ 12 miscompiles: those in which a co_await stands together with a braced initialiser, a
conditional operator or a lambda that captures by value. The compiler destroys temporaries of such statements twice,
without a warning. Name the thing on the line above instead. And loops with a co_await in their header: a temporary of
the condition is put in front of the coroutine's frame, which is then resumed at a wrong address. Await inside.

    tools/coawait_lint.py FILE-OR-FOLDER...

Reads tokens, not C++: it flags harmless cases too (the rule is simple on purpose), and it cannot see an aggregate
initialised with parentheses. Exit status: 0 nothing found, 1 findings, 2 a file it could not follow.
"""
import re
import sys
from pathlib import Path

TOKEN = re.compile(r"""
    (?P<skip> \s+ | //[^\n]* | /\*.*?\*/ | \#(?:\\\n|[^\n])* | \[\[[^\[\]]*\]\] )  # attributes and directives too
  | (?P<string> (?:u8|[uUL])?R"(?P<mark>[^()\\\s]{0,16})\(.*?\)(?P=mark)" | (?:u8|[uUL])?"(?:\\.|[^"\\\n])*"
              | (?:u8|[uUL])?'(?:\\.|[^'\\\n])+' )
  | (?P<word> [A-Za-z_]\w* )
  | (?P<number> \.?\d(?:'?[\w.])* )
  | (?P<sign> -> | . )
""", re.VERBOSE | re.DOTALL)

AWAITS = {"co_await", "co_yield"}
# A word after which [ begins a lambda, not a subscript.
BEFORE_LAMBDA = {"return", "co_return", "co_await", "co_yield", "throw", "case", "else", "and", "or", "not"}
BEFORE_BLOCK = {"else", "do", "try", "const", "noexcept", "override", "final", "mutable", "constexpr", "requires"}
RETURNS = {"return", "co_return", "co_await", "co_yield"}
TYPE_WORDS = {"struct", "class", "union", "enum", "namespace", "concept"}


class Unbalanced(Exception):
    pass


class Statement:
    def __init__(self):
        self.tokens = []         # outside of any bracket of this statement
        self.open = []           # its open brackets
        self.awaits = False
        self.problems = []       # (line, what)
        self.lambda_at = None    # depth at which the body of a lambda is expected


def tokens_of(text):
    """(line, kind, token) of everything the compiler reads; strings come as an empty one."""
    line = 1
    for match in TOKEN.finditer(text):
        token = match.group()
        if match["string"]:
            yield line, "string", '""'
        elif not match["skip"]:
            yield line, match.lastgroup, token
        line += token.count("\n")


def captures_by_value(tokens):
    captures, depth = [[]], 0
    for token in tokens:
        depth += (token in "([{") - (token in ")]}")
        if token == "," and depth == 0:
            captures.append([])
        else:
            captures[-1].append(token)
    return any(capture and capture[0] not in ("&", "this") for capture in captures)


def without_template_header(tokens):
    while tokens[:2] == ["template", "<"]:
        end, depth = 2, 1
        while end < len(tokens) and depth:
            depth += (tokens[end] == "<") - (tokens[end] == ">")
            end += 1
        tokens = tokens[end:]
    return tokens


def opens_block(statement):
    """Whether { begins a body rather than an initialiser."""
    if statement.open:
        return False
    tokens = without_template_header(statement.tokens)
    last = tokens[-1] if tokens else ""
    if not tokens or last in (")", "}", ":") or last in BEFORE_BLOCK or tokens[-2:] == ["extern", '""']:
        return True
    if "=" not in tokens and any(token in TYPE_WORDS for token in tokens):
        return True
    if ")" not in tokens or "=" in tokens:
        return False
    # After parameters: a reference qualifier, a constraint, a trailing return type.
    return last == "&" or "requires" in tokens or ("->" in tokens and not RETURNS & set(tokens))


def opens_lambda(last, kind):
    if kind in ("word", "number", "string"):
        return last in BEFORE_LAMBDA
    return last not in (")", "]")


def scan(text):
    """The findings as (line, what)."""
    findings = []
    statement, outer = Statement(), []  # outer: (kind, statement) of the braces we are in
    tokens = list(tokens_of(text))
    previous, previous_kind = "", ""
    after_auto = False  # auto [a, b] is a structured binding

    def finish():
        if statement.awaits:
            findings.extend(statement.problems)

    i = 0
    while i < len(tokens):
        line, kind, token = tokens[i]
        if kind == "word" and token in AWAITS:
            statement.awaits = True
            if statement.tokens[-2:] in (["while", "("], ["for", "("]) and statement.open:
                statement.problems.append((line, "the header of a loop"))
        elif token == "?" and kind == "sign":
            statement.problems.append((line, "a conditional operator"))
        elif token == "[" and opens_lambda(previous, previous_kind) and not after_auto:
            end, depth = i + 1, 1
            while end < len(tokens) and depth:
                depth += (tokens[end][2] == "[") - (tokens[end][2] == "]")
                end += 1
            if captures_by_value([t for _, _, t in tokens[i + 1:end - 1]]):
                statement.problems.append((line, "a lambda that captures by value"))
            statement.lambda_at = len(statement.open)
            previous, previous_kind = "]", "sign"
            i = end
            continue

        if kind == "sign" and token in "([":
            if not statement.open:
                statement.tokens.append(token)
            statement.open.append(token)
        elif kind == "sign" and token in ")]":
            if not statement.open:
                raise Unbalanced(line)
            statement.open.pop()
            if not statement.open:
                statement.tokens.append(token)
        elif kind == "sign" and token == "{":
            if statement.lambda_at == len(statement.open):
                statement.lambda_at = None
                outer.append(("lambda", statement))
                statement = Statement()
            elif opens_block(statement):
                finish()
                outer.append(("block", None))
                statement = Statement()
            else:
                statement.problems.append((line, "a braced initialiser"))
                statement.open.append(token)
        elif kind == "sign" and token == "}":
            if statement.open and statement.open[-1] == "{":
                statement.open.pop()
                if not statement.open:
                    statement.tokens.append(token)
            elif statement.open or not outer:
                raise Unbalanced(line)
            else:
                finish()
                brace, enclosing = outer.pop()
                statement = enclosing if brace == "lambda" else Statement()
        elif kind == "sign" and token == ";" and not statement.open:
            finish()
            statement = Statement()
        elif not statement.open:
            statement.tokens.append(token)

        after_auto = token == "auto" or (after_auto and token in ("&", "const"))
        previous, previous_kind = token, kind
        i += 1
    if outer or statement.open:
        raise Unbalanced(tokens[-1][0])
    return sorted(set(findings))


def sources(arguments):
    for argument in map(Path, arguments):
        if argument.is_dir():
            yield from sorted(path for path in argument.rglob("*") if path.suffix in (".cpp", ".hpp"))
        else:
            yield argument


def main(arguments):
    if not arguments:
        print(__doc__.strip(), file=sys.stderr)
        return 2
    status = 0
    for path in sources(arguments):
        try:
            for line, what in scan(path.read_text(encoding="utf-8")):
                print(f"{path}:{line}: co_await in a statement with {what}: name it on the line above")
                status = max(status, 1)
        except Unbalanced as error:
            print(f"{path}:{error}: brackets do not match here, the file was not checked", file=sys.stderr)
            status = 2
    return status


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
