import { Component, html } from "../lib/html.js";
import { t } from "../lib/words.js";
import { Icon } from "../parts/icon.js";
import { Voice } from "./voice.js";

// A file: a voice message that plays, a picture, a film, or a file to open.
export class Media extends Component {
  render({ file }, { gone = false }) {
    const onError = () => this.setState({ gone: true });
    const kind = file.content_type.split("/")[0];
    if (gone) return html`<p class="bubble-thing"><${Icon} name="file" /><span>${t("media.gone")}</span></p>`;
    // a large recording is a file on WhatsApp
    if (kind === "audio" && file.voice !== false) return html`<${Voice} url=${file.url} />`;
    if (kind === "image") return html`<img class="bubble-picture" src=${file.url} alt=${t("media.picture")} onError=${onError} />`;
    if (kind === "video") return html`<video class="bubble-picture" src=${file.url} controls aria-label=${t("media.film")} onError=${onError}></video>`;
    return html`<p class="bubble-thing"><${Icon} name="file" /><span><a href=${file.url} target="_blank" rel="noopener">${t("media.file")}</a><small>${file.content_type}</small></span></p>`;
  }
}
