// J and K move the focus through the rows, from the one that has it or the note that is shown; X archives that one.
import { go, place } from "../app/router.js";
import { can } from "../lib/session.js";
import { archive } from "./archive.js";
import { rows } from "./store.js";

export function moveKeys(scroller) {
  const links = () => [...scroller.current.querySelectorAll("a[data-id]")];
  const here = (all) => {
    const focused = all.indexOf(document.activeElement);
    return focused >= 0 ? focused : all.findIndex((link) => link.hasAttribute("aria-current"));
  };
  const move = (by) => () => {
    const all = links();
    const next = all[Math.max(0, Math.min(all.length - 1, here(all) + by))];
    next?.focus();
    next?.scrollIntoView({ block: "nearest" });
  };
  const putAside = () => {
    const all = links();
    const at = here(all);
    const note = rows.value.find((one) => one.message_id === all[at]?.dataset.id);
    if (!note || !("archived" in note)) return; // an API of an older release cannot
    (all[at + 1] ?? all[at - 1])?.focus();
    if (place.value.path[1] === note.message_id) go("notes");
    archive(note);
  };
  return { j: move(1), k: move(-1), ...(can("write") ? { x: putAside } : {}) };
}
