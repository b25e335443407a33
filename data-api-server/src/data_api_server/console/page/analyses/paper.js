import { day as dayOf, dayName, length, time } from "../lib/format.js";
import { html } from "../lib/html.js";
import { session } from "../lib/session.js";
import { language, t } from "../lib/words.js";
import { Statement } from "../ask/statement.js";

const inFull = (value, dateStyle) => new Date(value).toLocaleDateString(language.value, { timeZone: "UTC", dateStyle });

// The paper: as it is read here, and as it is printed.
export function Paper({ analysis, template, chosen, onSource }) {
  const { layout, sections, sources, left_out: leftOut, erased_notes: erased, day, name, fields, language: spoken } = analysis;
  const letter = layout === "letter";
  const title = analysis.title || (!letter && Object.values(fields).find(Boolean)) || name;
  const label = (field) => template?.fields.find((one) => one.name === field)?.label ?? field;
  const told = Object.entries(fields).filter(([, text]) => text && (letter || !title.includes(text)));
  const people = t("analyses.people", { count: new Set(sources.map((one) => one.sender_name).filter(Boolean)).size });
  return html`
    <article class="paper" data-layout=${layout} lang=${spoken}>
      <header>
        <div><p>${[session.value.company, !letter && title !== name && name].filter(Boolean).join(", ")}</p>
          ${letter && told.map(([field, text]) => html`<p key=${field} class="paper-to">${text}</p>`)}
          <h1>${title}</h1>
          ${day && html`<p>${inFull(day, "full")}</p>`}
          ${!letter && told.map(([field, text]) => html`<p key=${field}>${label(field)}: ${text}</p>`)}</div>
        <div class="paper-made">${!letter && html`<p>${t("analyses.made-of", { notes: t("ask.notes", { count: analysis.notes }), people })}</p>`}
          <p>${letter ? inFull(dayOf(analysis.made_at), "long") : t("analyses.made-at", { time: `${dayName(analysis.made_at)} ${time(analysis.made_at)}` })}</p></div>
      </header>
      ${erased > 0 && html`<p class="turn-note">${t("analyses.erased", { count: erased })}</p>`}
      ${sections.map((section, place) => html`
        <section key=${place}>
          ${section.heading && html`<h2>${section.heading}</h2>`}
          ${section.statements.map((one, at) => html`<${Statement} key=${at} statement=${one} chosen=${chosen} onSource=${onSource} />`)}
          ${!section.statements.length && html`<p class="statement">${section.nothing}</p>`}
        </section>`)}
      ${leftOut > 0 && html`<p class="turn-note">${t("ask.left-out", { count: leftOut })}</p>`}
      <${Footnotes} citations=${sections.flatMap((section) => section.statements.flatMap((one) => one.citations))} />
    </article>
  `;
}

// In print, the citations: their numbers are counted by the style sheet, in the same order.
const Footnotes = ({ citations }) => html`
  <ol class="footnotes">
    ${citations.map((one, place) => html`<li key=${place}>${one.sender_name} ${one.start === null ? t("notes.wrote") : t("notes.said-at", { time: length(one.start) })} (${dayName(one.received_at)} ${time(one.received_at)}): <q>${one.quote}</q></li>`)}
  </ol>
`;
