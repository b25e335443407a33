import { html, useEffect, useRef, useState } from "../lib/html.js";
import { t } from "../lib/words.js";
import { Bars } from "./bars.js";
import { projected } from "./measures.js";
import { scale } from "./scale.js";

// One measure: this month's number, and a bar a month from zero. The table below has the same numbers.
export function Plot({ measure, usage }) {
  const box = useRef(null);
  const [width, setWidth] = useState(0);
  useEffect(() => {
    const watch = new ResizeObserver(([entry]) => setWidth(Math.floor(entry.contentRect.width)));
    watch.observe(box.current);
    return () => watch.disconnect();
  }, []);
  const values = usage.months.map(measure.of);
  const month = usage.months.at(-1);
  const [ahead, budget] = [projected(usage, measure), measure.budget(month)];
  const most = Math.max(...values, ahead ?? 0, budget ?? 0);
  const name = t(`usage.${measure.name}`);
  const told = t("usage.told", { name, now: measure.say(values.at(-1)), months: values.length, most: measure.say(Math.max(...values)) });
  return html`
    <section class="card plot" aria-labelledby="plot-${measure.name}">
      <header><h2 id="plot-${measure.name}">${name}</h2><span>${measure.parts(month) || t("usage.so-far")}</span></header>
      <p class="plot-now">${measure.say(values.at(-1))}</p>
      <div ref=${box}>
        ${width > 0 && html`<${Bars} label=${told} width=${width} months=${usage.months} values=${values} ahead=${ahead} budget=${budget}
          scale=${scale(most, measure.unit(most), measure.least)} measure=${measure} />`}
      </div>
    </section>
  `;
}
