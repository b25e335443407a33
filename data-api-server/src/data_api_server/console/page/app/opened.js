import { html, useEffect, useErrorBoundary, useState } from "../lib/html.js";
import { t } from "../lib/words.js";
import { Notice } from "../parts/notice.js";
import { Waiting } from "../parts/waiting.js";

// A page, whose module is loaded when somebody goes there.
export function Opened({ page }) {
  const [Page, setPage] = useState(null);
  const [failure, setFailure] = useState(null);
  const [error, reset] = useErrorBoundary();
  useEffect(() => void page?.load().then((module) => setPage(() => module.default), setFailure), [page]);
  if (!page) return html`<${Notice} title=${t("shell.no-pages")} />`;
  if (error || failure) {
    return html`<${Notice} title=${t("shell.broken")} text=${t("shell.broken.text")} onAgain=${error ? reset : reload} />`;
  }
  return Page ? html`<${Page} />` : html`<${Waiting} title=${t(`nav.${page.path}`)} />`;
}

// Browsers remember a module that failed, and one of a new release may not fit to the old ones that are loaded: the whole
// page is loaded again, as soon as the server answers.
const reload = () => fetch("", { method: "HEAD" }).then(() => location.reload(), () => {});
