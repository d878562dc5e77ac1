import type { AccessLogLine } from '../../server/audit/access.ts';
import { describeInstant } from '../../server/base/days.ts';
import type { OrganisationRefusal } from '../../server/people/organisation.ts';

/** Refused sign-ins to one account, newest first. It never says what was wrong with a password. */
export function RefusedLines({ refused }: { refused: AccessLogLine[] }) {
  if (refused.length === 0) return <p>None was refused.</p>;
  return (
    <ul class="fd-list">
      {refused.map(({ at, body }) => (
        <li>
          {describeInstant(at)}: {body?.through === 'organisation' ? describeWhy(body.why) : 'with a password'}
        </li>
      ))}
    </ul>
  );
}

const WHY: Record<OrganisationRefusal, string> = {
  'not begun here': 'the sign-in was not begun in that browser, or too long ago',
  'wrong state': 'the answer belonged to another sign-in',
  'error of the organisation': 'it answered with an error',
  'answer not valid': 'its answer could not be trusted',
  'not reached': 'it could not be reached',
  'weaker than asked': 'it checked the person less than is asked here',
  'too long ago': 'it asked who the person is longer ago than is allowed here',
  'no role': 'it gives no role here',
  'unknown area': 'it gives no area that is known here',
  disabled: 'the account is disabled here',
  'address taken': 'it sent somebody who is not known here, with the email address of this account',
  'changed meanwhile': 'the account was changed meanwhile',
};

function describeWhy(why: unknown): string {
  return `through the organisation: ${WHY[why as OrganisationRefusal] ?? 'refused'}`;
}
