// Preact, and htm in place of JSX. Components with a state of their own are classes: so no import map is needed.
import htm from "../vendor/htm.mjs";
import { h } from "../vendor/preact.mjs";

export { Component, render } from "../vendor/preact.mjs";

export const html = htm.bind(h);
