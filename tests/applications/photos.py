"""Photos of printed sheets as a phone takes them: askew, tilted, badly lit, blurred, packed."""

import io

import pypdfium2
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageFilter

DPI = 150
QUALITY = 60


def page(pdf, number=1):
    """Return one page of a PDF as a grey picture."""
    return pypdfium2.PdfDocument(pdf)[number - 1].render(scale=DPI / 72).to_pil().convert("L")


def taken(sheet, rnd, *, width=1600, turn=3, tilt=0.06):
    """Return a sheet as a photo: turned (degrees), tilted (share of a side), scaled and blurred."""
    pad = sheet.width // 8
    table = Image.new("L", (sheet.width + 2 * pad, sheet.height + 2 * pad), rnd.randint(60, 140))
    table.paste(sheet, (pad, pad))
    table = table.rotate(rnd.choice((-turn, turn)), Image.Resampling.BICUBIC, fillcolor=90)
    seen = _in_perspective(table, rnd, tilt)
    light = Image.linear_gradient("L").rotate(rnd.choice((0, 90, 180, 270))).resize(seen.size)
    seen = Image.composite(seen, seen.point(lambda value: int(value * 0.6)), light)
    seen = seen.resize((width, round(seen.height * width / seen.width)))
    return seen.filter(ImageFilter.GaussianBlur(rnd.uniform(0.3, 1) * width / 1600))


def _in_perspective(image, rnd, tilt):
    wide, high = image.size
    flat = ((0, 0), (wide, 0), (wide, high), (0, high))
    bent = [
        (abs(x - rnd.uniform(0, tilt) * wide), abs(y - rnd.uniform(0, tilt) * high))
        for x, y in flat
    ]
    return image.transform(
        image.size, Image.Transform.PERSPECTIVE, _solved(flat, bent), Image.Resampling.BICUBIC
    )


def _solved(flat, bent):
    """Return the eight coefficients that lead from each of four points to another."""
    rows = []
    for (x, y), (u, v) in zip(flat, bent, strict=True):
        rows.append([x, y, 1, 0, 0, 0, -u * x, -u * y, u])
        rows.append([0, 0, 0, x, y, 1, -v * x, -v * y, v])
    for i in range(8):
        best = max(range(i, 8), key=lambda r: abs(rows[r][i]))
        rows[i], rows[best] = rows[best], rows[i]
        rows[i] = [value / rows[i][i] for value in rows[i]]
        for r in range(8):
            if r != i:
                rows[r] = [a - rows[r][i] * b for a, b in zip(rows[r], rows[i], strict=True)]
    return [row[8] for row in rows]


def jpeg(image, name="foto.jpg", quality=QUALITY):
    out = io.BytesIO()
    image.convert("RGB").save(out, "JPEG", quality=quality)
    return SimpleUploadedFile(name, out.getvalue(), "image/jpeg")
