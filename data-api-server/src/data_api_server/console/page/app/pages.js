// The pages: the first part of the path, the word and the icon of the navigation, the scope that a key needs, the key
// after G, and the module (its default export is the component; it is loaded when somebody goes there).
// `counts`: its number has words of its own, `calls.live`, since it is no work. `bar`: it stands in the phone's bar. `apart`: it stands below the line.

export const PAGES = [
  { path: "notes", icon: "notes", scope: "read", key: "n", bar: true, load: () => import("../notes/notes-page.js") },

  { path: "ask", icon: "ask", scope: "read", key: "a", bar: true, load: () => import("../ask/ask-page.js") },

  // tasks
  { path: "tasks", icon: "tasks", scope: "read", key: "t", bar: true, load: () => import("../tasks/tasks-page.js") },

  // analyses
  { path: "analyses", icon: "analyses", scope: "read", load: () => import("../analyses/analyses-page.js") },

  // calls
  { path: "calls", icon: "calls", scope: "read", key: "c", counts: "calls", load: () => import("../calls/calls-page.js") },

  { path: "upload", icon: "upload", scope: "write", key: "u", load: () => import("../upload/upload-page.js") },

  { path: "usage", icon: "usage", scope: "read", key: "u", apart: true, load: () => import("../usage/usage-page.js") },

  { path: "settings", icon: "settings", scope: "read", key: "s", apart: true, load: () => import("../settings/settings-page.js") },
];

export const shown = (can) => PAGES.filter((page) => can(page.scope));
