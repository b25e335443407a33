// Sends a file in parts to the addresses that the API gives, and goes on with what has not arrived.
import { api } from "../lib/api.js";

const TRIES = 4;

// `onSent(bytes)` tells how much has arrived, or is on its way. Gives back the message's id. `stop`: an AbortSignal.
export async function send(file, uploadId, { onBegun, onSent, stop }) {
  const begin = () => api.post("v1/uploads", { name: file.name, size: file.size, media_type: file.type });
  let { data } = uploadId ? await api.get(`v1/uploads/${uploadId}`) : await begin();
  onBegun(data);
  for (let tries = 0; data.parts.length; ) {
    const before = data.arrived.length;
    try {
      await sendParts(file, data, onSent, stop);
    } catch (error) {
      if (stop.aborted || ++tries === TRIES) throw error;
      await new Promise((done) => setTimeout(done, 1000 * 2 ** tries));
    }
    data = (await api.get(`v1/uploads/${data.upload_id}`)).data;
    if (data.arrived.length > before) tries = 0;
  }
  stop.throwIfAborted();
  return (await api.post(`v1/uploads/${data.upload_id}/complete`)).data.message_id;
}

async function sendParts(file, data, onSent, stop) {
  let arrived = arrivedOf(data);
  for (const part of data.parts) {
    const body = file.slice(part.offset, part.offset + part.size, ""); // without a type the bucket asks for no header
    await put(part.url, body, (sent) => onSent(arrived + sent), stop);
    arrived += part.size;
    onSent(arrived);
  }
}

export function arrivedOf({ size, part_size: part, arrived }) {
  return arrived.reduce((sum, number) => sum + Math.min(part, size - (number - 1) * part), 0);
}

// Not fetch: only this tells how much has been sent.
function put(url, body, onSent, stop) {
  return new Promise((done, failed) => {
    const request = new XMLHttpRequest();
    stop.throwIfAborted();
    stop.addEventListener("abort", () => request.abort(), { once: true });
    request.upload.onprogress = (event) => onSent(event.loaded);
    request.onload = () => (request.status === 200 ? done() : failed(new Error(String(request.status))));
    request.onerror = request.onabort = () => failed(new Error("no answer"));
    request.open("PUT", url);
    request.send(body);
  });
}
