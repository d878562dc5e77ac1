import { ActionForms, type ActionFormsProps } from './action-forms.tsx';

/** Who has it: claim it, pass it on to a colleague by name, or hand it back. `person`: id of the signed-in person. */
export function Claiming({ person, ...forms }: Omit<ActionFormsProps, 'section'> & { person: string }) {
  const { claimedBy } = forms.shown.deskCase;
  return (
    <section class="fd-claiming fd-no-print" id="claims" aria-label="Who has it">
      <p>{describeWorker(claimedBy, person)}</p>
      <ActionForms {...forms} section="claims" />
    </section>
  );
}

function describeWorker(claimedBy: { id: string; name: string } | undefined, person: string): string {
  if (claimedBy === undefined) return 'Nobody has it.';
  return claimedBy.id === person ? 'You have it.' : `${claimedBy.name} has it.`;
}
