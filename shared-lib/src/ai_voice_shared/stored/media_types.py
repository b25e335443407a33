"""The types of files that people send: every name of a media type, its extension, and its Content-Type.

The names are those that Twilio accepts (Twilio, "Accepted content types for media"), that IANA registers ("Media
Types"), and that phones and browsers use instead (MDN, "Common media types"). The tables of a machine are not used,
because they differ between machines.
"""

from dataclasses import dataclass

BINARY = "application/octet-stream"
"""The type of unknown files. A browser saves them and never runs them."""

_RUN_BY_BROWSERS = {"application/xhtml+xml", "application/xml", "image/svg+xml", "text/html", "text/javascript"}
"""A sender's script would run with the rights of the reader (OWASP, "File Upload Cheat Sheet")."""

_SHOWN = {"application/json", "application/pdf", "text/plain; charset=utf-8"}
"""Also shown, like sound, films and pictures: a browser's PDF viewer runs in a sandbox."""


@dataclass(frozen=True)
class MediaType:
    """One type of file.

    Attributes:
        name: as IANA registers it, or its usual name.
        extensions: without a dot; the first is what we give.
        aliases: what it is also called.
    """

    name: str
    extensions: tuple[str, ...]
    aliases: tuple[str, ...] = ()

    @property
    def main(self) -> str:
        """`audio`, `video`, `image`, `text` or `application`."""
        return self.name.partition("/")[0]

    @property
    def served(self) -> str:
        """The Content-Type to store it and serve it with."""
        if self.name in _RUN_BY_BROWSERS:
            return BINARY
        return f"{self.name}; charset=utf-8" if self.name == "text/plain" else self.name


def _row(name: str, extensions: str, aliases: str = "") -> MediaType:
    return MediaType(name, tuple(extensions.split()), tuple(aliases.split()))


TABLE = (
    _row("audio/3gpp", "3gp 3gpp 3ga"),
    _row("audio/3gpp2", "3g2"),
    _row("audio/aac", "aac adts", "audio/aacp audio/x-aac audio/x-hx-aac-adts audio/vnd.dlna.adts"),
    _row("audio/ac3", "ac3"),
    _row("audio/aiff", "aiff aif aifc", "audio/x-aiff"),
    _row("audio/amr", "amr", "audio/amr-nb audio/x-amr"),
    _row("audio/amr-wb", "awb"),
    _row("audio/basic", "au snd", "audio/x-au"),
    _row("audio/flac", "flac", "audio/x-flac"),
    _row("audio/l24", "l24"),
    _row("audio/midi", "mid midi", "audio/mid audio/x-midi"),
    _row("audio/mp4", "m4a m4b", "audio/m4a audio/x-m4a audio/m4b audio/x-m4b audio/mp4a-latm audio/x-mp4"),
    _row("audio/mpeg", "mp3 mpga mp2", "audio/mp3 audio/x-mp3 audio/mpeg3 audio/x-mpeg audio/mpg audio/x-mpeg-3"),
    _row("audio/ogg", "ogg oga opus", "application/ogg audio/opus audio/x-opus+ogg audio/vorbis audio/x-vorbis+ogg"),
    _row("audio/vnd.rn-realaudio", "ra", "audio/x-realaudio audio/x-pn-realaudio"),
    _row("audio/wav", "wav", "audio/wave audio/x-wav audio/vnd.wave audio/x-pn-wav"),
    _row("audio/webm", "webm weba"),
    _row("audio/x-caf", "caf", "audio/caf"),
    _row("audio/x-matroska", "mka", "audio/matroska"),
    _row("audio/x-ms-wma", "wma"),
    _row("video/3gpp", "3gp 3gpp", "video/3gp video/3gpp-tt"),
    _row("video/3gpp2", "3g2"),
    _row("video/h261", "h261"),
    _row("video/h263", "h263", "video/h263-1998 video/h263-2000"),
    _row("video/h264", "h264"),
    _row("video/mp2t", "ts"),
    _row("video/mp4", "mp4 m4v", "video/mpeg4 video/x-m4v video/x-mp4 application/mp4"),
    _row("video/mpeg", "mpg mpeg"),
    _row("video/ogg", "ogv"),
    _row("video/quicktime", "mov qt"),
    _row("video/webm", "webm"),
    _row("video/x-flv", "flv"),
    _row("video/x-matroska", "mkv", "video/matroska"),
    _row("video/x-ms-wmv", "wmv asf", "video/x-ms-asf application/vnd.ms-asf"),
    _row("video/x-msvideo", "avi", "video/avi video/msvideo video/vnd.avi"),
    _row("image/avif", "avif"),
    _row("image/bmp", "bmp", "image/x-ms-bmp image/x-bmp"),
    _row("image/gif", "gif"),
    _row("image/heic", "heic", "image/heic-sequence"),
    _row("image/heif", "heif", "image/heif-sequence"),
    _row("image/jpeg", "jpg jpeg jpe jfif", "image/jpg image/pjpeg"),
    _row("image/png", "png", "image/apng image/x-png"),
    _row("image/svg+xml", "svg"),
    _row("image/tiff", "tif tiff"),
    _row("image/webp", "webp"),
    _row("text/calendar", "ics"),
    _row("text/csv", "csv", "text/comma-separated-values"),
    _row("text/html", "html htm"),
    _row("text/javascript", "js mjs", "application/javascript application/x-javascript"),
    _row("text/markdown", "md"),
    _row("text/plain", "txt text log"),
    _row("text/richtext", "rtx"),
    _row("text/vcard", "vcf", "text/x-vcard text/directory application/vcard"),
    _row("application/epub+zip", "epub"),
    _row("application/gzip", "gz", "application/x-gzip"),
    _row("application/json", "json"),
    _row("application/msword", "doc"),
    _row("application/pdf", "pdf", "application/x-pdf"),
    _row("application/rtf", "rtf", "text/rtf"),
    _row("application/vnd.apple.pkpass", "pkpass"),
    _row("application/vnd.ms-excel", "xls"),
    _row("application/vnd.ms-powerpoint", "ppt"),
    _row("application/vnd.oasis.opendocument.presentation", "odp"),
    _row("application/vnd.oasis.opendocument.spreadsheet", "ods"),
    _row("application/vnd.oasis.opendocument.text", "odt"),
    _row("application/vnd.openxmlformats-officedocument.presentationml.presentation", "pptx"),
    _row("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx"),
    _row("application/vnd.openxmlformats-officedocument.wordprocessingml.document", "docx"),
    _row("application/vnd.rar", "rar", "application/x-rar-compressed application/x-rar"),
    _row("application/x-7z-compressed", "7z"),
    _row("application/xhtml+xml", "xhtml xht"),
    _row("application/xml", "xml", "text/xml"),
    _row("application/zip", "zip", "application/x-zip-compressed"),
)

_BY_NAME = {name: row for row in TABLE for name in (row.name, *row.aliases)}


def named(name: str) -> MediaType | None:
    """The type with that name (lower case, without parameters); None for an unknown one."""
    return _BY_NAME.get(name)


def of_extension(extension: str, main: str = "") -> MediaType | None:
    """The type of files with this extension (lower case, no dot); if there are several, that of the main type."""
    rows = [row for row in TABLE if extension in row.extensions]
    return next((row for row in rows if row.main == main), rows[0] if rows else None)


def served(extension: str, main: str = "") -> str:
    """The Content-Type with which to serve a file with this extension."""
    found = of_extension(extension, main)
    return found.served if found else BINARY


def is_shown(content_type: str) -> bool:
    """Whether a browser may show this type; all others are only saved."""
    return content_type in _SHOWN or content_type.partition("/")[0] in {"audio", "video", "image"}
