"""How a file of the office becomes a message: it is put together in the bucket, listed, and sent to the worker.

Whatever happens between two steps, the client says again that the upload is complete, and it goes on from there.
"""

from collections.abc import Mapping

from ai_voice_shared.artifacts import is_message_id
from ai_voice_shared.aws.object_store import ObjectMissing
from ai_voice_shared.domain import timestamp
from ai_voice_shared.jobs import NoteJob
from ai_voice_shared.records.note_lists import Kind
from ai_voice_shared.records.notes import Note
from ai_voice_shared.stored import media_types
from ai_voice_shared.telemetry import log
from ai_voice_shared.uploading.begun import OPEN_AT_MOST, BegunUpload
from data_api_server.gateway.problems import NotNow, NotThere
from data_api_server.realtime.tickets import Principal
from data_api_server.services import Services

ADDRESSES = 20
"""Parts for which one answer has addresses: a client asks again before the rest have expired."""

_TOO_MANY = f"Your company has {OPEN_AT_MOST} uploads that are not finished. Finish or end some of them first."
_NOT_ALL = "Not all parts have arrived. Read the upload: it says which are missing."
_COMPLETING = "All parts are there, and the upload is becoming a note. Complete it; a note can be erased."

_SPOKEN: tuple[Kind, ...] = ("voice", "video")


def begin(services: Services, caller: Principal, sender_name: str, *, name: str, size: int, media: str) -> BegunUpload:
    """A new upload of the caller's; raises NotNow while too many are open."""
    if len(services.uploads.of_company(caller.company_id)) >= OPEN_AT_MOST:
        raise NotNow(_TOO_MANY)
    upload = services.uploads.begin(
        caller.company_id,
        customer_id=f"key-{caller.key_id}",
        sender_name=sender_name,
        name=name,
        size=size,
        content_type=_content_type(name, media),
    )
    log("upload_begun", company_id=caller.company_id, message_id=upload.upload_id, key_id=caller.key_id)
    return upload


def found(services: Services, company_id: str, upload_id: str) -> BegunUpload:
    """The company's upload; raises NotThere."""
    upload = services.uploads.find(company_id, upload_id)
    if upload is None:
        raise NotThere
    return upload


def arrived(services: Services, upload: BegunUpload) -> Mapping[int, str]:
    """The ETags of the parts that are there, by their numbers: all of them once the file is put together.

    Raises NotThere if its time is over.
    """
    try:
        return services.uploads.arrived(upload)
    except ObjectMissing:
        if not upload.completing:  # S3 has deleted it
            raise NotThere from None
        return dict.fromkeys(upload.sizes(), "")


def addresses(services: Services, upload: BegunUpload, arrived: Mapping[int, str]) -> dict[int, str]:
    """The addresses of the first parts that are missing, by their numbers."""
    missing = [number for number in upload.sizes() if number not in arrived][:ADDRESSES]
    sizes, store, seconds = upload.sizes(), services.store, services.url_seconds
    return {
        number: store.presigned_part(upload.key, upload.s3_id, number, sizes[number], seconds) for number in missing
    }


def complete(services: Services, company_id: str, upload_id: str) -> None:
    """Makes a message of the upload; if it is one already, nothing happens. Raises NotThere or NotNow."""
    upload = services.uploads.find(company_id, upload_id)
    if upload is None:
        if not is_message_id(upload_id) or services.notes.get(company_id, upload_id) is None:
            raise NotThere
        return
    _put_together(services, upload)
    moment = timestamp(services.clock())
    services.notes.open(_listed(upload, moment))
    services.notes_queue.send(_job(upload, moment).to_json(), group=company_id)
    services.uploads.forget(upload)
    log("upload_completed", company_id=company_id, message_id=upload_id)


def end(services: Services, company_id: str, upload_id: str) -> None:
    """Deletes an upload for good; raises NotThere, or NotNow if it is becoming a note."""
    upload = found(services, company_id, upload_id)
    if upload.completing:
        raise NotNow(_COMPLETING)
    services.uploads.end(upload)


def _put_together(services: Services, upload: BegunUpload) -> None:
    try:
        parts = services.uploads.arrived(upload)
        if parts.keys() != upload.sizes().keys():
            raise NotNow(_NOT_ALL)
        if not services.uploads.complete(upload):
            raise NotThere
        services.store.complete_upload(upload.key, upload.s3_id, [parts[number] for number in sorted(parts)])
    except ObjectMissing:  # put together by an earlier request, whose message may have been filed since
        if not _is_there(services, upload) and services.notes.get(upload.company_id, upload.upload_id) is None:
            services.uploads.forget(upload)
            raise NotThere from None


def _is_there(services: Services, upload: BegunUpload) -> bool:
    return any(one.key == upload.key for one in services.store.list(upload.key, 1))


def _listed(upload: BegunUpload, moment: str) -> Note:
    return Note(upload.company_id, upload.upload_id, upload.customer_id, moment, upload.sender_name, _kind(upload))


def _job(upload: BegunUpload, moment: str) -> NoteJob:
    message: dict[str, str | list[str]] = {
        "MessageSid": upload.upload_id,
        "SenderName": upload.sender_name,
        "FileKey0": upload.key,
        "FileType0": upload.content_type,
    }
    if _kind(upload) not in _SPOKEN:  # what is not heard is found by its name, like a document from WhatsApp
        message["Body"] = upload.name
    return NoteJob(message, upload.company_id, upload.customer_id, moment, "upload")


def _kind(upload: BegunUpload) -> Kind:
    """By its declared type; the worker looks at its bytes."""
    kinds: dict[str, Kind] = {"audio": "voice", "video": "video", "image": "image"}
    main = upload.content_type.partition("/")[0]
    return "contact" if upload.content_type == "text/vcard" else kinds.get(main, "document")


def _content_type(name: str, media: str) -> str:
    """The declared type, or that of the name's extension if nobody knows the declared one."""
    declared = media.partition(";")[0].strip().lower()
    known = media_types.named(declared)
    extension = name.rpartition(".")[2].lower() if "." in name else ""
    by_name = media_types.of_extension(extension, declared.partition("/")[0])
    if known:
        return known.name
    return by_name.name if by_name else media_types.BINARY
