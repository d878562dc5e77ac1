import { paths } from '../../server/base/paths.ts';
import type { Who } from '../../server/consultation/desk-happening.ts';
import type { DeskCase } from '../../server/desk/desk-case.ts';
import { DeskForm, type FailedDeskForm, FoldedForm } from './desk-form.tsx';

export interface ClaimingProps {
  id: string;
  token: string;
  deskCase: DeskCase;
  colleagues: Who[];
  person: string;
  may: { claim: boolean; write: boolean };
  failed?: FailedDeskForm;
}

/** Who has it: claim it, hand it back, or pass it on to a colleague by name. */
export function Claiming({ id, token, deskCase: handover, colleagues, person, may, failed }: ClaimingProps) {
  const { state, claimedBy } = handover;
  const common = { token, failed };
  const mine = claimedBy?.id === person;
  return (
    <section class="fd-claiming fd-no-print" id="claims" aria-label="Who has it">
      <p>{claimedBy === undefined ? 'Nobody has it.' : mine ? 'You have it.' : `${claimedBy.name} has it.`}</p>
      {state === 'waiting' && may.claim && (
        <DeskForm {...common} noun="claims" action={paths.deskVerb(id, 'claims')} submit="Claim" primary />
      )}
      {state !== 'waiting' && may.write && claimedBy !== undefined && (
        <div id="passings">
          <FoldedForm
            {...common}
            noun="passings"
            action={paths.deskVerb(id, 'passings')}
            summary="Pass it on to a colleague"
            submit="Pass it on"
            fields={[
              {
                name: 'to',
                label: 'Who takes it',
                kind: 'choice',
                choices: colleagues.map((one) => [one.id, `${one.name}, ${one.role}`] as const),
              },
              { name: 'reason', label: 'What they should know (can stay empty)', kind: 'text' },
            ]}
          />
        </div>
      )}
      {state === 'claimed' && may.write && (
        <div id="hand-backs">
          <FoldedForm
            {...common}
            noun="hand-backs"
            action={paths.deskVerb(id, 'hand-backs')}
            summary="Hand it back to the queue"
            submit="Hand it back"
            fields={[{ name: 'reason', label: 'Why (can stay empty)', kind: 'text' }]}
          />
        </div>
      )}
    </section>
  );
}
