// J and K move the focus through the rows, from the one that has it or the note that is shown.

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
  return { j: move(1), k: move(-1) };
}
