/** Loads the consultation that a URL names, with its flow and position, if this browser may see it. */
import type { Context } from 'hono';
import type { AreaLine } from '../../../views/kit/page-context.ts';
import { type Consultation, readConsultation } from '../../consultation/consultation.ts';
import type { Entry } from '../../consultation/entry.ts';
import type { Withdrawal } from '../../flow/check/library.ts';
import type { Flow } from '../../flow/flow.ts';
import { NATIONAL } from '../../flow/national.ts';
import { createWalkKeeper } from '../../flow/walk/kept-walks.ts';
import type { Position } from '../../flow/walk/walk.ts';
import { WebProblem } from './problem.ts';
import type { Env, Services } from './services.ts';

/** A parameter of the route. */
export function param(c: Context<Env>, name: string): string {
  const value = c.req.param(name);
  if (value === undefined) throw new WebProblem('not found');
  return value;
}

export interface Found {
  consultation: Consultation;
  flow: Flow;
  position: Position;
  /** Set when its version may no longer be used. */
  withdrawal?: Withdrawal;
}

/** Throws "not found" both for somebody else's consultation and for one that does not exist. */
export async function findConsultation(services: Services, c: Context<Env>, id: string): Promise<Found> {
  await checkHolds(services, c, id);
  const entries = await services.store.log.read(id);
  if (entries === undefined) throw new WebProblem('not found');
  const found = await replay(services, readConsultation(id, entries));
  showArea(c, found.flow);
  return found;
}

export async function checkHolds(services: Services, c: Context<Env>, id: string): Promise<void> {
  if (!(await services.store.consultations.holds(c.get('tokenHash'), id))) throw new WebProblem('not found');
}

const walkOrKept = createWalkKeeper();

/**
 * Follows the answers through the flow version that the consultation uses. It changes nothing, so it can run inside a
 * transaction.
 */
export async function replay(services: Services, consultation: Consultation): Promise<Found> {
  const flow = await findVersion(services, consultation.version);
  const position = walkOrKept(flow, consultation.answers);
  return withWithdrawal(services, { consultation, flow, position });
}

type Replayed = Omit<Found, 'withdrawal'>;

const replayed = new WeakMap<readonly Entry[], Replayed>();

/**
 * The same for entries that are kept in memory between answers (`store/kept-entries.ts`). Callers must not change the
 * result.
 */
export async function replayEntries(services: Services, id: string, entries: readonly Entry[]): Promise<Found> {
  const known = replayed.get(entries);
  if (known !== undefined) return withWithdrawal(services, known);
  const found = await replay(services, readConsultation(id, entries));
  const { consultation, flow, position } = found;
  replayed.set(entries, { consultation, flow, position });
  return found;
}

function withWithdrawal({ library }: Services, found: Replayed): Found {
  const withdrawal = library.withdrawn.get(found.consultation.version);
  return withdrawal === undefined ? found : { ...found, withdrawal };
}

async function findVersion(services: Services, version: string): Promise<Flow> {
  const flow = await services.store.versions.find(version);
  if (flow === undefined) throw new Error(`version ${version} is not in the database`);
  return flow;
}

/** Shows the area's front door beside 999 on the page. */
export function showArea(c: Context<Env>, flow: Flow): void {
  c.set('flow', flow);
  const area = areaLineOf(flow);
  if (area !== undefined) c.set('page', { ...c.get('page'), area });
}

const areaLines = new WeakMap<Flow, AreaLine>();

/** One object for each version of a flow, so that the line on every page is rendered only once. */
export function areaLineOf(flow: Flow): AreaLine | undefined {
  const line = areaLines.get(flow) ?? describeAreaLine(flow);
  if (line !== undefined) areaLines.set(flow, line);
  return line;
}

function describeAreaLine(flow: Flow): AreaLine | undefined {
  const { id, name, frontDoor, frontDoorName } = flow.area;
  if (id === NATIONAL) return undefined;
  const contact = flow.contacts[frontDoor];
  const phones = contact?.conflict === undefined ? (contact?.phones ?? []).map((phone) => phone.number) : [];
  return { id, name, frontDoorName, phones };
}
