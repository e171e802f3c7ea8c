"""Markdown becomes HTML without scripts, pictures, styles or foreign addresses."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bonemets_teach.quiz.markdown import fill, placeholders, plain, to_html


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "![x](https://evil.test/a.png)",
        "[x](javascript:alert(1))", "[x](data:text/html,<script>)", "[x](http://plain.test)", "<a href='https://x.test' onclick='x()'>y</a>",
        "<iframe src='https://x.test'></iframe>", "<style>*{display:none}</style>", "<svg onload=alert(1)>", "[x](//evil.test)",
        "[x]( https://ok.test \"\\\" onmouseover=alert(1) \")", "<b>bold</b>",
        "[x][1]\n\n[1]: javascript:alert(1)", "[x](&#106;avascript:alert(1))", "[x](java\tscript:alert(1))", "[x](JAVASCRIPT:alert(1))",
        "[x](vbscript:x)", "<javascript:alert(1)>", "<https://ok.test/\"onclick=x>", "![x](data:image/svg+xml;base64,PHN2Zz4=)", "[![x](a.png)](https://ok.test)",
        "[x](file:///etc/passwd)", "[x](https:evil.test)", "[x](https://ok.test\nonclick=x)", "<svg><script>x</script></svg>", "<math><mi xlink:href='javascript:x'>",
        "<a href=\"https://ok.test\" style=\"x\">y</a>", "<form action=https://x.test><input></form>", "<base href=https://x.test>", "<meta http-equiv=refresh content=0>",
        "<link rel=stylesheet href=https://x.test>", "<object data=x>", "<embed src=x>", "<details open ontoggle=x>", "<template><img src=x></template>", "&lt;script&gt;",
        "*a* <scr<script>ipt>", "<!-- x --><script>", "<![CDATA[<img src=x>]]>", "<?xml version=1?>", "**<img src=x onerror=y>**",
    ],
)  # fmt: skip
def test_nothing_dangerous_becomes_markup(text: str) -> None:
    """Tags are shown as text or dropped; only https and anchors stay links."""
    tags = re.findall(r"<[^>]*>", to_html(text))

    assert all(
        re.fullmatch(r'</?(p|a|ul|li|em|strong)( href="(https://|#)[^"]*"| rel="noopener noreferrer")*>', tag)
        for tag in tags
    )


def test_the_useful_part_of_markdown_works() -> None:
    """Bold, italic, lists, tables, links to sources and to claims of the page."""
    html = to_html("**a** *b* [c](https://d.test/e) [f](#claim-g)\n\n- h\n\n| i |\n|---|\n| j |")

    for part in (
        "<strong>a</strong>",
        "<em>b</em>",
        'href="https://d.test/e"',
        'href="#claim-g"',
        "<li>h</li>",
        "<td>j</td>",
    ):
        assert part in html


@given(st.text(max_size=200))
def test_no_text_makes_a_script_or_a_handler(text: str) -> None:
    """Whatever an author writes, no tag outside the list comes out."""
    names = set(re.findall(r"<\s*/?\s*([a-zA-Z]+)", to_html(text)))

    assert names <= {
        "p",
        "em",
        "strong",
        "code",
        "pre",
        "ul",
        "ol",
        "li",
        "blockquote",
        "a",
        "br",
        "table",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
    }


def test_a_number_and_its_unit_stay_on_one_line() -> None:
    """The space before a unit does not break."""
    assert (
        to_html("About 25 % a year, 30 HU, 3 more", inline=True)
        == "About 25&nbsp;% a year, 30&nbsp;HU, 3 more"
    )


def test_placeholders_are_filled_by_name() -> None:
    """Known names get their number, unknown ones stay visible."""
    assert fill("{{answer}} and {{ a }} and {{b}}", {"answer": "1 %", "a": "2"}) == "1 % and 2 and {{b}}"
    assert placeholders("{{answer}} {{ a }}") == {"answer", "a"}


def test_plain_words_have_no_marks() -> None:
    """Titles and lengths are taken from words, not from marks."""
    assert plain("**a** _b_ [c](https://d.test)\n e") == "a b c e"
