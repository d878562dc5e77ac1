import { describeDay, describeInstant } from '../../server/base/days.ts';
import type { AccountHappening } from '../../server/people/account.ts';

export interface AccountLine {
  at: string;
  by: string;
  what: AccountHappening;
}

/** `own`: id of the account whose history this is. */
export function AccountLines({ entries, own }: { entries: AccountLine[]; own: string }) {
  return (
    <ul class="fd-list">
      {entries.map(({ at, by, what }) => (
        <li>
          {describeInstant(at)}: {describeHappening(what)}
          {by === own ? '' : describeDoer(by, what)}
        </li>
      ))}
    </ul>
  );
}

function describeDoer(by: string, { kind }: AccountHappening): string {
  if (by === 'command') return ', from the command line';
  if (kind === 'away' || kind === 'back') return ', said by a manager';
  return by === 'organisation' ? ', by the organisation' : ', by an administrator';
}

const WITH = {
  totp: 'with the app',
  passkey: 'with a passkey',
  'recovery code': 'with a recovery code',
  organisation: 'through the organisation',
} as const;

function describeHappening(what: AccountHappening): string {
  switch (what.kind) {
    case 'invited':
      return `invited as ${what.role}`;
    case 'role changed':
      return `role changed from ${what.from} to ${what.to}`;
    case 'came from the organisation':
      return `came as ${what.role}`;
    case 'away':
      return `away from ${describeDay(what.from)} until ${describeDay(what.until)}`;
    case 'passkey added':
    case 'passkey removed':
      return `${what.kind}: ${what.name}`;
    case 'signed in':
      return what.factor === undefined ? what.kind : `${what.kind}, ${WITH[what.factor]}`;
    default:
      return what.kind;
  }
}
