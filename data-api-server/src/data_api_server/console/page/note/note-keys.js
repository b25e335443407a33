import { useKeys } from "../lib/keys.js";

export const useNoteKeys = ({ press, to, line, unsure, faster }) => useKeys({
  " ": press, ArrowLeft: () => to(-5), ArrowRight: () => to(5), "Shift ArrowLeft": () => line(-1), "Shift ArrowRight": () => line(1),
  "<": () => faster(-1), ">": () => faster(1), u: unsure,
});
