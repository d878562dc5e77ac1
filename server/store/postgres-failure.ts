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
  NO_TLS: 'The database server does not offer TLS, which DATABASE_URL demands',
  BAD_TLS: 'The certificate of the database server is not trusted',
  NO_FILE: 'A file that DATABASE_URL names cannot be read',
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

/** What an operator can do; key as above. The others are for the log of the database server to explain. */
const TO_DO: Record<string, string> = {
  '53100': 'free space on the disk of the database server; then try again',
  '53300': 'raise max_connections in the database server, or end other programs; each server process takes up to ten',
  '57P': 'wait until the database server runs, then try again',
  '57014':
    'find out who or what ended it (pg_cancel_backend, or a program that watches the database server), then try again',
  '25006': 'give the address of the primary in DATABASE_URL, or take default_transaction_read_only away',
  '42501': 'as an administrator: alter database … owner to the user of DATABASE_URL',
  '28': 'look at user and password in DATABASE_URL (characters such as @ : / # % as %40 %3A %2F %23 %25), and at pg_hba.conf',
  '3D000': 'look at the name at the end of DATABASE_URL, or make the database: see "PostgreSQL" in docs/operate.md',
  NO_TLS:
    'switch TLS on in the database server (ssl = on); only on the same machine or network may sslmode be left out',
  BAD_TLS:
    'give the server a certificate for the name in DATABASE_URL, and its authority in sslrootcert=FILE at the end',
  NO_FILE: 'look at sslrootcert, sslcert and sslkey in DATABASE_URL: each is a file in PEM that this user may read',
  ECONNREFUSED: 'start the database server, and look at host and port in DATABASE_URL',
  ENOTFOUND: 'look at the host in DATABASE_URL',
  ETIMEDOUT: 'look at host and port in DATABASE_URL, at the firewall, and whether that server is overloaded',
  ENOENT: 'start the database server, and look at the folder of its socket in DATABASE_URL (unix_socket_directories)',
};

/** Errors of the `pg` library itself, which have no code. */
const WITHOUT_CODE: [RegExp, string][] = [
  [/connection terminated|connection ended|not queryable|client was closed/i, 'ECONNRESET'],
  [/timeout|timed out/i, 'ETIMEDOUT'],
  [/SASL|password/i, '28P01'],
  [/does not support SSL/i, 'NO_TLS'],
  [/self[- ]signed|certificate/i, 'BAD_TLS'],
];

/** Undefined for an error of our own, such as a broken constraint. */
function codeOf(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  const { code, syscall } = error as NodeJS.ErrnoException;
  // If a host name has several addresses, each of them has failed.
  const [first] = error instanceof AggregateError ? error.errors : [];
  if (first !== undefined) return codeOf(first);
  // The library reads these files before it connects.
  if (syscall === 'open' || syscall === 'read' || /^ERR_OSSL_/.test(code ?? '')) return 'NO_FILE';
  // Node has a code for each thing that can be wrong with a certificate.
  if (typeof code === 'string' && /CERT|^UNABLE_TO_|^ERR_(TLS|SSL)_/.test(code)) return 'BAD_TLS';
  if (typeof code === 'string' && code !== '') return code;
  return WITHOUT_CODE.find(([words]) => words.test(error.message))?.[1];
}

function findIn(words: Record<string, string>, code: string): string | undefined {
  const isState = /^[0-9A-Z]{5}$/.test(code) && !/^E[A-Z]{4}$/.test(code);
  const known = isState ? [code, code.slice(0, 3), code.slice(0, 2)] : [code];
  return known.map((part) => words[part]).find((found) => found !== undefined);
}

export function asUnavailable(place: string, error: unknown): unknown {
  if (error instanceof StoreUnavailable) return error;
  const code = codeOf(error);
  const words = code === undefined ? undefined : findIn(UNAVAILABLE, code);
  if (code === undefined || words === undefined) return error;
  return new StoreUnavailable(code, `${words}: ${place}`, error, { todo: findIn(TO_DO, code) });
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
