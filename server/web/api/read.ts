/**
 * Reading for case systems: what is new, and the record of one consultation. Each access is logged in the transaction
 * that reads it.
 */
import type { Context } from 'hono';
import { paths } from '../../base/paths.ts';
import { readConsultation } from '../../consultation/consultation.ts';
import { parseReference } from '../../consultation/reference.ts';
import { readDeskCase } from '../../desk/desk-case.ts';
import { type RecordJson, toJson } from '../../export/json.ts';
import { withoutPathway } from '../../pathway/pathway.ts';
import { replay } from '../kit/load-consultation.ts';
import { recordOf } from '../kit/record-files.ts';
import type { Services } from '../kit/services.ts';
import { type ApiEnv, whoIsClient } from './client.ts';
import { parse, refuse } from './idempotency.ts';
import { LIST_QUERY } from './schemas.ts';

/** A reference in the form used in paths, without spaces. */
export function hrefOf(reference: string): string {
  return paths.apiConsultation(reference.replaceAll(' ', ''));
}

export async function listConsultations(services: Services, c: Context<ApiEnv>): Promise<Response> {
  const { store } = services;
  const { after, limit } = parse(LIST_QUERY, c.req.query());
  const since = after === undefined ? 0 : readCursor(after);
  const { area } = c.get('client');
  const { changed, newest } = await store.clients.changedSince(area, since, limit);
  if (since > newest)
    refuse(
      'invalid',
      `The cursor "${after}" is ahead of all that was written: a backup was restored, or it is another server’s. Begin without one`,
    );
  const shown = changed.map(({ consultation }) => consultation);
  const body = { page: c.req.path, shown };
  await store.accessLog.add({ who: whoIsClient(c), area, what: 'view', body });
  const last = changed.at(-1)?.seq ?? since;
  return c.json({
    consultations: changed.map(({ reference, flow, state }) => ({
      reference,
      area,
      flow,
      state,
      href: hrefOf(reference),
    })),
    next: makeCursor(last),
    more: changed.length === limit && last < newest,
  });
}

const makeCursor = (seq: number) => Buffer.from(`entry ${seq}`).toString('base64url');

function readCursor(text: string): number {
  const seq = /^entry (\d{1,15})$/.exec(Buffer.from(text, 'base64url').toString('utf8'))?.[1];
  return seq === undefined
    ? refuse('invalid', `after is "${text}", which is no cursor. Give "next" of the call before, or leave it out`)
    : Number(seq);
}

/**
 * The same "not found" for another area's consultation, one that was never sent to the desk, and one that does not
 * exist.
 */
export async function findForClient(services: Services, c: Context<ApiEnv>) {
  const reference = parseReference(c.req.param('reference') ?? '');
  const line = reference === undefined ? undefined : await services.store.consultations.findByReference(reference);
  if (line === undefined || line.area !== c.get('client').area)
    refuse('not-found', 'There is no consultation with this reference in your area. Look at the reference');
  return line;
}

/** Reads a record and logs the access. `Answer`: the part of the record that is sent. */
export async function sendRecord(
  services: Services,
  c: Context<ApiEnv>,
  choose: (record: RecordJson) => object,
): Promise<Response> {
  const { id } = await findForClient(services, c);
  const { area } = c.get('client');
  const known = c.req.header('If-None-Match');
  const entries = await services.store.readAndLog(async ({ log }) => {
    const entries = (await log.read(id)) ?? [];
    if (readDeskCase(entries) === undefined)
      refuse('not-found', 'There is no consultation with this reference in your area. Look at the reference');
    const isKnown = known === etagOf(entries.length);
    const body = { page: c.req.routePath, upTo: entries.length };
    return {
      shown: entries,
      access: isKnown ? undefined : { who: whoIsClient(c), area, what: 'export', consultation: id, body },
    };
  });
  const etag = etagOf(entries.length);
  c.header('ETag', etag);
  if (known === etag) return c.body(null, 304);
  // What the specialist team writes is for them only. A case system, like the duty desk, sees only that there is an
  // entry.
  const shown = withoutPathway(entries);
  const record = toJson(await recordOf(services, await replay(services, readConsultation(id, shown))));
  return c.json(choose(record));
}

/** Entries are only ever appended, so their number identifies the state. */
export function etagOf(entries: number): string {
  return `"${entries}"`;
}
