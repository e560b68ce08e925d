"""PDFs, read whole and written anew; what can act, hide a file or burst is refused."""

import zlib

import pikepdf
from embedded_photos import without_private
from refusal_codes import Refused

OBJECTS = 80_000
"""A hundred dense drawings hold some ten thousand."""
NODES = 4_000_000
STREAM = 400 * 2**20
"""Bytes of one stream unpacked: an A0 sheet scanned in colour at 300 dpi."""
UNPACKED = 1536 * 2**20
PIXELS = 400_000_000
ACTING_KEYS = {
    "/JS", "/JavaScript", "/EF", "/EmbeddedFiles", "/EmbeddedFile", "/XFA", "/RichMediaContent",
    "/Collection", "/Launch", "/3DD",
}  # fmt: skip
ACTING_ACTIONS = {
    "/JavaScript", "/Launch", "/ImportData", "/SubmitForm", "/GoToE", "/Rendition", "/Movie",
    "/Sound", "/RichMediaExecute",
}  # fmt: skip
ACTING_TYPES = {"/EmbeddedFile", "/FileAttachment", "/RichMedia", "/Screen", "/3D"}
ACTING = ACTING_KEYS | ACTING_ACTIONS | ACTING_TYPES
DECIDING = ("/S", "/Type", "/Subtype")
"""What calls itself something that acts by one of these is refused, however spoilt the rest is."""
DATA = "/application/json"
"""The one kind of enclosed file that is left out where others are refused: the portal's own permits
and bills say by it what they print (documents/enclosure.py)."""
PRIVATE = ("/AF", "/SpiderInfo")
"""Entries of the catalogue that are left out of the copy; they show nothing."""
TRAILER = {"/Root", "/Size", "/ID"}
ANYWHERE = ("/AA", "/PA", "/OpenAction", "/URI", "/Metadata", "/PieceInfo", "/OPI", "/Ref")
"""Entries that are left out wherever they stand: they run by themselves, point to other files, or
tell of the author."""
HARMLESS = "/GoTo"
"""The one action that stays, a jump within the document: an address that a stranger wrote must not
stand behind a word that an officer may click."""
OLD_FILTERS = {"/LZWDecode", "/LZW", "/RunLengthDecode", "/ASCII85Decode", "/ASCIIHexDecode"}
FLATE = {"/FlateDecode", "/Fl"}
PHOTOS = {"/DCTDecode", "/DCT", "/JPXDecode"}
PHOTO = b"\xff\xd8\xff"
"""How the data of a photo begin, also of one whose /Filter is spoilt."""


def rewrite(source, target, page_limit) -> int:
    """Write the safe copy and return the number of its pages."""
    try:
        pdf = pikepdf.open(source, inherit_page_attributes=False)
    except pikepdf.PasswordError:
        raise Refused("locked") from None
    with pdf:
        if pdf.is_encrypted:
            raise Refused("locked")
        if len(pdf.objects) > OBJECTS:
            raise Refused("complex")
        pages = len(pdf.pages)
        if not pages:
            raise Refused("no_pages")
        if pages > page_limit:
            raise Refused("pages")
        _leave_data_out(pdf)
        _inspect(pdf)
        _undress(pdf)
        pdf.save(
            target, compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.none,
            deterministic_id=True,  # the same file twice is known by its hash
        )  # fmt: skip
    return pages


def _leave_data_out(pdf):
    """Empty the data that the catalogue lists; whatever else is enclosed stays, to be refused."""
    names = _entry(pdf.Root, "/Names")
    listed = _entry(_entry(names, "/EmbeddedFiles"), "/Names")
    specs = list(listed)[1::2] if isinstance(listed, pikepdf.Array) else []
    streams = [_entry(_entry(spec, "/EF"), "/F") for spec in specs]
    if not all(map(_is_data, streams)):
        return
    for spec, stream in zip(specs, streams, strict=True):
        stream.write(b"")
        for node, key in ((stream, "/Type"), (spec, "/EF")):
            if key in node:
                del node[key]
    if specs:
        del names["/EmbeddedFiles"]


def _is_data(node):
    return isinstance(node, pikepdf.Stream) and _name(node.get("/Subtype")) == DATA


def _entry(node, key):
    return node.get(key) if isinstance(node, pikepdf.Dictionary | pikepdf.Stream) else None


def _inspect(pdf):
    """Look at every object, the ones of older revisions too."""
    nodes = unpacked = 0
    for top in pdf.objects:
        stack = [top]
        while stack:
            nodes += 1
            if nodes > NODES:
                raise Refused("complex")
            stack.extend(_parts(stack.pop()))
        if isinstance(top, pikepdf.Stream):
            if _name(top.get("/Type")) == "/Metadata":  # reached by another way than /Metadata
                top.write(b"")
            unpacked += _measure(top, UNPACKED - unpacked)


def _parts(node):
    """Return the direct containers within, after judging the node itself; what is referred to
    comes by itself as an object of the file."""
    if isinstance(node, pikepdf.Array):
        return [item for item in node if _container(item)]
    if not isinstance(node, pikepdf.Dictionary | pikepdf.Stream):
        return []
    entries = dict(node.items())
    _judge(entries)
    _disarm(node, entries)
    return [value for value in entries.values() if _container(value)]


def _container(value):
    return isinstance(value, pikepdf.Array | pikepdf.Dictionary) and not value.is_indirect


def _judge(entries):
    if ACTING_KEYS & entries.keys():
        raise Refused("active")
    if any(_name(entries.get(key)) in ACTING for key in DECIDING):
        raise Refused("active")


def _disarm(node, entries):
    """Take out of one dictionary what would run, lead out of the file or tell of its author."""
    for key in ANYWHERE:
        if key in entries:
            del node[key]
    action = entries.get("/A")
    kind = _name(action.get("/S")) if isinstance(action, pikepdf.Dictionary) else ""
    if kind and kind != HARMLESS:
        del node["/A"]
    if _name(entries.get("/S")) == HARMLESS and "/Next" in entries:
        del node["/Next"]
    if _name(entries.get("/S")) == "/URI":  # of a spoilt link: no /A leads here
        del node["/S"]


def _name(value):
    return str(value) if isinstance(value, pikepdf.Name) else ""


def _measure(stream, left) -> int:
    """Return the bytes that a stream unpacks to; refuse one that bursts, and huge images."""
    pixels = _number(stream.get("/Width")) * _number(stream.get("/Height"))
    if pixels > PIXELS:
        raise Refused("complex")
    filters = stream.get("/Filter")
    names = [] if filters is None else [str(filters)]
    if isinstance(filters, pikepdf.Array):
        names = [str(name) for name in filters]
    if "/F" in stream:  # its data would come from another file
        raise Refused("active")
    if names and names[-1] in PHOTOS and FLATE.issuperset(names[:-1]):
        return _undress_photo(stream, names, left)
    data = memoryview(stream.read_raw_bytes())
    plain = 0 < pixels <= len(data)  # a picture that was never packed may begin like a photo
    if not names and data[:3] == PHOTO and not plain:
        stream.write(without_private(bytes(data)))
        return len(data)
    size = len(data)
    for position, name in enumerate(names):
        if name in FLATE:
            last = position == len(names) - 1
            raw, (data, size, whole) = data, _inflate(data, min(STREAM, left), keep=not last)
            if position == 0 and not whole:
                _repack(stream, raw, filters)
        elif name in OLD_FILTERS:
            # Rare, of one factor at most 1,400: the memory limit stands behind it.
            return min(len(stream.read_bytes()), left)
    return size


def _inflate(data, most, *, keep):
    """Return the unpacked bytes where they are needed, their number, and whether that was all."""
    unpacker, size, out = zlib.decompressobj(), 0, []
    for piece in _pieces(unpacker, data):
        size += len(piece)
        if size > most:
            raise Refused("complex")
        if keep:
            out.append(piece)
    return b"".join(out), size, unpacker.eof and not unpacker.unused_data.strip()


def _pieces(unpacker, data):
    """Yield what unpacks, never holding all; readers too show what comes before a damage."""
    while data and not unpacker.eof:
        try:
            piece = unpacker.decompress(data, 2**20)
        except zlib.error:
            return
        yield piece
        data = unpacker.unconsumed_tail
        if not piece:
            return


def _repack(stream, raw, filters):
    """Keep only what a reader shows: bytes after the end or the damage could hide anything."""
    packer = zlib.compressobj()
    parts = [packer.compress(piece) for piece in _pieces(zlib.decompressobj(), raw)]
    packed = b"".join([*parts, packer.flush()])
    stream.write(packed, filter=filters, decode_parms=stream.get("/DecodeParms"))


def _number(value):
    try:
        return int(value or 0)
    except (TypeError, ValueError):
        return 0


def _undress(pdf):
    """Take out what tells of the author and what would open by itself."""
    for key in set(pdf.trailer.keys()) - TRAILER:
        del pdf.trailer[key]
    for key in PRIVATE:
        if key in pdf.Root:
            del pdf.Root[key]


def _undress_photo(stream, names, left) -> int:
    """Take out of a photo what the camera wrote beside it, and return the bytes that are left."""
    data = stream.read_raw_bytes()
    for _ in names[:-1]:
        data, _size, _whole = _inflate(memoryview(data), min(STREAM, left), keep=True)
    parameters = stream.get("/DecodeParms")
    if isinstance(parameters, pikepdf.Array):
        parameters = parameters[-1] if len(parameters) else None
    clean = without_private(data)
    stream.write(clean, filter=pikepdf.Name(names[-1]), decode_parms=parameters)
    return len(clean)
