import { describeInstant } from '../../server/base/days.ts';
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
          {by === own ? '' : describeDoer(by)}
        </li>
      ))}
    </ul>
  );
}

function describeDoer(by: string): string {
  if (by === 'command') return ', from the command line';
  return by === 'organisation' ? ', by the organisation' : ', by an administrator';
}

function describeHappening(what: AccountHappening): string {
  switch (what.kind) {
    case 'invited':
      return `invited as ${what.role}`;
    case 'role changed':
      return `role changed from ${what.from} to ${what.to}`;
    case 'came from the organisation':
      return `came as ${what.role}`;
    case 'passkey added':
    case 'passkey removed':
      return `${what.kind}: ${what.name}`;
    default:
      return what.kind;
  }
}
