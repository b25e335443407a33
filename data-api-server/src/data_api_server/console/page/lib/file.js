// A link cannot send the key, so a file is read or made here and handed to the browser.
export function saveFile(name, parts, type = "text/plain") {
  const url = URL.createObjectURL(new Blob([parts].flat(), { type }));
  Object.assign(document.createElement("a"), { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
