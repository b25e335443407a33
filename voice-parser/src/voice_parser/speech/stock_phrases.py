"""What speech models write when they hear nothing: the last words of the videos and subtitles they were trained on.

Sources: openai/whisper discussions 679 and 928; "Investigation of Whisper ASR Hallucinations Induced by Non-Speech
Audio" (Barański and others, ICASSP 2025); the lists of ScrAIbe (`scraibe/hallucinations.py`) and Vexa (issues 155,
617).
To add one, write it as the model does: case and the marks around it do not count.
"""

import re


def _listed(phrases: str) -> frozenset[str]:
    return frozenset(" ".join(phrase.split()) for phrase in phrases.replace("\n", "|").split("|") if phrase.strip())


_SUBTITLES = (
    r"\b(untertitel|subtitle|caption|sous-titr|subt[ií]tul|legenda|sottotitol|ondertitel|napisy|titulky|субтитр)"
)

_CREDITS = re.compile(
    rf"""
      (?=.*{_SUBTITLES}).*\bamara\W?org\b.*       # in a dozen languages, in many wordings
    | (?=.*字幕).*amara\W?org.*
    | untertitel(ung)?\b.*\b(zdf|funk|swr|wdr|ndr|mdr|ard|stephanie\ geiges)\b.*
    | (copyright\ )?(wdr|swr|ndr|mdr)\ 20\d\d
    | sous-titrage\ (st\W*\ ?501|société\ radio-canada|fr\W*)
    | sottotitoli\ (e\ revisione\ )?a\ cura\ di\ qtss
    | (\(?[c©]\)?\ ?)?tv\ gelderland\ 20\d\d
    | (www\.)?mooji\.org
    | субтитры\ (сделал|создавал|подогнал|делал).* | редактор\ субтитров.*корректор.*
    | 请不吝点赞.* | 請不吝點贊.* | 优优独播剧场.* | 中文字幕志愿者.* | 字幕志愿者.*
    | \[[^]]*\] | \*[^*]*\* | ♪.*               # [Music], *sighs*, ♪ la la ♪: notes about sounds, not words
    | \((music|applause|laughter|silence|musik|applaus|musique|música|musica|aplausos|applausi|音楽|拍手|음악|музыка)\)
    """,
    re.VERBOSE,
)

_SIGN_OFFS = _listed(
    """
    thank you for watching | thanks for watching | thank you so much for watching | thank you for your watching
    thank you for watching this video | thanks for watching this video | please subscribe to my channel
    please subscribe | don't forget to like and subscribe | like and subscribe | see you in the next video
    see you next video | i'll see you in the next video | i'll see you next time | see you in the next one
    vielen dank fürs zuschauen | vielen dank für's zuschauen | danke fürs zuschauen | bis zum nächsten video
    merci d'avoir regardé cette vidéo | merci d'avoir regardé | abonnez-vous | n'oubliez pas de vous abonner
    gracias por ver | gracias por ver el video | gracias por ver el vídeo | suscríbete | suscríbete al canal
    obrigado por assistir | obrigada por assistir | inscreva-se no canal | grazie per aver guardato
    grazie per la visione | grazie per aver guardato il video | iscriviti al canale | iscrivetevi al canale
    bedankt voor het kijken | bedankt om te kijken | tot de volgende video | vergeet niet te abonneren
    спасибо за просмотр | продолжение следует | подписывайтесь на канал | dziękuję za oglądanie
    izlediğiniz için teşekkürler | izlediğiniz için teşekkür ederim | abone olmayı unutmayın
    ご視聴ありがとうございました | 最後までご視聴いただきありがとうございました | チャンネル登録お願いします
    次の動画でお会いしましょう | 谢谢观看 | 謝謝觀看 | 感谢观看 | 感謝觀看 | 谢谢大家观看 | 谢谢收看 | 多谢观看
    시청해주셔서 감사합니다 | 시청해 주셔서 감사합니다 | 구독과 좋아요 부탁드립니다
    """  # noqa: RUF001 - Turkish has a dotless i
)

_COURTESIES = _listed(
    """
    thank you | thanks | thank you very much | thank you so much | bye | bye bye | bye-bye | goodbye | you | okay | ok
    oh | so | yeah | the end | see you | good night | vielen dank | danke | danke schön | tschüss | ende | merci
    merci beaucoup | au revoir | gracias | muchas gracias | adiós | obrigado | obrigada | tchau | grazie | ciao
    grazie mille | grazie a tutti | arrivederci | bedankt | dank je wel | dankjewel | dank u wel | doei | tot ziens
    спасибо | пока | dziękuję | dzięki | teşekkürler | teşekkür ederim
    ありがとうございました | ありがとうございます | おやすみなさい | はい
    谢谢 | 謝謝 | 谢谢大家 | 再见 | 감사합니다 | 네
    """
)

_SENTENCE_ENDS = re.compile(r"(?<=[.!?…])\s+|(?<=[。！？])\s*|\n+")  # noqa: RUF001 - other scripts' own marks
_MARKS = " \t.,!?…。！？、♥❤\"'“”„«»"  # noqa: RUF001 - as above


def sentences(text: str) -> list[str]:
    """The text's sentences."""
    return [sentence for sentence in _SENTENCE_ENDS.split(text) if sentence.strip()]


def is_credit(sentence: str) -> bool:
    """Whether it is a text that nobody says: the author of subtitles, or a note about a sound."""
    return _CREDITS.fullmatch(_plain(sentence)) is not None


def is_sign_off(sentence: str) -> bool:
    """Whether it is the usual end of a video, and hardly ever of a message."""
    return _plain(sentence) in _SIGN_OFFS


def is_courtesy(sentence: str) -> bool:
    """Whether people say it, but models also write it for a noise."""
    return _plain(sentence) in _COURTESIES


def _plain(sentence: str) -> str:
    return sentence.strip(_MARKS).replace("’", "'").casefold()
