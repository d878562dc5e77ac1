/** Loads the consultation that a desk URL names, with its desk case, if this person may see it. */

import type { Context } from 'hono';
import type { AccessKind } from '../../audit/access.ts';
import { describeInstant } from '../../base/days.ts';
import { paths } from '../../base/paths.ts';
import { type Consultation, readConsultation } from '../../consultation/consultation.ts';
import type { Who } from '../../consultation/desk-happening.ts';
import type { Author, Entry } from '../../consultation/entry.ts';
import { type AdviceSoFar, adviseSoFar } from '../../consultation/provisional-advice.ts';
import type { Result } from '../../consultation/result.ts';
import { type DeskCase, readDeskCase } from '../../desk/desk-case.ts';
import { type PerhapsSame, perhapsSameAs } from '../../desk/perhaps-same.ts';
import { childKeysOf, type QueueRow } from '../../desk/queue-row.ts';
import { describeUrgency } from '../../desk/urgency.ts';
import { type Desk, type DeskField, fieldsFor } from '../../flow/desk.ts';
import type { Flow } from '../../flow/flow.ts';
import type { Position } from '../../flow/walk/walk.ts';
import { type Pathway, readPathway, withoutPathway } from '../../pathway/pathway.ts';
import { type Action, findScope } from '../../people/permissions.ts';
import type { FoundByName } from '../../store/queue-rows.ts';
import { readAndLog } from '../kit/access-log.ts';
import { checkReach, mayDo, personOf, targetOf } from '../kit/allow.ts';
import { replay, showArea } from '../kit/load-consultation.ts';
import { WebProblem } from '../kit/problem.ts';
import { resultOf } from '../kit/record-files.ts';
import { deskOf, type Env, type Services } from '../kit/services.ts';

export interface DeskConsultation {
  line: QueueRow;
  consultation: Consultation;
  flow: Flow;
  position: Position;
  deskCase: DeskCase;
  desk: Desk;
  /** The area's fields that are asked in this consultation. */
  fields: DeskField[];
  /** Undefined until the questions are finished. */
  result?: Result;
  /** Given while questions are open as well; undefined before the first answer. */
  advice?: AdviceSoFar;
  /** Whether the child has a pathway. Everybody at the desk may know that. */
  pathway?: PathwayKnown;
}

export interface PathwayKnown {
  team: string;
  state: Pathway['state'];
  openedAt: string;
}

/** Throws "not found" for another area's consultation, and for one that was never sent to the desk. */
export async function loadDeskConsultation(services: Services, c: Context<Env>, id: string): Promise<DeskConsultation> {
  const row = await services.store.queueRows.find(id);
  checkRowReach(c, row);
  return readDeskConsultation(services, c, row);
}

/**
 * Throws "not found" unless the person may do this to the consultation. The action is the route's, unless another is
 * given.
 */
export function checkRowReach(
  c: Context<Env>,
  row: QueueRow | undefined,
  action: Action = c.get('action'),
): asserts row is QueueRow {
  if (row === undefined) throw new WebProblem('not found');
  checkReach(c, targetOf(row), action);
}

/**
 * Throws a problem that says who has it now, for somebody who had it before and lost it, such as in the middle of a
 * call.
 */
export async function checkNotGone(services: Services, c: Context<Env>, id: string): Promise<void> {
  const row = await services.store.queueRows.find(id);
  if (row === undefined || mayDo(c, c.get('action'), targetOf(row))) return;
  if (!mayDo(c, 'consultation.see', targetOf(row))) return;
  const { deskCase } = await readDeskConsultation(services, c, row);
  if (!deskCase.claimants.includes(personOf(c).id)) return;
  const goOn = { href: paths.deskRecord(id), words: 'Go to the record' };
  throw new WebProblem('not yours now', goOn, `${describeHolder(row, deskCase)}. Nothing was saved by this.`);
}

/** Who has it now, or why nobody has. The previous worker needs it to decide what to do next. */
export function describeHolder(row: QueueRow, { since, reopenings }: DeskCase): string {
  if (row.workerName !== null) return `${row.workerName} has it now`;
  const news = reopenings.at(-1);
  if (news?.at !== since) return 'Nobody has it now: it was handed back to the queue. Claim it to go on';
  const danger = row.danger === '' ? '' : ` (${describeUrgency(row)})`;
  return `Nobody has it now: whoever asked wrote again on ${describeInstant(news.at)}${danger}. Read what is new, and claim it again`;
}

export interface ViewedConsultation extends DeskConsultation {
  /** Consultations about a child of the same name, including this one. */
  sameChild: QueueRow[];
  /** Consultations about a child with a similar name. */
  similarChild: FoundByName[];
  /** Other open consultations that may be about the same worry. */
  perhapsSame: PerhapsSame[];
  /** Pathways that were opened from the other consultations about a child of this name. */
  otherPathways: { consultation: string; reference: string; state: string }[];
}

/**
 * Loads the consultation to show it, and logs the access in the same transaction. `action`: the permission to check, if
 * it is not the route's.
 */
export async function viewDeskConsultation(
  services: Services,
  c: Context<Env>,
  id: string,
  { what = 'view', action }: { what?: AccessKind; action?: Action } = {},
): Promise<ViewedConsultation> {
  const seen = await readAndLog(services, c, async ({ desk, log, pathways }) => {
    const line = await desk.find(id);
    checkRowReach(c, line, action);
    const entries = (await log.read(id)) ?? [];
    const { area } = line;
    const names = childKeysOf(entries);
    const sameChild = await desk.onSameChild(area, names);
    const similarChild = what === 'view' ? await desk.onSimilarChild(area, names) : [];
    const perhapsSame = what === 'view' && line.state !== 'closed' ? perhapsSameAs(line, await desk.queue(area)) : [];
    // A file or a print contains nothing from the other consultations about a child of the same name.
    const beside = what === 'view' ? [...sameChild, ...similarChild, ...perhapsSame.map((one) => one.line)] : [];
    const others = [...new Set(beside.map(({ consultation }) => consultation))].filter((other) => other !== id);
    const otherPathways = await pathways.among(
      sameChild.map(({ consultation }) => consultation).filter((other) => other !== id),
    );
    const body = { upTo: entries.length, ...(others.length > 0 && { shown: others }) };
    const shown = { line, entries, sameChild, similarChild, perhapsSame, otherPathways };
    return { shown, access: { what, consultation: id, body } };
  });
  const { line, entries, ...beside } = seen;
  return { ...(await readDeskConsultation(services, c, line, entries)), ...beside };
}

export async function readDeskConsultation(
  services: Services,
  c: Context<Env>,
  line: QueueRow,
  known?: readonly Entry[],
): Promise<DeskConsultation> {
  const all = known ?? (await services.store.log.read(line.consultation));
  const entries = all === undefined || mayDo(c, 'pathway.see', targetOf(line)) ? all : withoutPathway(all);
  const deskCase = readDeskCase(entries ?? []);
  if (all === undefined || entries === undefined || deskCase === undefined) throw new WebProblem('not found');
  const pathway = readPathway(all);
  const { consultation, flow, position } = await replay(services, readConsultation(line.consultation, entries));
  showArea(c, flow);
  const desk = deskOf(services, line.area);
  const result = resultOf(services, { consultation, flow, position });
  const advice = adviseSoFar(flow, consultation.answers, position);
  const fields = fieldsFor(desk, consultation.flow, position.standing.level);
  return {
    line,
    consultation,
    flow,
    position,
    deskCase: deskCase,
    desk,
    fields,
    ...(result !== undefined && { result }),
    ...(advice !== undefined && { advice }),
    ...(pathway !== undefined && { pathway: describePathway(pathway) }),
  };
}

/** What everybody at the desk may know about a child's pathway. */
function describePathway({ opened: { team, at }, state }: Pathway): PathwayKnown {
  return { team, state, openedAt: at };
}

export function whoIs(c: Context<Env>): Who {
  const { id, name, role } = personOf(c);
  return { id, name, role };
}

export function authorOf(c: Context<Env>): Author {
  return { by: 'duty worker', who: whoIs(c) };
}

/** The other people of the area who may claim a consultation. */
export async function colleaguesOf(services: Services, c: Context<Env>): Promise<Who[]> {
  const person = personOf(c);
  const accounts = await services.store.people.accounts.listOf(person.area);
  return accounts
    .filter(({ id, role, joinedAt, disabledAt }) => {
      const canClaim = findScope(role, 'consultation.claim') !== undefined;
      return id !== person.id && canClaim && joinedAt !== null && disabledAt === null;
    })
    .map(({ id, name, role }) => ({ id, name, role }));
}
