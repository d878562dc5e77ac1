import { describeInstant } from '../../server/base/days.ts';
import { paths, type RecordNoun } from '../../server/base/paths.ts';
import type { Consultation } from '../../server/consultation/consultation.ts';
import { describeDeadline } from '../../server/consultation/deadline.ts';
import type { EntryLine } from '../../server/consultation/describe-entry.ts';
import type { Result } from '../../server/consultation/result.ts';
import type { PastTurn } from '../../server/consultation/transcript.ts';
import type { AreaFacts } from '../../server/flow/flow.ts';
import { AskWhetherSent } from '../handover-sheet/sent.tsx';
import { ErrorSummary } from '../kit/error-summary.tsx';
import { Fact } from '../kit/fact.tsx';
import { errorsOf, type FailedForm } from '../kit/failed-form.ts';
import { Layout } from '../kit/layout.tsx';
import type { PageContext } from '../kit/page-context.ts';
import { PrintHead } from '../kit/print.tsx';
import { ReturnCode } from '../kit/return-code.tsx';
import { Section } from '../kit/section.tsx';
import { ServicesToldBanner } from '../kit/services-told.tsx';
import { AnsweredTurns, type SetAsideAnswer } from '../question/turn.tsx';
import { DidNotHappen } from './did-not-happen.tsx';
import { Entries, openCorrection } from './entries.tsx';
import { Addition } from './record-form.tsx';
import { RECORD_FORMS, type RecordForm, subjectField } from './record-forms.ts';
import { Downloads } from './record-next.tsx';
import { RecordedLines, recordedLines } from './recorded.tsx';

export interface RecordPageProps {
  page: PageContext;
  consultation: Consultation;
  area: AreaFacts;
  /** Undefined until the questions are finished. */
  result?: Result;
  turns: PastTurn[];
  setAside?: readonly SetAsideAnswer[];
  /** The whole log in words, oldest first. */
  entries: EntryLine[];
  failed?: FailedForm<RecordNoun>;
  /** Number of the entry to correct, from the URL. */
  correct?: string;
  /** Shown only once, just after it was created. */
  code?: string;
}

/** What the record contains, and what can be added. Nothing in it is ever overwritten. */
export function RecordPage({
  page,
  consultation,
  area,
  result,
  turns,
  setAside,
  entries,
  failed,
  correct,
  code,
}: RecordPageProps) {
  const { id, reference, told } = consultation;
  const corrected = openCorrection(correct, failed);
  return (
    <Layout page={page} title="Record" error={failed !== undefined}>
      <PrintHead consultation={consultation} prints={paths.prints(id)} token={page.token} />
      {failed !== undefined && (
        // An entry that cannot be corrected has no form, so its error links to the list of entries.
        <ErrorSummary errors={errorsOf(failed.form, failed.errors, { corrects: 'entries' })} />
      )}
      <a class="govuk-link fd-back" href={result === undefined ? paths.consultation(id) : paths.result(id)}>
        {result === undefined ? 'Back to the question' : 'Back to what to do'}
      </a>
      <h1 class="fd-title">Record {reference}</h1>
      <ServicesToldBanner consultation={consultation} recordAt="#tellings" />
      <AskWhetherSent consultation={consultation} />
      <RecordFacts consultation={consultation} area={area} result={result} />
      {code !== undefined && <ReturnCode id={id} reference={reference} code={code} token={page.token} />}
      <Downloads id={id} />
      {result !== undefined && <HandoverSheetLink id={id} />}
      {RECORD_FORMS.map((form) => (
        <RecordSection
          form={form}
          consultation={consultation}
          token={page.token}
          failed={failed}
          open={form.noun === 'tellings' && told === undefined && result !== undefined}
        />
      ))}
      <DidNotHappen consultation={consultation} entries={entries} linkTo={(entry) => paths.correcting(id, entry)} />
      <Section id="answers" title="Questions and answers">
        <AnsweredTurns turns={turns} setAside={setAside} consultation={consultation} />
      </Section>
      <Entries
        entries={entries}
        correcting={{
          linkTo: (entry) => paths.correcting(id, entry),
          action: paths.addition(id, 'corrections'),
          token: page.token,
          open: corrected,
          subject: corrected === undefined ? undefined : subjectField(consultation.entries, corrected, false),
          failed,
        }}
      />
      {code === undefined && <ReturnCode id={id} reference={reference} token={page.token} />}
    </Layout>
  );
}

function HandoverSheetLink({ id }: { id: string }) {
  return (
    <p class="fd-no-print">
      <a class="govuk-link" href={paths.handoverSheet(id)}>
        Sheet for a referral
      </a>
    </p>
  );
}

function RecordFacts({ consultation, area, result }: Pick<RecordPageProps, 'consultation' | 'area' | 'result'>) {
  const { openedAt, version } = consultation;
  return (
    <dl class="fd-facts">
      <Fact name="Begun" value={describeInstant(openedAt)} />
      <Fact name="Area" value={area.name} />
      {result?.level !== undefined && <Fact name="Level" value={result.level.name} />}
      {result !== undefined && <Fact name="Advised" value={`${result.action}. ${describeDeadline(result.deadline)}`} />}
      <Fact name="Version of the guidance" value={version} />
    </dl>
  );
}

interface RecordSectionProps {
  form: RecordForm;
  consultation: Consultation;
  token: string;
  failed?: FailedForm<RecordNoun>;
  /** Whether the form starts unfolded. */
  open: boolean;
}

/** What was recorded of one kind, and the form to add more. */
function RecordSection({ form, consultation, token, failed, open }: RecordSectionProps) {
  const lines = recordedLines(consultation, form.noun);
  return (
    <Section id={form.noun} title={form.title} className="fd-noun">
      <RecordedLines
        consultation={consultation}
        lines={lines}
        linkTo={(entry) => paths.correcting(consultation.id, entry)}
      />
      <Addition
        id={consultation.id}
        form={form}
        token={token}
        seen={consultation.entries.length}
        failed={failed}
        open={open}
        summary={lines.length === 0 ? 'Write it down' : 'Add or change'}
      />
    </Section>
  );
}
