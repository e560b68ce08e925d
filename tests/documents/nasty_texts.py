# ruff: noqa: E501 - one text a line
"""A hundred texts that people type or paste into forms."""

ZALGO = "".join(letter + "\u0301\u0323\u0334\u0489\u035b\u0317" * 6 for letter in "rumah")
ACCENTS = "e\u0301" * 40
"""An e and its accent as two characters."""
LONG_SENTENCE = "Rumah ini dibangun oleh pemiliknya sendiri. " * 228
"""10,032 characters."""

MARKUP = (
    "</style><style>*{display:none}</style>",
    "</td></tr></table></div></body></html>",
    "<b>tebal</b> & <i>miring</i>",
    "<script>alert(1)</script>",
    "<!-- tidak tampak -->",
    "<!--",
    "]]>",
    "<![CDATA[ isi ]]>",
    "<?xml version='1.0'?><!DOCTYPE x [<!ENTITY y 'z'>]>&y;",
    "&lt;p&gt; &amp;amp; &nbsp;&#0;&#x1F600;&copy",
    "<img src=x onerror=alert(1)>",
    "<br><hr><h1>JUDUL PALSU</h1>",
    "<div style='position:fixed;top:0;left:0;width:100%;height:100%;background:#fff'>menutupi</div>",
    "<p style='break-before:page'>halaman baru</p>",
    "<p id=segel>jangkar palsu</p><p id=segel-bawah>nama palsu</p>",
    "<table style='width:9999mm'><tr><td>lebar</table>",
    '"><svg onload=alert(1)>',
    "' onmouseover='alert(1)",
    "<meta charset=utf-7>+ADw-script+AD4-",
    "<plaintext><xmp><noscript>",
    "<textarea><title><select>",
    "<math><mi>x</mi></math><template>isi</template>",
)
STYLE = (
    "p { display: none } .foot { visibility: hidden }",
    "@page { size: 1mm; margin: 0 } /* ukuran */",
    "*/ body { color: white } /*",
    "expression(alert(1)); behavior: url(x)",
    "\\3c style\\3e  \\22 \\27",
    "; } } } @media print { * { color: #fff } }",
)
CODE = (
    "{{ page.token }} {{ paper }}",
    "{% include 'pdf/surat.html' %}{% endblock %}",
    "{# keterangan #} {{ settings.SECRET_KEY }}",
    "${7*7} #{7*7} <%= 7*7 %> [[${7*7}]]",
    "%s %d %n %(name)s {0} {name!r} {}",
    "'; DROP TABLE documents_paper; --",
    "' OR '1'='1' UNION SELECT * FROM auth_user",
    "=HYPERLINK('http://127.0.0.1/x') +cmd|' /C calc'!A0",
    "$(cat /etc/passwd) `id` ; rm -rf / | nc 127.0.0.1 9",
    "../../../../etc/passwd ..\\..\\windows\\win.ini",
    "(cid:12) Tj ET Q endstream endobj trailer << /Root 1 0 R >>",
    ") /JS (app.alert\\(1\\)) /OpenAction <<",
    "\\documentclass{x} \\input{/etc/passwd} \\x00 \\u202e \\n",
    "undefined null None NaN true -0 1/0 []",
)
ADDRESSES = (
    "file:///etc/passwd",
    "http://127.0.0.1:1/x?a=1&b=2",
    "https://contoh.test/" + "jalan/" * 60,
    "javascript:alert(document.cookie)",
    "data:text/html,<script>alert(1)</script>",
    "//127.0.0.1/x \\\\127.0.0.1\\x",
    "mailto:budi@contoh.test?subject=%0d%0aBcc:x",
    "jar:http://127.0.0.1!/ gopher://127.0.0.1 ftp://127.0.0.1",
)
FIGURES = (
    "9" * 400,
    "1.234.567.890.123.456.789,00",
    "-99999999999999999999",
    "Rp" + "1.000" * 30,
    "1e308 0x7fffffff 1_000 ١٢٣٤ ½ ²³",
    "640/18/2026",
    "Nomor 640/99/2026",
    "Halaman 99 dari 99",
)
LENGTHS = (
    "W" * 18,
    "m" * 300,
    "W" * 3000,
    "x" * 10000,
    "kata-" * 400,
    "/" * 500,
    "." * 500,
    "_" * 500,
    "-" * 500,
    "a\u00a0" * 400,
    "i " * 3000,
    LONG_SENTENCE,
    "satu\n" * 300,
    "\n" * 400 + "akhir",
    "\r\n" * 60 + "akhir",
    "dua\n\n\n" * 80,
    "\t" * 300 + "akhir",
    " " * 5000 + "akhir",
    "",
    " ",
    "-",
    "a",
)
LETTERS = (
    "🏠🏗️ rumah 👨‍👩‍👧‍👦 keluarga 🇮🇩 😀",
    "😀" * 300,
    "漢字かな交じり文" * 40,
    "ꦲꦏ꧀ꦱꦫꦗꦮ ᬅᬓ᭄ᬱᬭᬩᬮᬶ ᮃᮊ᮪ᮞᮛ",
    "العربية مائة كلمة " * 20,
    "שלום עולם " * 20,
    "abc العربية 123 שלום def",
    "नमस्ते ไทย ភាសា ქართული አማርኛ",
    "é ñ ü ß ø ł đ ğ İ ı ﬁ ﬀ Ǆ",
    "𝕭𝖚𝖉𝖎 Ｂｕｄｉ ⓑⓤⓓⓘ",
    "аdmin Вudі (huruf Kiril)",
    ZALGO,
    ACCENTS,
    "\u0301\u0302 tanda tanpa huruf",
    "\ue000\uf8ff\U000f0000\U0010fffd pakai sendiri",
    "\ufffd \ufffc \ufeff tanda ganti",
)
MARKS = (
    "nol\x00kosong\x1b[31mmerah\x07\x08\x7f",
    "\x80\x85\x9f kendali",
    "kiri\u202enanak\u202c kanan\u2066dalam\u2069",
    "\u061carab \u200ekiri \u200fkanan",
    "a\u200bb\u200cc\u200dd\u2060e\ufefff",
    "baris\u2028pisah\u2029alinea\x0btegak\x0cformulir",
    "lunak\u00adtanda\u00adhubung",
    "\ud800 separuh \udfff",
    "\ufdd0\ufffe\uffff\U0001fffe bukan huruf",
    "\U000e0001\U000e0062\U000e0075 tanda tersembunyi",
    "\ufff9dasar\ufffatas\ufffb \u206a\u206f",
    "\u3164\u115f\u2800 kosong yang tampak",
)  # fmt: skip
TEXTS = MARKUP + STYLE + CODE + ADDRESSES + FIGURES + LENGTHS + LETTERS + MARKS
