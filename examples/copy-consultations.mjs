/**
 * A small client of Front Door's interface, to learn from: copies each consultation in which something is new into a folder, as one JSON file,
 * and remembers how far it got. It needs Node alone.
 *
 *   FRONT_DOOR=https://frontdoor.example.org FRONT_DOOR_TOKEN=frontdoor_… node examples/copy-consultations.mjs FOLDER
 *
 * Run it every minute, or when a webhook comes. The folder then holds personal data: keep it as safe as the case system.
 */
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const { FRONT_DOOR: server, FRONT_DOOR_TOKEN: token } = process.env;
const folder = process.argv[2];

async function call(path) {
  const response = await fetch(server + path, { headers: { Authorization: `Bearer ${token}` } });
  if (response.ok) return response.json();
  const { status, title, detail } = await response.json().catch(() => ({ title: 'The answer is not from Front Door' }));
  throw new Error(`${status ?? response.status} ${title}. ${detail ?? ''}`);
}

/** Whole or not at all: a file that is half written is never found under its name. */
function save(name, text) {
  const file = join(folder, name);
  writeFileSync(`${file}.part`, text, { mode: 0o600 });
  renameSync(`${file}.part`, file);
}

function readCursor() {
  try {
    return readFileSync(join(folder, 'cursor'), 'utf8').trim();
  } catch {
    return undefined;
  }
}

/** The cursor is kept after the records that it stands for: if this is interrupted, they are copied again. */
async function copyNew() {
  let copied = 0;
  for (let more = true; more; ) {
    const cursor = readCursor();
    const page = await call(`/api/v1/consultations${cursor === undefined ? '' : `?after=${cursor}`}`);
    for (const { reference, href } of page.consultations) {
      const record = await call(href);
      save(`${reference.replaceAll(' ', '')}.json`, JSON.stringify(record, undefined, 2));
      copied++;
    }
    save('cursor', page.next);
    more = page.more;
  }
  return copied;
}

try {
  if (!server || !token || !folder)
    throw new Error('Give FRONT_DOOR, FRONT_DOOR_TOKEN and a folder; see the head of this file');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  console.log(`${await copyNew()} records were copied into ${folder}`);
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
