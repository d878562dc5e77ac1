import { describeDay, describeInstant } from '../../server/base/days.ts';
import { paths } from '../../server/base/paths.ts';
import type { Now } from '../../server/desk/deadlines.ts';
import type { Missing } from '../../server/flow/instruments/inputs.ts';
import type { Instrument, ReferralRule } from '../../server/flow/instruments/instrument.ts';
import type { Score } from '../../server/flow/instruments/score.ts';
import { compareAnswers, compareScores, movementOf, risenIn } from '../../server/pathway/comparison.ts';
import { describeState } from '../../server/pathway/filling.ts';
import type { Sheet } from '../../server/pathway/pathway.ts';
import { DeskForm, deskErrorsOf, type FailedDeskForm, FoldedForm } from '../desk/desk-form.tsx';
import { DeskNav } from '../desk/desk-nav.tsx';
import { Paper } from '../instruments/paper.tsx';
import { Details } from '../kit/details.tsx';
import { ErrorSummary } from '../kit/error-summary.tsx';
import { fieldId } from '../kit/field.tsx';
import { Layout } from '../kit/layout.tsx';
import type { PageContext } from '../kit/page-context.ts';
import { printsOf } from '../kit/print.tsx';
import { Section } from '../kit/section.tsx';
import { BandName, TotalSoFar } from './total.tsx';

export interface SheetPageProps {
  page: PageContext;
  id: string;
  reference: string;
  sheet: Sheet;
  instrument: Instrument;
  /** The completed version before this one. */
  before: Sheet | undefined;
  score: Score | undefined;
  referrals: readonly ReferralRule[];
  missing: readonly Missing[];
  seen: number;
  mayWrite: boolean;
  now: Now;
  failed?: FailedDeskForm;
}

/** A whole instrument: to read, print, complete, and compare with the version before. */
export function SheetPage(props: SheetPageProps) {
  const { page, id, sheet, instrument, failed, reference } = props;
  const isOpen = sheet.state === 'open';
  return (
    <Layout page={page} title="Form of the pathway" error={failed !== undefined} desk wide>
      {failed !== undefined && <ErrorSummary errors={deskErrorsOf(failed)} />}
      <DeskNav page={page} />
      <a class="govuk-link fd-back" href={paths.pathway(id)}>
        The pathway
      </a>
      <h1 class="fd-title" {...printsOf({ prints: paths.pathwayPrints(id), token: page.token })}>
        {instrument.title}
      </h1>
      <p class="fd-lead">
        Consultation {reference}. {describeState(sheet)}.
      </p>
      <p>
        Why it was filled in: {sheet.reason}
        {sheet.completed?.who !== undefined &&
          `. Completed by ${sheet.completed.who.name}, ${sheet.completed.who.role}`}
        {sheet.completed !== undefined && `, ${describeInstant(sheet.completed.at)}`}
      </p>
      {sheet.givenUp !== undefined && <p class="fd-notice">Given up. Reason: {sheet.givenUp.reason}</p>}
      {sheet.state === 'denied' && (
        <p class="fd-notice">
          A correction says that this was not done. It stays readable, and does not count. The entries of the pathway
          say why.
        </p>
      )}
      {instrument.namesPeople && <NamesPeople />}
      <Result {...props} />
      {isOpen && props.mayWrite && <ToDo {...props} />}
      {props.before !== undefined && sheet.state === 'completed' && (
        <Comparison sheet={sheet} before={props.before} instrument={instrument} />
      )}
      <p class="fd-no-print">
        <a class="govuk-link" href={paths.pathwaySheetFile(id, sheet.number)} download>
          As PDF
        </a>{' '}
        ·{' '}
        <a class="govuk-link" href={paths.instrument(instrument.area.id, instrument.id)}>
          An empty form
        </a>
      </p>
      <Paper instrument={instrument} answers={sheet.answers} />
    </Layout>
  );
}

function NamesPeople() {
  return (
    <div class="fd-notice">
      <p>
        <strong>This form names people.</strong> It is printed or copied, and never sent from here. Keep the sheet as
        you keep the record. If action is needed now, ring the police on 101, or 999 in danger.
      </p>
    </div>
  );
}

const SCORE_TITLES: Record<Sheet['state'], string> = {
  open: 'Score so far',
  'given up': 'Score so far',
  completed: 'Result',
  denied: 'Score that does not count',
};

function Result({ sheet, score, referrals }: SheetPageProps) {
  if (score === undefined && referrals.length === 0) return null;
  return (
    <Section id="result" title={SCORE_TITLES[sheet.state]}>
      {score?.band !== undefined && sheet.state === 'completed' && (
        <p>
          <BandName band={score.band} />
        </p>
      )}
      <TotalSoFar score={score} referrals={referrals} />
    </Section>
  );
}

function ToDo({ page, id, sheet, instrument, missing, seen, failed }: SheetPageProps) {
  const form = { token: page.token, hidden: { seen: String(seen) }, ...(failed !== undefined && { failed }) };
  return (
    <Section id="missing" title={missing.length === 0 ? 'Nothing is missing' : 'What is missing'}>
      <ul class="govuk-list govuk-list--bullet">
        {missing.map(({ section, input, message }) => (
          <li>
            <a
              class="govuk-link"
              href={`${paths.pathwaySheetSection(id, sheet.number, section)}#${fieldId('answer', input)}`}
            >
              {message}
            </a>
          </li>
        ))}
      </ul>
      <p>
        <a class="govuk-link" href={paths.pathwaySheetSection(id, sheet.number, instrument.sections[0]?.id ?? '')}>
          Go on filling it in
        </a>
      </p>
      <p>Once it is completed it counts, and nobody can change it. Doing it again is a new version.</p>
      <DeskForm
        noun="completions"
        action={paths.pathwaySheetAction(id, sheet.number, 'completions')}
        submit="Complete it"
        primary
        {...form}
      />
      <FoldedForm
        summary="It will not be finished"
        noun="givings-up"
        action={paths.pathwaySheetAction(id, sheet.number, 'givings-up')}
        submit="Give it up"
        fields={[
          {
            name: 'reason',
            label: 'Why it is not finished',
            hint: 'What was written stays readable, and does not count',
            kind: 'text',
          },
        ]}
        {...form}
      />
    </Section>
  );
}

/**
 * Whether the total went up, down or stayed the same, and which indicators moved. An indicator that rose stands out
 * even if the total fell.
 */
function Comparison({ sheet, before, instrument }: { sheet: Sheet; before: Sheet; instrument: Instrument }) {
  const scores = compareScores(instrument, before.answers, sheet.answers);
  const changed = compareAnswers(instrument, before.answers, sheet.answers);
  const [was, is] = [before.completed?.result?.total, sheet.completed?.result?.total];
  const risen = risenIn(scores);
  return (
    <Section id="comparison" title="Compared with the version before">
      {was !== undefined && is !== undefined && (
        <p>
          When previously reviewed on {describeDay(before.completed?.on ?? '')} this young person had a risk score of{' '}
          {was}. Since the last review, this assessment shows the risk has <strong>{movementOf(was, is)}</strong>: {was}{' '}
          then, {is} now.
        </p>
      )}
      {risen.length > 0 && (
        <p>
          <strong>
            Went up{was !== undefined && is !== undefined && is < was ? ', although the total has fallen' : ''}:
          </strong>{' '}
          {risen.map(({ label, before: then, now }) => `${label} (${then} to ${now})`).join('; ')}
        </p>
      )}
      {scores.length > 0 && <Moves scores={scores} />}
      {changed.length > 0 && (
        <Details summary="Everything else that is written otherwise">
          <dl class="fd-facts">
            {changed.map(({ label, before: then, now }) => (
              <div class="fd-facts__row">
                <dt>{label}</dt>
                <dd>
                  {now || 'Nothing'} <span class="fd-hint">Before: {then || 'nothing'}</span>
                </dd>
              </div>
            ))}
          </dl>
        </Details>
      )}
    </Section>
  );
}

function Moves({ scores }: { scores: ReturnType<typeof compareScores> }) {
  return (
    <section class="fd-table-scroll" tabindex={0} aria-label="Scores compared">
      <table class="fd-compare">
        <thead>
          <tr>
            <th scope="col">Indicator</th>
            <th scope="col">Before</th>
            <th scope="col">Now</th>
            <th scope="col">Moved</th>
          </tr>
        </thead>
        <tbody>
          {scores.map(({ label, before, now, moved }) => (
            <tr>
              <th scope="row">{label}</th>
              <td>{before}</td>
              <td>{now}</td>
              <td>{moved}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
