// Loads the page. If a part of it does not come, this says so: what else could say it, may be what is missing.
const SAID = {
  en: ["Parts of this page did not load. Is there a connection?", "Try again"],
  de: ["Teile dieser Seite wurden nicht geladen. Gibt es eine Verbindung?", "Erneut versuchen"],
  es: ["Faltan partes de esta página. ¿Hay conexión?", "Reintentar"],
  fr: ["Des parties de cette page manquent. Y a-t-il une connexion ?", "Réessayer"],
  pt: ["Faltam partes desta página. Há ligação?", "Tentar de novo"],
};

const made = (name, about, ...children) => {
  const element = Object.assign(document.createElement(name), about);
  element.append(...children);
  return element;
};

function say() {
  const language = navigator.languages.map((one) => one.slice(0, 2)).find((one) => one in SAID) ?? "en";
  const [text, again] = SAID[language];
  const button = made("button", { className: "button", onclick: () => location.reload() }, again);
  const said = made("div", {}, made("h1", { className: "notice-title" }, text), button);
  document.documentElement.lang = language;
  document.getElementById("app").replaceChildren(made("main", {}, made("div", { className: "notice", role: "alert" }, said)));
}

import("./main.js").catch(say);
