import { consultationPaths, paths } from '../../server/base/paths.ts';
import type { Consultation } from '../../server/consultation/consultation.ts';
import type { Result } from '../../server/consultation/result.ts';
import type { PastTurn } from '../../server/consultation/transcript.ts';
import { isAsked } from '../../server/desk/desk-case.ts';
import type { AreaFacts } from '../../server/flow/flow.ts';
import { Details } from '../kit/details.tsx';
import { Layout } from '../kit/layout.tsx';
import type { PageContext } from '../kit/page-context.ts';
import { PrintHead } from '../kit/print.tsx';
import { ServicesToldBanner } from '../kit/services-told.tsx';
import { AskDutyWorker } from '../question/ask-duty-worker-form.tsx';
import { Transcript } from '../question/conversation.tsx';
import { RecordNext } from '../record/record-next.tsx';
import { ReturnCode } from '../record/return-code.tsx';
import { Contents } from './contents.tsx';
import { Advices, Contacts, Doubts, NextSteps, WriteDown } from './findings.tsx';
import { Recommended, whereToGoOn } from './recommended.tsx';
import { Stands } from './topic-verdict.tsx';
import { Changes, LowerFindings, Why } from './why.tsx';

export interface ResultPageProps {
  page: PageContext;
  consultation: Consultation;
  area: AreaFacts;
  result: Result;
  turns: PastTurn[];
  /** Shown once, just after it was made. */
  code?: string;
}

/** What to do, whom to ring, and why: the banner first, then one action, then everything that stands behind it. */
export function ResultPage({ page, consultation, area, result, turns, code }: ResultPageProps) {
  const { id, reference, told } = consultation;
  return (
    <Layout page={page} title="What to do" end={result.end} skip={{ to: 'action-title', words: 'Skip to what to do' }}>
      <PrintHead
        reference={reference}
        openedAt={consultation.openedAt}
        told={told !== undefined}
        prints={paths.prints(id)}
        token={page.token}
      />
      <p class="fd-reference">
        Consultation <strong>{reference}</strong>
      </p>
      <ServicesToldBanner consultation={consultation} recordAt={`${paths.record(id)}#tellings`} />
      <Recommended result={result} area={area} goOn={whereToGoOn(turns, consultationPaths(id))} />
      <AskDutyWorker id={id} asked={isAsked(consultation.entries)} token={page.token} />
      <Contents result={result} record />
      <Contacts result={result} />
      <Stands result={result} door={area.frontDoorName} />
      <Advices result={result} />
      <WriteDown result={result} />
      <NextSteps result={result} />
      <Doubts result={result} />
      <Why result={result} turns={turns} />
      <Changes result={result} area={area} />
      <LowerFindings result={result} area={area} />
      <RecordNext consultation={consultation} />
      <ReturnCode id={id} reference={reference} code={code} token={page.token} />
      <Details summary="All your answers">
        <Transcript turns={turns} at={consultationPaths(id)} />
      </Details>
    </Layout>
  );
}
