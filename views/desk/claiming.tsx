import { paths } from '../../server/base/paths.ts';
import { ActionForms, type ActionFormsProps } from './action-forms.tsx';

interface ClaimingProps extends Omit<ActionFormsProps, 'section'> {
  person: string;
  /** Names of the other workers, present and former, who have unsent text on it. */
  unsentOf: readonly string[];
}

/**
 * Who has the consultation, with the forms to claim it, pass it on to a named colleague, or hand it back. `person`: id
 * of the signed-in person.
 */
export function Claiming({ person, unsentOf, ...forms }: ClaimingProps) {
  const { claimedBy } = forms.shown.deskCase;
  return (
    <section class="fd-claiming fd-no-print" id="claims" aria-label="Who has it">
      <p>{describeWorker(claimedBy, person)}</p>
      {unsentOf.map((name) => (
        <p>
          <strong>{name} wrote something here and has not sent it.</strong> Only they can read it, for four days. Ask
          them what it says.
        </p>
      ))}
      <OwnAbsence why={forms.shown.absent.get(person)} person={person} id={forms.id} token={forms.token} />
      <ActionForms {...forms} section="claims" />
    </section>
  );
}

interface OwnAbsenceProps {
  why: string | undefined;
  person: string;
  /** Id of the consultation whose page shows it. */
  id?: string;
  token: string;
}

/** Reminds a person who is marked as away before they claim something. */
export function OwnAbsence({ why, person, id, token }: OwnAbsenceProps) {
  if (why === undefined) return null;
  return (
    <form class="fd-no-print" method="post" action={paths.deskReturns()}>
      <input type="hidden" name="token" value={token} />
      <input type="hidden" name="who" value={person} />
      {id !== undefined && <input type="hidden" name="consultation" value={id} />}
      <p>
        <strong>You are marked as away</strong> (your colleagues read: {why}). End it before you claim{' '}
        {id === undefined ? 'anything' : 'this'}, or leave it to a colleague.
      </p>
      <button type="submit" class="govuk-button govuk-button--secondary">
        I am back
      </button>
    </form>
  );
}

function describeWorker(claimedBy: { id: string; name: string } | undefined, person: string): string {
  if (claimedBy === undefined) return 'Nobody has it.';
  return claimedBy.id === person ? 'You have it.' : `${claimedBy.name} has it.`;
}
