import { consultationPaths, paths } from '../../server/base/paths.ts';
import type { Consultation } from '../../server/consultation/consultation.ts';
import type { Result } from '../../server/consultation/result.ts';
import type { WordsToSay } from '../../server/consultation/script-lines.ts';
import type { PastTurn } from '../../server/consultation/transcript.ts';
import { isAsked } from '../../server/desk/desk-case.ts';
import type { AreaFacts } from '../../server/flow/flow.ts';
import { ErrorSummary } from '../kit/error-summary.tsx';
import { fieldId } from '../kit/field.tsx';
import { countOf, Fold } from '../kit/fold.tsx';
import { Layout } from '../kit/layout.tsx';
import type { PageContext } from '../kit/page-context.ts';
import { PrintHead } from '../kit/print.tsx';
import { CodeForm, ReturnCode } from '../kit/return-code.tsx';
import { ServicesToldBanner } from '../kit/services-told.tsx';
import { AskDutyWorker } from '../question/ask-duty-worker-form.tsx';
import { Transcript } from '../question/conversation.tsx';
import { Downloads, RecordNext } from '../record/record-next.tsx';
import { AskWhetherSent } from '../sheet/sent.tsx';
import { Advices, Contacts, Doubts, MySteps, OthersSteps, WriteDown } from './findings.tsx';
import { HOURS, NextHoursSection, type NextHoursShown } from './next-hours.tsx';
import { Recommended, whereToGoOn } from './recommended.tsx';
import { Stands } from './topic-verdict.tsx';
import { Changes, LowerFindings, Why } from './why.tsx';
import { WordsToSayFold } from './words-to-say.tsx';

export interface ResultPageProps {
  page: PageContext;
  consultation: Consultation;
  area: AreaFacts;
  result: Result;
  turns: PastTurn[];
  /** Undefined where nobody has to act soon. */
  nextHours?: NextHoursShown;
  /** What to say to the child, and to a parent. */
  words?: WordsToSay;
  /** Shown once, just after it was made. */
  code?: string;
}

/** What to do, whom to reach and the reader's own steps are in sight; everything that stands behind them is one tap away. */
export function ResultPage({ page, consultation, area, result, turns, nextHours, words, code }: ResultPageProps) {
  const { id, reference } = consultation;
  return (
    <Layout
      page={page}
      title="What to do"
      end={result.end}
      error={nextHours?.failed !== undefined}
      skip={{ to: 'action-title', words: 'Skip to what to do' }}
    >
      <PrintHead consultation={consultation} prints={paths.prints(id)} token={page.token} />
      {nextHours?.failed !== undefined && (
        <ErrorSummary
          errors={Object.entries(nextHours.failed.errors).map(([name, message]) => ({
            field: fieldId(HOURS, name),
            message,
          }))}
        />
      )}
      <Recommended
        result={result}
        area={area}
        goOn={whereToGoOn(turns, consultationPaths(id))}
        whatToSay={paths.call(id)}
        sheet={paths.handoverSheet(id)}
        sources
      />
      <ServicesToldBanner
        consultation={consultation}
        toBeTold={result.toBeTold}
        recordAt={`${paths.record(id)}#tellings`}
      />
      <AskWhetherSent consultation={consultation} />
      <p class="fd-reference">
        Consultation <strong>{reference}</strong>
      </p>
      <AskDutyWorker id={id} asked={isAsked(consultation.entries)} token={page.token} />
      <MySteps result={result} />
      {nextHours !== undefined && <NextHoursSection {...nextHours} consultation={consultation} token={page.token} />}
      {words !== undefined && <WordsToSayFold words={words} />}
      <Stands result={result} />
      <Contacts result={result} />
      <Advices result={result} />
      <OthersSteps result={result} />
      <WriteDown result={result} />
      <Doubts result={result} />
      <Why result={result} turns={turns} />
      <Changes result={result} area={area} />
      <LowerFindings result={result} area={area} />
      <RecordNext consultation={consultation} />
      {code === undefined ? (
        <ShowLead id={id} reference={reference} token={page.token} />
      ) : (
        <ReturnCode id={id} reference={reference} code={code} token={page.token} />
      )}
      <Fold id="answers" title="All your answers" holds={countOf(turns.length, 'answer')}>
        <Transcript turns={turns} at={consultationPaths(id)} />
      </Fold>
    </Layout>
  );
}

/** On paper, as a file, or on their own screen. */
function ShowLead({ id, reference, token }: { id: string; reference: string; token: string }) {
  return (
    <Fold id="lead" title="Show your safeguarding lead, or come back later" holds="3 ways" quiet>
      <p>
        Print this page, or take the record below. To look at it on another screen or another day, they need the
        reference <strong>{reference}</strong> and a code. Whoever has both can read it and add to it.
      </p>
      <Downloads id={id} />
      <CodeForm id={id} token={token} />
    </Fold>
  );
}
