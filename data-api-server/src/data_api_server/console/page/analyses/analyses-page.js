import { go, href, place } from "../app/router.js";
import { html, useEffect, useRef, useState } from "../lib/html.js";
import { useKeys } from "../lib/keys.js";
import { live } from "../lib/live.js";
import { can } from "../lib/session.js";
import { language, t } from "../lib/words.js";
import { Source } from "../ask/source.js";
import { Icon } from "../parts/icon.js";
import { pause } from "../parts/player.js";
import { Waiting } from "../parts/waiting.js";
import { moveKeys } from "../notes/moving.js";
import { Analysis } from "./analysis.js";
import { List } from "./list.js";
import { choose, forget, load, made, moves, problem, refresh, templates } from "./store.js";
import { Template } from "./template.js";
import { TemplateForm } from "./template-form.js";

const POLL = 15_000; // milliseconds, while one is made: a push can be lost

// `#/analyses/ID` is a template or what was made with one; `#/analyses/new` writes one, from another one with `?as=ID`.
export default function AnalysesPage() {
  const side = useRef(null);
  const [source, setSource] = useState(null);
  const [id, act] = place.value.path.slice(1);
  const { note, title, as } = place.value.query;
  const close = () => (pause(), setSource(null));
  useEffect(() => pause, []); // the sound does not go on on another page
  useEffect(close, [id]);
  useEffect(() => void load(), [language.value]);
  const moving = made.value.some(moves);
  useEffect(() => {
    const again = () => document.hidden || refresh().catch(() => {});
    const timer = moving && setInterval(again, POLL);
    const ends = [
      live.on("analysis", ({ status }) => status === "working" || again()),
      live.on("note.erased", ({ message_id: gone }) => forget(gone).catch(() => {})),
    ];
    return () => (clearInterval(timer), ends.forEach((end) => end()));
  }, [moving]);
  useEffect(() => void (note && choose({ notes: [{ id: note, title: title ?? note }] })), [note]);
  const { j, k } = moveKeys(side);
  const writes = can("write") && (id === "new" || act === "edit");
  useKeys({ j, k, Escape: () => (source ? close() : id && !writes && go("analyses")) });
  const found = (wanted) => templates.value?.find((one) => one.template_id === wanted);
  const onSource = (citation) => (setSource(citation), citation.start === null && pause());
  const open = () => {
    if (id?.startsWith("an_")) return html`<${Analysis} key=${id} id=${id} source=${source} onSource=${onSource} />`;
    if (!templates.value) return id && !problem.value && html`<${Waiting} />`;
    if (writes && (id === "new" || found(id))) return html`<${TemplateForm} key=${id + as} base=${found(as ?? id)} fresh=${id === "new"} />`;
    return html`<${Template} key=${id} template=${found(id) ?? templates.value[0]} />`;
  };
  return html`
    <div class="analyses" data-chosen=${Boolean(id)} data-source=${Boolean(source)}>
      <section class="an-list" ref=${side}>
        <${List} id=${id} />
      </section>
      <section class="an-open">
        <a class="notes-back" href=${href("analyses")}><${Icon} name="back" />${t("nav.analyses")}</a>
        ${open()}
      </section>
      ${source && html`<${Source} citation=${source} onClose=${close} />`}
    </div>
  `;
}
