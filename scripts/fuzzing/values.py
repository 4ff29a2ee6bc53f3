"""Hostile values: texts, numbers and bytes that have broken programs like this one."""

from __future__ import annotations

from random import Random

# Sequences that the program itself never writes, so that one in its output came from the input.
TERMINAL = (
    "\x1b[2J", "\x1b[9;53m", "\x1b]0;title\x07", "\x1b]52;c;aGk=\x1b\\",
    "\x1b]8;;https://example.org\x1b\\x\x1b]8;;\x1b\\", "\x1bP+q544e\x1b\\", "\x1b[6n", "\x1bc", "\x9b2J",
    "\x9d0;title\x9c", "\x90q\x9c", "\x07", "\x08\x08\x08", "\r", "\x0b", "\x0c", "\x7f", "\x00", "\x0e", "\x85",
    "a\x1b[31mb\x1b[0m", "\x1b", "\x18", "\x1a", "\n", "\t", "\r\n", "\x1c", "\x1f",
)  # fmt: skip
INVISIBLE = (
    "\u202e", "\u202a\u202b\u202c\u202d", "\u2066\u2067\u2068\u2069", "\u200e", "\u200f", "\u061c", "\u200b",
    "\u200c", "\u200d", "\u2060", "\ufeff", "\ufffe", "\uffff", "\u00ad", "\u034f", "\u115f", "\u3164", "\uffa0",
    "\u2028", "\u2029", "\u00a0", "\u3000", "\u180e", "\ufff9\ufffa\ufffb", "\U000e0001", "\U000e0041", "\U000e0100",
    "\ufe0f", "\ue000", "\U0010ffff", "\U0001d173", "\u206a", " ", "\u2007",
)  # fmt: skip
LETTERS = (
    "e\u0301", "Z\u0351\u0300\u0346\u0350" * 12, "\u0345", "\u0301", "ﬃ", "ﷺ", "İ", "ı", "ẞ", "ŉ", "Ǆ", "東京", "ｶﾞ",
    "서울", "각", "👩‍👩‍👧‍👦", "🇮🇩🇳🇱", "1️⃣", "السَّلَام", "שלום", "ক্ষ", "ไทย", "𝕭𝖊𝖗𝖑𝖎𝖓", "²", "١٩٨٦", "Ⅻ", "½", "𒈙",
    "꙰", "\U00020000", "\ufffd",
)  # fmt: skip
MARKUP = (
    "[/x]", "[bold]", "[/]", "[link=x]y[/link]", ":smile:", ":warning:", "\\[b]", "[red]A[/red]", "[[", "]]",
    "[/bold", "[@click=x]", "<b>", "<script>alert(1)</script>", "</script><!--", "<svg/onload=alert(1)>", "]]>",
    "<!DOCTYPE x [<!ENTITY a 'b'>]>&a;", "&amp;", "&#27;", "javascript:alert(1)", "![](https://example.org)", "`x`",
    "**b**", "|", "\\|", "~~~", "# x", "---", "+++", "```", "<https://example.org>", "$(id)", "`id`", "; rm -rf .",
    "&& id",
)  # fmt: skip
FORMULAS = ("=1+1", "=cmd|' /C calc'!A0", "+1", "-1+1", "@SUM(1)", "＝1", "\t=1", "a;=1", "'=1", "\ufeff=1", " =1")
PATHS = (
    "../../../x", "..\\..\\x", "./x", "x/../../y", "C:\\x", "\\\\host\\x", "file:///x", "~", "~/x", "x/y", "..", ".",
    "-", "--", "--help", "-o", "CON", "x.json", "x\x00.json", "a" * 300, "%2e%2e/", "x:y", "*", "?",
)  # fmt: skip
FORMATS = (
    "{", "}", "{}", "{x}", "{0}", "{count}", "{0.__class__}", "%s", "%", "%(x)s", "%n", "\\", "\\u0000", "\\x1b",
    "\\N{BEL}", "'", '"', '""', "'; DROP TABLE pair; --", "NEAR(a b)", "a*", "-a", "a OR b", "name:a", "^a", "NULL",
    "null", "None", "NaN", "true", "inf", "undefined", "nan", "0", "1986", "0000", "9999", "1e5", "0x10", "1_000",
    "٣", "+0", "1986-13-45",
)  # fmt: skip
SURROGATES = ("\ud800", "\udfff", "a\udc80b", "\ud83d\ude00", "\udcff")
TEXTS = (*TERMINAL, *INVISIBLE, *LETTERS, *MARKUP, *FORMULAS, *PATHS, *FORMATS)
LENGTHS = (0, 1, 2, 199, 200, 201, 2000, 2001, 20001)

# As they stand in JSON; several are no JSON at all.
NUMBERS = (
    "0", "-0", "-0.0", "1", "-1", "90.0000001", "-91", "181", "1e999", "-1e999", "1e-999", "5e-324", "NaN",
    "Infinity", "-Infinity", "9223372036854775807", "9223372036854775808", "18446744073709551616", "1" + "0" * 30,
    "1" + "0" * 400, "9" * 5000, "1.5", "0.1e1", "1E+2", "01", "+1", ".5", "1.", "0x1F", "1_0", "1,5", "true",
    "1" + ".0" * 2, "1.7976931348623157e308", "1e-7",
)  # fmt: skip
CELLS = (
    "1e999", "-1e999", "nan", "inf", "9" * 400, "91", "-181", "0", "-0", "48,85", "1,000.5", "1.000,5", "12°", "−7",
    "٣", "½", "", " ", "n/a", "#REF!", "#N/A", "Point(1e999 2)", "Point(9.9 50.1", "POINT EMPTY", "Point(1 2 3)",
    "1;2", "50.1,9.9", "0000", "1986-02-30", "31/31/1986", "99.99.9999", "Smarch 1986", "1986-05-12T00:00:00Z",
    "-0044-03-15T00:00:00Z", "https://[x", "https://\u2100.example", "https://example.org/\x1b", "http://",
    "https://a b", "Q1", "Q99999999999999999999", "the " * 2000 + "x", "(country)" * 2000, "Soviet Union", "Georgia",
    ",", ",,,", "a,", ",b", "Republic of the " * 2000, "x" * 300, "9" * 5000,
)  # fmt: skip
BYTES = (
    b"\x00", b"\xff", b"\xfe\xff", b"\xff\xfe", b"\xef\xbb\xbf", b"\xc0\x80", b"\xed\xa0\x80", b"\xf4\x90\x80\x80",
    b"\x80" * 9, b"\x1b[2J", b"\x9b2J", b"\r", b"\r\n", b"\n\n\n", b'"', b'""', b"\\", b"{", b"}", b"[", b"]", b",",
    b":", b"\t", b";", b"|", b"\\ud800", b"\\u0000", b"\\u001b", b"/*x*/", b"//x\n", b"NaN", b"\x1a", b"sep=;\n",
    b"#", b"+++\n", b"\x85", b"\xe2\x80\xa8",
)  # fmt: skip
HEADS = (
    b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff", b"\xff\xfe\x00\x00", b"\x1f\x8b\x08",
    b"PK\x03\x04", b"BZh9", b"\xfd7zXZ\x00", b"%PDF-1.7\n", b"\xd0\xcf\x11\xe0", b"SQLite format 3\x00", b"PAR1",
    b"\x28\xb5\x2f\xfd", b"#!/bin/sh\n", b"<!DOCTYPE html>", b"\n" * 3, b" " * 70000, b"\xef\xbb\xbf" * 2, b"+/v8-",
    b"\x00" * 8,
)  # fmt: skip


def harmless(random: Random) -> str:
    """Return a text that is strange, and that a data file may hold: it must come out as it went in."""
    texts = (*LETTERS, *MARKUP, *FORMULAS, *PATHS, *FORMATS)
    words = [random.choice((random.choice(texts), "Jakarta", "x")) for __ in range(random.randint(1, 4))]
    return random.choice(("", " ")).join(words)[:200].strip() or "x"


def text(random: Random, *, surrogates: bool = False) -> str:
    """Return a hostile text: one of the lists, or several, or a long one, or one of random letters."""
    choice = random.random()
    if surrogates and choice < 0.1:
        return random.choice(SURROGATES)
    if choice < 0.6:
        return random.choice(TEXTS)
    if choice < 0.8:
        return "".join(random.choice((random.choice(TEXTS), "Jakarta", " ", "x")) for __ in range(random.randint(2, 6)))
    if choice < 0.9:
        return random.choice(("a", "東", "e\u0301", "[b]", "Ω ", "\u0301", "<", "1")) * random.choice(LENGTHS)
    return "".join(chr(_code(random)) for __ in range(random.randint(1, 40)))


def _code(random: Random) -> int:
    """Return the number of a letter: of any plane, but of the first ones more often; never of half a letter."""
    code = random.randrange(random.choice((0x80, 0x300, 0x3000, 0x10000, 0x110000)))
    return code if not 0xD800 <= code < 0xE000 else 0xFFFD


def argument(random: Random) -> str:
    """Return a hostile word of a command line: any bytes but NUL, which no system passes on."""
    word = text(random).replace("\x00", "")
    return word + random.choice(("\udc80", "\udcff", "\udced\udca0\udc80")) if random.random() < 0.1 else word
