"""The ways of a genuine file to whoever checks it: in a ZIP, by e-mail, through a browser."""

import io
import smtplib
import zipfile
from email.message import EmailMessage


def zipped(content, name="surat.pdf"):
    """Pack it as people pack files, and take it out again."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    with zipfile.ZipFile(io.BytesIO(target.getvalue())) as archive:
        return archive.read(name)


def mailed(content, postbox, number, name="surat.pdf"):
    """Send it as an attachment to a real SMTP server, and take it out of what arrived."""
    letter = EmailMessage()
    letter["From"], letter["To"] = "pemohon@contoh.test", "bank@contoh.test"
    letter["Subject"], letter["Message-ID"] = "Surat izin", f"<{number}@contoh.test>"
    letter.set_content("Terlampir.")
    letter.add_attachment(content, maintype="application", subtype="pdf", filename=name)
    with smtplib.SMTP("127.0.0.1", postbox.port) as server:
        server.send_message(letter)
    (attached,) = [part for part in postbox.received[-1].walk() if part.get_filename()]
    return attached.get_payload(decode=True)


OFFER = """([url, name]) => {
  const link = document.createElement("a");
  link.id = "unduh"; link.href = url; link.download = name; link.textContent = name;
  document.body.prepend(link);
}"""


def downloaded(page, url, name="surat.pdf"):
    """Have the browser save it by a click, as who opens the paper does.

    In a window of its own: one window saves only so many files in a row.
    """
    window = page.context.new_page()
    try:
        window.goto(page.url)
        window.evaluate(OFFER, [url, name])
        with window.expect_download() as waiting:
            window.click("#unduh")
        return open(waiting.value.path(), "rb").read()  # noqa: SIM115
    finally:
        window.close()


def travelled(content, number, postbox):
    """Let a file go by ZIP, by e-mail, or by both."""
    ways = (
        zipped,
        lambda file: mailed(file, postbox, number),
        lambda file: mailed(zipped(file), postbox, number),
    )
    return ways[number % 3](content)
