import type { Consultation } from '../server/consultation/consultation.ts';
import type { Result } from '../server/consultation/result.ts';
import type { PastTurn } from '../server/consultation/transcript.ts';
import type { AreaFacts } from '../server/flow/flow.ts';
import { consultationPaths, paths } from '../server/paths.ts';
import { Transcript } from './conversation.tsx';
import { Layout } from './layout.tsx';
import { Details } from './parts/details.tsx';
import { Advices, Changes, Contacts, Doubts, LowerFindings, NextSteps, Why, WriteDown } from './parts/findings.tsx';
import { PrintHead } from './parts/print.tsx';
import { Recommended } from './parts/recommended.tsx';
import { ReturnCode } from './parts/return_code.tsx';
import { StandSection } from './parts/stand.tsx';
import { ToldBanner } from './parts/told.tsx';
import { RecordNext } from './parts/record_next.tsx';
import type { Surroundings } from './surroundings.ts';

export interface ResultPageProps {
  around: Surroundings;
  consultation: Consultation;
  area: AreaFacts;
  result: Result;
  turns: PastTurn[];
  /** Shown once, just after it was made. */
  code?: string;
}

/** What to do, whom to ring, and why: the banner first, then one action, then everything that stands behind it. */
export function ResultPage({ around, consultation, area, result, turns, code }: ResultPageProps) {
  const { id, reference, told } = consultation;
  const door = area.frontDoorName;
  const { parents, consent, police } = result;
  return (
    <Layout around={around} title="What to do" end={result.end} skip={{ to: 'action-title', words: 'Skip to what to do' }}>
      <PrintHead reference={reference} openedAt={consultation.openedAt} told={told !== undefined} />
      <p class="fd-reference">
        Consultation <strong>{reference}</strong>
      </p>
      <ToldBanner told={told} recordAt={`${paths.record(id)}#tellings`} />
      <Recommended result={result} area={area} />
      <Contacts result={result} />
      {parents !== undefined && <StandSection topic="parents" title="Parents and carers" stand={parents} door={door} />}
      {consent !== undefined && <StandSection topic="consent" title="Consent, and what to share" stand={consent} door={door} />}
      {police !== undefined && <StandSection topic="police" title="The police" stand={police} door={door} />}
      <Advices result={result} />
      <WriteDown result={result} />
      <NextSteps result={result} />
      <Doubts result={result} />
      <Why result={result} />
      <Changes result={result} area={area} />
      <LowerFindings result={result} area={area} />
      <RecordNext consultation={consultation} />
      <ReturnCode id={id} reference={reference} code={code} token={around.token} />
      <Details summary="All your answers">
        <Transcript turns={turns} at={consultationPaths(id)} />
      </Details>
    </Layout>
  );
}
