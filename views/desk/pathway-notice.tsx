import { describeInstant } from '../../server/base/days.ts';
import { paths } from '../../server/base/paths.ts';
import { type FailedDeskForm, FoldedForm } from './desk-form.tsx';

export interface PathwayNoticeProps {
  id: string;
  token: string;
  seen: number;
  /** That there is a pathway; only the specialist team may read it. */
  pathway?: { team: string; state: string; openedAt: string };
  otherPathways: readonly { consultation: string; reference: string; state: string }[];
  /** Whether a pathway can be opened from this consultation. */
  canOpenPathway: boolean;
  mayPathway: { see: boolean; open: boolean };
  failed?: FailedDeskForm;
}

/**
 * Tells the duty worker that the specialist team has a pathway for this child, or lets them open one after a referral.
 */
export function PathwayNotice(props: PathwayNoticeProps) {
  const { id, pathway, otherPathways, canOpenPathway, mayPathway } = props;
  const canOpen = pathway === undefined && canOpenPathway && mayPathway.open;
  if (pathway === undefined && otherPathways.length === 0 && !canOpen) return null;
  return (
    <section class="fd-section" id="pathway" aria-labelledby="pathway-title">
      <h2 class="govuk-heading-s" id="pathway-title">
        Pathway of the specialist team
      </h2>
      {pathway !== undefined && (
        <p>
          There is one, with {pathway.team}, opened {describeInstant(pathway.openedAt)}: it is {pathway.state}.{' '}
          {mayPathway.see ? (
            <a class="govuk-link" href={paths.pathway(id)}>
              To the pathway
            </a>
          ) : (
            'What stands in it is read by the team.'
          )}
        </p>
      )}
      {otherPathways.map(({ consultation, reference, state }) => (
        <p>
          A child of this name has a pathway from consultation {reference}: it is {state}.{' '}
          {mayPathway.see && (
            <a class="govuk-link" href={paths.pathway(consultation)}>
              To it
            </a>
          )}
        </p>
      ))}
      {canOpen && <OpenForm {...props} />}
    </section>
  );
}

function OpenForm({ id, token, seen, failed }: PathwayNoticeProps) {
  return (
    <FoldedForm
      summary="Open the child’s pathway"
      noun="openings"
      action={paths.pathwayAction(id, 'openings')}
      submit="Open the pathway"
      token={token}
      hidden={{ seen: String(seen) }}
      fields={[
        { name: 'referred', label: 'Day of the referral', hint: 'Such as 27 3 2026', kind: 'line' },
        { name: 'why', label: 'Why it is opened, and who decided it', kind: 'text' },
      ]}
      {...(failed !== undefined && { failed })}
    />
  );
}
