import { html, useEffect, useErrorBoundary, useState } from "../lib/html.js";
import { t } from "../lib/words.js";
import { Notice } from "../parts/notice.js";
import { Waiting } from "../parts/waiting.js";

// A page, whose module is loaded when somebody goes there.
export function Opened({ page }) {
  const [Page, setPage] = useState(null);
  const [failure, setFailure] = useState(null);
  const [error, reset] = useErrorBoundary();
  const load = () => {
    setFailure(null);
    page?.load().then((module) => setPage(() => module.default), setFailure);
  };
  useEffect(load, [page]);
  if (!page) return html`<${Notice} title=${t("shell.no-pages")} />`;
  if (error || failure) {
    const again = () => (error ? reset() : load());
    return html`<${Notice} title=${t("shell.broken")} text=${t("shell.broken.text")} onAgain=${again} />`;
  }
  return Page ? html`<${Page} />` : html`<${Waiting} />`;
}
