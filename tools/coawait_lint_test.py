#!/usr/bin/env python3
"""Checks that coawait_lint finds what it must, on the right line, and nothing else."""
import unittest

from coawait_lint import Unbalanced, scan

FORBIDDEN = {
    "a named aggregate": "co_await send(frame{\"text\", 3});",
    "a nameless aggregate": "co_await send({.text = name, .size = 3});",
    "a braced list": "co_await send({\"a\", \"b\"});",
    "an aggregate in a return": "co_return pair{co_await first(), 3};",
    "an aggregate around an await": "pair p{co_await first(), co_await second()};",
    "an aggregate assigned from an await": "p = {co_await first(), 3};",
    "empty braces": "co_await send(frame{});",
    "braces in a condition": "if (co_await send(frame{1})) { go(); }",
    "a loop's condition": "while (co_await ready()) go();",
    "a condition at a loop's end": "do { go(); } while (co_await ready() == yes);",
    "a condition in the header of for": "for (; co_await ready();) { go(); }",
    "braces inside a template argument's call": "auto r = co_await async_initiate<T>(f, options{1});",
    "a conditional operator outside": "auto x = ready ? co_await first() : other;",
    "a conditional operator inside": "co_await send(ready ? text + \"x\" : text);",
    "a conditional operator on an awaited value": "auto s = (co_await ready()) ? first : second;",
    "a lambda that captures by value": "co_await post([text] { use(text); });",
    "a lambda that captures everything by value": "co_await post([=] { use(text); });",
    "a lambda with an initialised capture": "co_await post([t = std::move(text)]() mutable { use(t); });",
    "a lambda with a second capture by value": "co_await post([&, text] { use(text); });",
    "a lambda that copies its object": "co_await post([*this] { use(); });",
    "a lambda beside an await": "co_spawn(co_await executor(), [self] { return self->run(); }, token);",
    "a lambda in a returned expression": "co_return co_await post([text] { use(text); });",
    "a statement in a lambda's body": "spawn([&]() -> awaitable<void> { co_await send(frame{1}); });",
    "a statement in a nested block": "for (;;) { if (a) { co_await send(frame{1}); } }",
    "a statement after a case label": "switch (a) { case 1: co_await send(frame{1}); break; }",
    "a statement over an attribute": "[[maybe_unused]] auto x = co_await send(frame{1});",
    "braces in a macro's argument": "REQUIRE(co_await send() == frame{1});",
}

ALLOWED = {
    "a plain await": "co_await send(text);",
    "a name on the line above": "frame f{\"text\", 3}; co_await send(std::move(f));",
    "a return without an await": "co_return frame{1, 2};",
    "a conditional operator without an await": "auto x = ready ? first : second; co_await send(x);",
    "a lambda that captures by reference": "co_await post([&] { use(text); }); co_await post([&text] { use(text); });",
    "a lambda that captures this": "co_await post([this] { use(); });",
    "a lambda that captures nothing": "co_await post([](int x) { return x; });",
    "an initialised capture by reference": "co_await post([&t = text] { use(t); });",
    "what stands in the body of a lambda without an await": "co_await post([&] { frame f{1}; use(a ? f : g); });",
    "a lambda of its own statement": "auto f = [text] { use(text); }; co_await post(f);",
    "a loop with an await in its body": "for (int i{0}; i < 3; ++i) { co_await send(text); }",
    "a loop that awaits all it does": "while (ready) co_await send(text); while (f(a)) { co_await send(text); }",
    "a block after an awaited condition": "if (co_await ready()) { frame f{1}; } else { go(); }",
    "try and catch": "try { co_await send(text); } catch (const error&) { frame f{1}; }",
    "a structured binding": "auto [error, size] = co_await read(buffer); const auto& [a, b] = co_await next();",
    "a subscript": "co_await send(texts[index]); texts[0][1] = co_await next();",
    "braces and question marks in text": "co_await send(\"{a?b}\"); co_await send('{'); // co_await f({1} ? 2 : 3)",
    "braces in raw text": "co_await send(R\"x(})\" {)x\");",
    "a digit separator": "co_await wait(1'000'000); co_await wait(0x1'F);",
    "a switch on an await": "switch (co_await next()) { case 1: { go(); } default: break; }",
}

OUTSIDE = {
    "a class with an initialised member": "struct x { int a{1}; awaitable<void> f() { co_await send(text); } };",
    "a template with a default argument": "template <class T = int> struct x { awaitable<T> f() { co_await g(); } };",
    "a constructor's list": "x::x(int a) : a_{a}, b_(2) { start(); } awaitable<void> f() { co_await g(); }",
    "a trailing return type": "auto f() -> awaitable<void> { co_await g(); } auto h() const& { return 1; }",
    "a constraint": "template <class T> void f(T t) requires good<T> { g(t); } awaitable<void> h() { co_await g(); }",
    "a concept": "template <class T> concept good = requires(T t) { t.f(); }; awaitable<void> h() { co_await g(); }",
    "an enumeration": "enum class e : unsigned char { a, b }; awaitable<void> h() { co_await g(); }",
    "a directive": "#define F(x) { co_await send(frame{x});\n awaitable<void> h() { co_await g(); }",
    "linkage": "extern \"C\" { void f(); } namespace a::b { awaitable<void> h() { co_await g(); } }",
}


def in_function(code):
    return f"namespace n {{\nawaitable<void> session::run(int a) {{\n{code}\n}}\n}}\n"


class coawait_lint(unittest.TestCase):
    def test_finds_what_is_forbidden(self):
        for what, code in FORBIDDEN.items():
            with self.subTest(what):
                self.assertEqual([3], [line for line, _ in scan(in_function(code))])

    def test_lets_pass_what_is_allowed(self):
        for what, code in (*ALLOWED.items(), *OUTSIDE.items()):
            with self.subTest(what):
                self.assertEqual([], scan(in_function(code) if what in ALLOWED else code))

    def test_names_the_line_of_the_offending_part(self):
        findings = scan(in_function("co_await send(\n  text,\n  frame{1});"))
        self.assertEqual([(5, "a braced initialiser")], findings)

    def test_goes_on_after_a_finding(self):
        findings = scan(in_function("co_await a(x{1});\nco_await b();\nco_await c(y ? 1 : 2);"))
        self.assertEqual([(3, "a braced initialiser"), (5, "a conditional operator")], findings)

    def test_refuses_what_it_cannot_follow(self):
        for code in ("void f() { g(;", "void f() { } }", "void f() { g(}); }"):
            with self.subTest(code), self.assertRaises(Unbalanced):
                scan(code)


if __name__ == "__main__":
    unittest.main()
