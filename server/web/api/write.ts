/** Writing for case systems: reporting what was decided there, and opening consultations. */
import type { Context } from 'hono';
import type { z } from 'zod';
import { type Author, type Entry, type Happening, isRefusal, type Refusal } from '../../consultation/entry.ts';
import { makeReference } from '../../consultation/reference.ts';
import { askDutyWorker } from '../../desk/claiming.ts';
import { paceOf } from '../../desk/pace.ts';
import { isUrgent } from '../../desk/urgency.ts';
import type { Flow } from '../../flow/flow.ts';
import { versionOf } from '../../flow/language/version.ts';
import { readAnswers } from '../../flow/walk/written-answers.ts';
import { deskOf, nowOf, type Services, today } from '../kit/services.ts';
import { type ApiEnv, whoIsClient } from './client.ts';
import { answerOnce, parseJson, readJson, refuse } from './idempotency.ts';
import { etagOf, findForClient } from './read.ts';
import { OPENING } from './schemas.ts';

const authorOf = (c: Context<ApiEnv>): Author => ({ by: 'duty worker', who: whoIsClient(c) });

function refuseStale(from: string, now: string): void {
  if (from === now) return;
  refuse('changed-meanwhile', `If-Match is ${from}, and the record has ${now} now. Read it again, and decide again`);
}

/** Appends what the report says, if the consultation is still in the state that the client knows. */
export async function report<Schema extends z.ZodType>(
  services: Services,
  c: Context<ApiEnv>,
  schema: Schema,
  decide: (entries: readonly Entry[], body: z.output<Schema>) => Happening[] | Refusal,
): Promise<Response> {
  const text = await readJson(c);
  const body = parseJson(schema, text);
  const { id, reference } = await findForClient(services, c);
  const from = c.req.header('If-Match');
  if (from === undefined)
    refuse(
      'no-condition',
      'If-Match is missing. Read the record first, and send its ETag: so nothing is written on what you have not seen',
    );
  return answerOnce(services, c, text, async () => {
    const decided = await services.store.log.decide(
      id,
      (entries) => {
        const happenings = decide(entries, body);
        if (!isRefusal(happenings) && happenings.length > 0) refuseStale(from, etagOf(entries.length));
        return happenings;
      },
      authorOf(c),
    );
    if (isRefusal(decided)) throw asProblem(decided);
    return { status: 200, body: { reference, entries: decided.entries.length } };
  });
}

function asProblem({ refused, message, fields }: Refusal): never {
  const kinds = { 'not found': 'not-found', invalid: 'invalid', conflict: 'conflict', withdrawn: 'conflict' } as const;
  const details = Object.entries(fields ?? {}).map(([name, words]) => `${name}: ${words}`);
  return refuse(kinds[refused], [message, ...details].join('; '));
}

/**
 * The consultation is opened, described, sent to the desk and answered in one transaction, so it exists completely or
 * not at all. A call that is repeated after the server died does not open a second one.
 */
export async function openConsultation(services: Services, c: Context<ApiEnv>): Promise<Response> {
  const text = await readJson(c);
  const opening = parseJson(OPENING, text);
  const { id: client, area } = c.get('client');
  const flow = findFlow(services, area, opening.flow);
  const version = versionOf(flow);
  const also = describeOpening(services, flow, opening);
  return answerOnce(services, c, text, async (key) => {
    await services.store.versions.keep(version, flow);
    const { reference, entries } = await services.store.consultations.open({
      area,
      flow: flow.id,
      version,
      by: authorOf(c),
      makeReference: () => makeReference(flow.area.referenceLetter, services.random),
      also,
      endsCall: { client, key, status: 201 },
    });
    return { status: 201, body: { reference, entries: entries.length } };
  });
}

/** Only flows for professionals can be opened: answers of the public and children are not stored. */
function findFlow({ library }: Services, area: string, id: string): Flow {
  const all = [...(library.areas.get(area)?.flows.values() ?? [])].filter(({ reader }) => reader === 'professional');
  const flow = all.find((one) => one.id === id);
  if (flow === undefined) refuse('invalid', `flow is "${id}". There are: ${all.map((one) => one.id).join(', ')}`);
  if (library.withdrawn.has(versionOf(flow))) refuse('conflict', 'This guidance was withdrawn. Ring the front door');
  return flow;
}

function namedIn({ asker, child }: z.output<typeof OPENING>): Happening[] {
  const { name = '', role = '', agency = '', contact = '' } = asker;
  return [
    ...(name + role + agency + contact === ''
      ? []
      : [{ kind: 'asker named' as const, asker: { name, role, agency, contact } }]),
    ...(child === undefined ? [] : [{ kind: 'child named' as const, known: 'yes' as const, name: child.name }]),
  ];
}

function describeOpening(services: Services, flow: Flow, opening: z.output<typeof OPENING>): Happening[] {
  const { answers, wrong } = readAnswers(flow, opening.answers, today(services));
  if (wrong.length > 0) refuse('invalid', wrong.map(({ id, message }) => `answers.${id}: ${message}`).join('; '));
  const known: Happening[] = [
    ...namedIn(opening),
    ...Object.entries(answers).map(([question, answer]) => ({ kind: 'answered' as const, question, answer })),
  ];
  const now = nowOf(services);
  const opened = {
    kind: 'opened' as const,
    area: flow.area.id,
    flow: flow.id,
    version: versionOf(flow),
    reference: '',
  };
  const entries = [opened, ...known].map(
    (what, index): Entry => ({ number: index + 1, at: now.at, by: 'duty worker', what }),
  );
  const desk = deskOf(services, flow.area.id);
  const asked = askDutyWorker(
    entries,
    { question: opening.question, reach: opening.reach },
    { desk, now, urgent: isUrgent(flow, entries), pace: paceOf(flow, entries) },
  );
  return isRefusal(asked) ? asProblem(asked) : [...known, ...asked];
}
