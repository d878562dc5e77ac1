/** All settings from environment variables: how each is read, and its description in the README and in error messages. */
import * as z from 'zod';
import { readDatabaseAddress } from './base/database-address.ts';
import { markdownTable } from './base/markdown.ts';
import { LOG_LEVELS } from './monitoring/logger.ts';
import { isRole, ROLES } from './people/permissions.ts';

interface SettingWords {
  /** For the README: the default value, or when the setting is needed. */
  usual: string;
  /** What it is for, in Markdown. */
  about: string;
  /** What a valid value is, to continue a sentence after "Give". */
  expected: string;
  example: string;
  /** Its value is never printed, not even in an error message. */
  secret?: boolean;
}

const WORDS = z.registry<SettingWords>();

const text = () => z.string();
const optional = () => z.string().optional();
const yesNo = () =>
  z
    .enum(['yes', 'no'])
    .prefault('no')
    .transform((word) => word === 'yes');
const wholeNumber = (least: number, most: number) =>
  z
    .string()
    .regex(/^\d+$/)
    .transform(Number)
    .refine((number) => number >= least && number <= most);
const isUrl = (given: string, protocol: RegExp) => URL.canParse(given) && protocol.test(new URL(given).protocol);
const origin = () =>
  z
    .string()
    .refine((given) => isUrl(given, /^https?:$/))
    .transform((given) => new URL(given).origin)
    .optional();

/** Reads `FD-Duty=duty worker, FD-Exploitation=specialist worker` into a map. */
const pairs = () =>
  z.string().transform((list, context) => {
    const parts = list.split(',').filter((part) => part.trim() !== '');
    return new Map(
      parts.map((part) => {
        const [theirs = '', ours = ''] = part.split('=').map((word) => word.trim());
        if (theirs === '' || ours === '') context.addIssue({ code: 'custom', message: `has "${part.trim()}"` });
        return [theirs, ours] as const;
      }),
    );
  });
const EMAIL = /^[^\s@<>]+@[^\s@<>]+$/;

const PORT = wholeNumber(0, 65_535).prefault('3000').register(WORDS, {
  usual: '`3000`',
  about: '`0` takes any free one',
  expected: 'a number from 0 to 65535',
  example: '3000',
});
const HOST = text().prefault('127.0.0.1').register(WORDS, {
  usual: '`127.0.0.1`',
  about: '`0.0.0.0` to be reached from other machines',
  expected: 'an address of this machine',
  example: '127.0.0.1',
});
const DATA_DIR = text().prefault('data').register(WORDS, {
  usual: '`data`',
  about: 'the database; on a local disk, not a network file system',
  expected: 'a folder',
  example: '/var/lib/front-door',
});
const DATABASE_URL = z
  .string()
  .refine((given) => readDatabaseAddress(given) !== undefined)
  .optional()
  .register(WORDS, {
    usual: 'none: SQLite, in `DATA_DIR`',
    about: 'a PostgreSQL database in its place; the keys stay in `DATA_DIR`; see docs/operate.md',
    expected: 'the address of a PostgreSQL database',
    example: 'postgres://user:password@db.example.org/front_door',
    secret: true,
  });
const FLOWS_DIR = optional().register(WORDS, {
  usual: '`flows`',
  about: 'the content',
  expected: 'a folder',
  example: 'flows',
});
const AUDIT_KEY_FILE = optional().register(WORDS, {
  usual: '`DATA_DIR/audit-key.pem`',
  about: 'the key that signs the heads of the log; made at the first start',
  expected: 'a file',
  example: '/etc/front-door/audit-key.pem',
});
const AUDIT_HEADS = optional().register(WORDS, {
  usual: '`DATA_DIR/audit-heads.jsonl`',
  about: 'the signed heads; better on another disk than the database',
  expected: 'a file',
  example: '/mnt/audit/audit-heads.jsonl',
});
const RESTORED = optional().register(WORDS, {
  usual: 'none',
  about: 'once, at the first start with a restored backup: why, and who decided it; kept in the log',
  expected: 'a sentence',
  example: 'Disk of 3 May lost, backup of 2 May; A. Khan',
});
const PEOPLE_KEY_REPLACED = optional().register(WORDS, {
  usual: 'none',
  about: 'once, at the first start with another people.key: why, and who decided it; kept in the log',
  expected: 'a sentence',
  example: 'Machine of 3 May lost, and the key with it; A. Khan',
});
const SECURE_COOKIES = z
  .enum(['yes', 'no'])
  .transform((word) => word === 'yes')
  .optional()
  .register(WORDS, {
    usual: '`yes` with a `PUBLIC_URL` of https, else `no`',
    about: '`yes` when readers come over https, as they must in real use',
    expected: 'yes or no',
    example: 'yes',
  });
const PUBLIC_URL = origin().register(WORDS, {
  usual: 'none',
  about: 'where readers find it; passkeys belong to it, and `OIDC_ISSUER` needs it',
  expected: 'an address that begins with https:// or http://',
  example: 'https://frontdoor.example.org',
});
const ADDRESS_HEADER = z
  .string()
  .regex(/^[\w-]+$/)
  .optional()
  .register(WORDS, {
    usual: 'none',
    about: 'where a proxy of yours writes the reader’s address; only with such a proxy, since anybody could write it',
    expected: 'the name of a header',
    example: 'x-real-ip',
  });
const METRICS_ADDRESS = z
  .string()
  .regex(/^(\[[\da-f:]+\]|[\w.-]+):\d{1,5}$/i)
  .transform((given) => ({
    host: given.slice(0, given.lastIndexOf(':')).replace(/^\[|\]$/g, ''),
    port: Number(given.split(':').at(-1)),
  }))
  .refine(({ port }) => port <= 65_535)
  .optional()
  .register(WORDS, {
    usual: 'none',
    about: 'where Prometheus finds `/metrics`; never reachable for readers',
    expected: 'an address of this machine and a port',
    example: '127.0.0.1:9464',
  });
const LOG_LEVEL = z
  .enum(LOG_LEVELS)
  .prefault('info')
  .register(WORDS, {
    usual: '`info`',
    about: 'the least important lines that are logged; `debug` logs each request, by its route',
    expected: `one of ${LOG_LEVELS.join(', ')}`,
    example: 'debug',
  });
/** At least 3: with 2 the only hidden number would be 1, so hiding would reveal it. */
const SERVERS = wholeNumber(1, 64).prefault('1').register(WORDS, {
  usual: '`1`',
  about: 'how many server processes serve the port together; `npm start -- --servers 2` says the same',
  expected: 'a number from 1 to 64',
  example: '2',
});

const FIGURES_FLOOR = wholeNumber(3, 100).prefault('5').register(WORDS, {
  usual: '`5`',
  about: 'numbers from 1 to below it are hidden in the figures',
  expected: 'a number from 3 to 100',
  example: '5',
});

/** Reads `10.20.0.0/16, fd12:3456::/32`. */
const WEBHOOK_NETWORKS = z
  .string()
  .transform((list) => list.split(',').map((network) => network.trim()))
  .superRefine((networks, context) => {
    for (const network of networks)
      if (!z.union([z.cidrv4(), z.cidrv6()]).safeParse(network).success)
        context.addIssue({ code: 'custom', message: `has "${network}"` });
  })
  .optional()
  .register(WORDS, {
    usual: 'none',
    about: 'networks inside your own that webhooks may reach, beside the internet; see docs/interface.md',
    expected: 'networks with the length of their prefix',
    example: '10.20.0.0/16',
  });

const BACKUP_DIR = optional().register(WORDS, {
  usual: '`DATA_DIR/backups`',
  about: 'where `npm run backup` puts its backups; better on another disk',
  expected: 'a folder',
  example: '/mnt/backups',
});
const KEPT = /^(\d{1,3}) (days|weeks|months)$/;
/** Reads `14 days, 4 weeks`. */
const BACKUP_KEEP = z
  .string()
  .prefault('14 days, 4 weeks')
  .transform((list, context) => {
    const keep = { days: 0, weeks: 0, months: 0 };
    for (const part of list.split(',').map((word) => word.trim())) {
      const [, count, unit] = KEPT.exec(part) ?? [];
      if (count === undefined || unit === undefined) context.addIssue({ code: 'custom', message: `has "${part}"` });
      else keep[unit as keyof typeof keep] = Number(count);
    }
    return keep;
  })
  .register(WORDS, {
    usual: '`14 days, 4 weeks`',
    about: 'the newest backup of how many days, weeks and months is kept; never longer than your retention allows',
    expected: 'numbers of days, weeks and months',
    example: '14 days, 4 weeks, 3 months',
  });
const BACKUP_RECIPIENTS = z
  .string()
  .transform((list) => list.split(',').map((key) => key.trim()))
  .superRefine((keys, context) => {
    for (const key of keys)
      if (!/^age1[\da-z]+$/.test(key)) context.addIssue({ code: 'custom', message: `has "${key}"` });
  })
  .optional()
  .register(WORDS, {
    usual: 'none',
    about: 'public keys of age that backups are encrypted to; whoever has a secret half can read them',
    expected: 'public keys of age',
    example: 'age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p',
  });

const SMTP_URL = z
  .string()
  .refine((given) => isUrl(given, /^smtps?:$/))
  .optional()
  .register(WORDS, {
    usual: 'none',
    about: 'the mail server that tells the desks; see below',
    expected: 'the address of a mail server',
    example: 'smtps://user:password@mail.example.org',
    secret: true,
  });
const MAIL_FROM = z
  .string()
  .refine((given) => EMAIL.test(given.replace(/^.*<(.*)>$/, '$1')))
  .optional()
  .register(WORDS, {
    usual: 'needed with `SMTP_URL`',
    about: 'whom the mails come from',
    expected: 'an email address',
    example: 'Front Door <front-door@example.org>',
  });
const MAIL_TO = pairs()
  .superRefine((addresses, context) => {
    for (const address of addresses.values())
      if (!EMAIL.test(address)) context.addIssue({ code: 'custom', message: `has "${address}"` });
  })
  .optional()
  .register(WORDS, {
    usual: 'needed with `SMTP_URL`',
    about: 'whom each area’s mails go to; an area without an address gets none',
    expected: 'an email address for each area',
    example: 'bury=duty@example.org, bolton=desk@example.org',
  });

const OIDC_ISSUER = z
  .string()
  .refine((given) => isUrl(given, /^https?:$/))
  .optional()
  .register(WORDS, {
    usual: 'none',
    about: 'to sign in with the organisation; see below',
    expected: 'an address that begins with https://',
    example: 'https://login.example.org/tenant',
  });
const OIDC_CLIENT_ID = optional().register(WORDS, {
  usual: 'needed with `OIDC_ISSUER`',
  about: 'how the organisation knows Front Door',
  expected: 'the name that the organisation gave',
  example: 'front-door',
});
const OIDC_CLIENT_SECRET = optional().register(WORDS, {
  usual: 'needed with `OIDC_ISSUER`',
  about: 'the secret that goes with it',
  expected: 'the secret that the organisation gave',
  example: 'from-your-organisation',
  secret: true,
});
const OIDC_NAME = text().prefault('Sign in with your organisation').register(WORDS, {
  usual: '`Sign in with your organisation`',
  about: 'what stands on the button',
  expected: 'a few words',
  example: 'Sign in with Bury Council',
});
const OIDC_ROLE_CLAIM = text().prefault('roles').register(WORDS, {
  usual: '`roles`',
  about: 'the claim that says the role',
  expected: 'the name of a claim',
  example: 'roles',
});
const OIDC_AREA_CLAIM = text().prefault('area').register(WORDS, {
  usual: '`area`',
  about: 'the claim that says the area',
  expected: 'the name of a claim',
  example: 'area',
});
const OIDC_ROLES = pairs()
  .transform((roles, context) => {
    for (const role of roles.values())
      if (!isRole(role)) context.addIssue({ code: 'custom', message: `has the role "${role}"` });
    return new Map([...roles].flatMap(([theirs, role]) => (isRole(role) ? [[theirs, role] as const] : [])));
  })
  .prefault('')
  .register(WORDS, {
    usual: 'our own words',
    about: 'what their words for roles mean',
    expected: `pairs of their word and one of ours (${ROLES.join(', ')})`,
    example: 'FD-Duty=duty worker, FD-Exploitation=specialist worker',
  });
const OIDC_AREAS = pairs().prefault('bury=bury, bolton=bolton, stockport=stockport').register(WORDS, {
  usual: 'our own words',
  about: 'what their words for areas mean',
  expected: 'pairs of their word and an area',
  example: 'Bury Council=bury, Bolton Council=bolton',
});
const OIDC_ACR = optional().register(WORDS, {
  usual: 'none',
  about: 'the strength of sign-in that is demanded of the organisation',
  expected: 'the word that the organisation has for it',
  example: 'phr',
});
const OIDC_MAX_AGE = wholeNumber(0, 1440).optional().register(WORDS, {
  usual: 'any',
  about: 'how many minutes ago the organisation may have asked who it is; `0` has it ask each time',
  expected: 'minutes, from 0 to 1440',
  example: '60',
});
const OIDC_INSECURE = yesNo().register(WORDS, {
  usual: '`no`',
  about: '`yes` for a provider without https, on the same machine and in trials alone',
  expected: 'yes or no',
  example: 'no',
});

const SETTINGS = z.object({
  PORT,
  HOST,
  DATA_DIR,
  DATABASE_URL,
  FLOWS_DIR,
  AUDIT_KEY_FILE,
  AUDIT_HEADS,
  RESTORED,
  PEOPLE_KEY_REPLACED,
  SECURE_COOKIES,
  PUBLIC_URL,
  ADDRESS_HEADER,
  METRICS_ADDRESS,
  LOG_LEVEL,
  SERVERS,
  FIGURES_FLOOR,
  WEBHOOK_NETWORKS,
  BACKUP_DIR,
  BACKUP_KEEP,
  BACKUP_RECIPIENTS,
  SMTP_URL,
  MAIL_FROM,
  MAIL_TO,
  OIDC_ISSUER,
  OIDC_CLIENT_ID,
  OIDC_CLIENT_SECRET,
  OIDC_NAME,
  OIDC_ROLE_CLAIM,
  OIDC_AREA_CLAIM,
  OIDC_ROLES,
  OIDC_AREAS,
  OIDC_ACR,
  OIDC_MAX_AGE,
  OIDC_INSECURE,
});
export type Settings = z.output<typeof SETTINGS>;
type Name = keyof Settings;

/** Setting → the other settings that it requires. */
const NEEDS: Partial<Record<Name, Name[]>> = {
  SMTP_URL: ['MAIL_FROM', 'MAIL_TO'],
  OIDC_ISSUER: ['PUBLIC_URL', 'OIDC_CLIENT_ID', 'OIDC_CLIENT_SECRET'],
};

/** Reads all settings, or gives one message per problem: what was given, what was expected, and an example. Empty variables count as unset. */
export function readSettings(env: NodeJS.ProcessEnv): { settings: Settings } | { problems: string[] } {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value !== ''));
  const read = SETTINGS.safeParse(given);
  const wrong = read.success ? [] : read.error.issues.map((issue) => describeIssue(issue, given));
  const problems = [...new Set([...wrong, ...missing(given), ...(read.success ? clashing(read.data) : [])])];
  return read.success && problems.length === 0 ? { settings: read.data } : { problems };
}

function describeIssue({ path, code, message }: z.core.$ZodIssue, given: Record<string, string | undefined>): string {
  const name = path[0] as Name;
  const { secret = false } = wordsOf(name);
  const said = code === 'custom' && message.startsWith('has ') ? message : `is "${given[name]}"`;
  return `${name} ${secret ? 'cannot be used' : said}. ${describeExpected(name)}`;
}

/** Each setting with its value or its default. Secrets are never shown. */
export function describeGiven(env: NodeJS.ProcessEnv): string[] {
  return (Object.keys(SETTINGS.shape) as Name[]).map((name) => {
    const { usual, secret = false } = wordsOf(name);
    const given = env[name] ?? '';
    if (given === '') return `${name}: not given (${usual.replaceAll('`', '')})`;
    return `${name}: ${secret ? 'given, and not shown' : given}`;
  });
}

function missing(given: Record<string, string | undefined>): string[] {
  return Object.entries(NEEDS).flatMap(([because, needed]) =>
    given[because] === undefined
      ? []
      : needed
          .filter((name) => given[name] === undefined)
          .map((name) => `${name} is missing. ${because} is given, so it is needed. ${describeExpected(name)}`),
  );
}

const EVERYWHERE = ['0.0.0.0', '::'];
const MOST_PORT = 65_535;

/** Each server has a port of its own for its metrics: that of METRICS_ADDRESS, and the ones after it. */
function clashing({ PORT, HOST, SERVERS, METRICS_ADDRESS }: Settings): string[] {
  if (METRICS_ADDRESS === undefined || METRICS_ADDRESS.port === 0) return [];
  const { host, port: first } = METRICS_ADDRESS;
  const last = first + SERVERS - 1;
  if (last > MOST_PORT)
    return [
      `METRICS_ADDRESS has the port ${first}, and ${SERVERS} servers need that and ${SERVERS - 1} after it. ${describeExpected('METRICS_ADDRESS')}`,
    ];
  const isSameHost = host === HOST || [host, HOST].some((one) => EVERYWHERE.includes(one));
  if (!isSameHost || PORT < first || PORT > last) return [];
  const taken = SERVERS === 1 ? `the port ${first}` : `the ports ${first} to ${last}, one for each server`;
  return [`METRICS_ADDRESS takes ${taken}, and PORT is ${PORT}. ${describeExpected('METRICS_ADDRESS')}`];
}

function describeExpected(name: Name): string {
  const { expected, example } = wordsOf(name);
  return `Give ${expected}, such as ${name}=${/\s/.test(example) ? `"${example}"` : example}.`;
}

function wordsOf(name: Name): SettingWords {
  const words = WORDS.get(SETTINGS.shape[name]);
  if (words === undefined) throw new Error(`${name} has no words for the README. Register it in server/settings.ts`);
  return words;
}

/** The table of settings for the README, as aligned Markdown. */
export function settingsTable(): string {
  const rows = (Object.keys(SETTINGS.shape) as Name[]).map((name) => {
    const { usual, about, example } = wordsOf(name);
    const isShown = usual.includes(`\`${example}\``) || about.includes(`\`${example}\``);
    return [`\`${name}\``, usual, isShown ? about : `${about}; such as \`${example}\``];
  });
  return markdownTable(['variable', 'default', ''], rows).join('\n');
}
