/** The address of a PostgreSQL database, read in the way of the library that connects to it. */

export interface DatabaseAddress {
  /** A host, or the folder of a socket. */
  host: string;
  port: string;
  database: string;
}

const TLS_MODES = ['disable', 'no-verify', 'prefer', 'require', 'verify-ca', 'verify-full'];
const USUAL_PORT = '5432';

/** `URL` refuses a user without a host, which is how a socket that `?host=` names is often written. */
const NO_HOST = 'no-host.invalid';

function parse(address: string): URL | undefined {
  // The library takes a percent sign that encodes nothing for itself.
  const isPlain = / |%[^a-f0-9]|%[a-f0-9][^a-f0-9]/i.test(address);
  const encoded = isPlain ? encodeURI(address).replace(/%25(\d\d)/g, '%$1') : address;
  const url = encoded.replace('@/', `@${NO_HOST}/`);
  return URL.canParse(url) ? new URL(url) : undefined;
}

/** Undefined if nothing can be reached at this address, whatever runs there. */
export function readDatabaseAddress(address: string, env: NodeJS.ProcessEnv = {}): DatabaseAddress | undefined {
  const url = parse(address);
  if (url === undefined || !/^postgres(ql)?:$/.test(url.protocol)) return undefined;
  const { hostname, username, password, pathname, searchParams } = url;
  try {
    for (const part of [username, password]) decodeURIComponent(part);
    const named = hostname === NO_HOST ? '' : decodeURIComponent(hostname).replace(/^\[(.+)\]$/, '$1');
    const host = searchParams.get('host') || named || env.PGHOST || 'localhost';
    const port = searchParams.get('port') || url.port || env.PGPORT || USUAL_PORT;
    const database = decodeURI(pathname.slice(1));
    const isUsable = database !== '' && /^\d{1,5}$/.test(port) && Number(port) <= 65_535;
    return isUsable && hasTlsMode(searchParams) ? { host, port, database } : undefined;
  } catch {
    // What stands after a percent sign is the code of no character.
    return undefined;
  }
}

/** Whether `sslmode` is one that there is: a slip would otherwise be taken for some other one. */
function hasTlsMode(params: URLSearchParams): boolean {
  const mode = params.get('sslmode');
  return mode === null || TLS_MODES.includes(mode);
}

/** For messages: where the database is, with nothing that is secret. */
export function describeDatabaseAddress({ host, port, database }: DatabaseAddress): string {
  if (host.startsWith('/')) return `${database} at the socket ${host.replace(/\/+$/, '')}/.s.PGSQL.${port}`;
  const name = host.includes(':') ? `[${host}]` : host;
  return `postgres://${name}${port === USUAL_PORT ? '' : `:${port}`}/${database}`;
}
