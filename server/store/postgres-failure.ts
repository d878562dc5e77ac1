/** Failures of PostgreSQL and of the connection to it, in words. */
import { OutcomeUnknown, StoreUnavailable } from './failure.ts';

/** Key: an SQLSTATE, its first characters, or an error code of the operating system. */
const UNAVAILABLE: Record<string, string> = {
  '53100': 'The disk of the database is full',
  '53200': 'The database ran out of memory',
  '53300': 'The database has too many connections',
  '57P': 'The database server stops, or starts',
  '57014': 'The database server broke the work off',
  '25006': 'The database may only be read: it is a replica, or was made read-only',
  '25P03': 'The database server broke off a work that waited too long',
  '55P03': 'Another server has kept the database locked',
  '40001': 'Another program changed the same at the same time',
  '40P01': 'Another program changed the same at the same time',
  '42501': 'The rights for this are missing',
  '28': 'The database server does not let this program in: the user or the password is wrong, or not allowed from here',
  '3D000': 'There is no such database',
  '08': 'The connection to the database is broken',
  '58': 'The disk of the database failed to read or write',
  XX: 'The database is damaged, or met a fault of its own',
  ECONNREFUSED: 'The database server cannot be reached: nothing listens there',
  ENOTFOUND: 'The database server cannot be reached: its name is not known',
  EAI_AGAIN: 'The database server cannot be reached: its name cannot be looked up now',
  EHOSTUNREACH: 'The database server cannot be reached',
  ENETUNREACH: 'The database server cannot be reached',
  ETIMEDOUT: 'The database server cannot be reached: it does not answer',
  ECONNRESET: 'The connection to the database is broken',
  EPIPE: 'The connection to the database is broken',
  ENOENT: 'The database server cannot be reached: there is no such socket',
};

/** Errors of the `pg` library itself, which have no code. */
const WITHOUT_CODE: [RegExp, string][] = [
  [/connection terminated|connection ended|not queryable|client was closed/i, 'ECONNRESET'],
  [/timeout|timed out/i, 'ETIMEDOUT'],
  [/SASL|password/i, '28P01'],
  [/does not support SSL|self[- ]signed|certificate/i, '08001'],
];

/** Undefined for an error of our own, such as a broken constraint. */
function codeOf(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  const { code } = error as { code?: unknown };
  // If a host name has several addresses, each of them has failed.
  const [first] = error instanceof AggregateError ? error.errors : [];
  if (first !== undefined) return codeOf(first);
  if (typeof code === 'string' && code !== '') return code;
  return WITHOUT_CODE.find(([words]) => words.test(error.message))?.[1];
}

function wordsOf(code: string): string | undefined {
  const isState = /^[0-9A-Z]{5}$/.test(code) && !/^E[A-Z]{4}$/.test(code);
  const known = isState ? [code, code.slice(0, 3), code.slice(0, 2)] : [code];
  return known.map((part) => UNAVAILABLE[part]).find((words) => words !== undefined);
}

export function asUnavailable(place: string, error: unknown): unknown {
  if (error instanceof StoreUnavailable) return error;
  const code = codeOf(error);
  const words = code === undefined ? undefined : wordsOf(code);
  return code === undefined || words === undefined ? error : new StoreUnavailable(code, `${words}: ${place}`, error);
}

/** Whether the connection was lost with this error, so that the result of a commit is unknown. */
export function isLost(error: unknown): boolean {
  const code = error instanceof StoreUnavailable ? error.code : (codeOf(error) ?? '');
  return /^(57P0[1-3]|25P03|08...|E[A-Z_]+)$/.test(code);
}

export function outcomeUnknown(place: string, error: unknown): OutcomeUnknown {
  const code = error instanceof StoreUnavailable ? error.code : (codeOf(error) ?? '08007');
  return new OutcomeUnknown(code, `The connection to the database broke while it saved: ${place}`, error);
}
