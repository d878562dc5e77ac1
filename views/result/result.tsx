import { consultationPaths, paths } from '../../server/base/paths.ts';
import type { Consultation } from '../../server/consultation/consultation.ts';
import type { Result } from '../../server/consultation/result.ts';
import type { WordsToSay } from '../../server/consultation/script-lines.ts';
import type { PastTurn } from '../../server/consultation/transcript.ts';
import { lastAskedAt } from '../../server/desk/desk-case.ts';
import type { AreaFacts } from '../../server/flow/flow.ts';
import { AskWhetherSent } from '../handover-sheet/sent.tsx';
import { ErrorSummary } from '../kit/error-summary.tsx';
import { fieldId } from '../kit/field.tsx';
import { Fold } from '../kit/fold.tsx';
import { Layout } from '../kit/layout.tsx';
import type { PageContext } from '../kit/page-context.ts';
import { PrintHead } from '../kit/print.tsx';
import { renderOnceWithSlots } from '../kit/render-once.ts';
import { CodeForm, ReturnCode } from '../kit/return-code.tsx';
import { ServicesToldBanner } from '../kit/services-told.tsx';
import { AskDutyWorker } from '../question/ask-duty-worker-form.tsx';
import { Downloads, RecordNext } from '../record/record-next.tsx';
import { BehindTheResult } from './behind.tsx';
import { MySteps } from './findings.tsx';
import { HOURS, NextHoursSection, type NextHoursShown } from './next-hours.tsx';
import { Recommended, whereToGoOn } from './recommended.tsx';
import { WordsToSayFold } from './words-to-say.tsx';

export interface ResultPageProps {
  page: PageContext;
  consultation: Consultation;
  area: AreaFacts;
  result: Result;
  turns: PastTurn[];
  /** Undefined if nobody has to act soon. */
  nextHours?: NextHoursShown;
  /** What to say to the child, and to a parent. */
  words?: WordsToSay;
  /** Shown only once, just after it was created. */
  code?: string;
  /** Shows everything behind the result, unfolded. */
  whole?: boolean;
}

/**
 * What to do, whom to contact and the reader's own steps are in sight. Everything behind them is one tap away, on a
 * separate page: most people never open it, and it must not delay the result on a slow connection.
 */
export function ResultPage(props: ResultPageProps) {
  const { page, consultation, area, result, turns, nextHours, words, code, whole = false } = props;
  const { id, reference } = consultation;
  return (
    <Layout
      page={page}
      title={whole ? 'What to do, and everything behind it' : 'What to do'}
      end={result.end}
      error={nextHours?.failed !== undefined}
      skip={{ to: 'action-title', words: 'Skip to what to do' }}
    >
      <PrintHead consultation={consultation} prints={paths.prints(id)} token={page.token} />
      {whole && (
        <a class="govuk-link fd-back" href={paths.result(id)}>
          Back to the short page
        </a>
      )}
      {nextHours?.failed !== undefined && (
        <ErrorSummary
          errors={Object.entries(nextHours.failed.errors).map(([name, message]) => ({
            field: fieldId(HOURS, name),
            message,
          }))}
        />
      )}
      <FirstScreen result={result} area={area} turns={turns} id={id} />
      <ServicesToldBanner
        consultation={consultation}
        toBeTold={result.toBeTold}
        recordAt={`${paths.record(id)}#tellings`}
      />
      <AskWhetherSent consultation={consultation} />
      <p class="fd-reference">
        Consultation <strong>{reference}</strong>
      </p>
      <AskDutyWorker id={id} askedAt={lastAskedAt(consultation.entries)} token={page.token} />
      {whole ? <MySteps result={result} folded={{ open: true }} /> : <StepsInShort result={result} id={id} />}
      {nextHours !== undefined && <NextHoursSection {...nextHours} consultation={consultation} token={page.token} />}
      {whole ? (
        <BehindTheResult {...{ id, area, result, turns, words, folded: { open: true } }} />
      ) : (
        <BehindInShort {...{ id, area, result, turns, words }} />
      )}
      {!whole && <NotOnThisPaper />}
      <RecordNext consultation={consultation} />
      {code === undefined ? (
        <ShowLead id={id} reference={reference} token={page.token} />
      ) : (
        <ReturnCode id={id} reference={reference} code={code} token={page.token} />
      )}
    </Layout>
  );
}

interface OfResult {
  result: Result;
  /** Id of the consultation. */
  id: string;
}

/**
 * The cache key is the result, which is one object for all who gave the same answers. Only the URLs of their
 * consultations differ.
 */
const resultOf = ({ result }: OfResult) => result;

const FirstScreen = renderOnceWithSlots(
  ['id'],
  resultOf,
  ({ result, area, turns, id }: OfResult & Pick<ResultPageProps, 'area' | 'turns'>) => (
    <Recommended
      result={result}
      area={area}
      goOn={whereToGoOn(turns, consultationPaths(id))}
      whatToSay={paths.call(id)}
      handoverSheet={paths.handoverSheet(id)}
      sources
    />
  ),
);

const StepsInShort = renderOnceWithSlots(['id'], resultOf, ({ result, id }: OfResult) => (
  <MySteps result={result} folded={elsewhere(id)} />
));

function BehindInShort({ words, ...behind }: OfResult & Pick<ResultPageProps, 'area' | 'turns' | 'words'>) {
  return (
    <>
      {words !== undefined && <WordsToSayFold words={words} folded={elsewhere(behind.id)} />}
      <HeadingsBehind {...behind} />
    </>
  );
}

/** Headings, and how much is below each. Never the contents: the answers include words that somebody typed. */
const HeadingsBehind = renderOnceWithSlots(
  ['id'],
  resultOf,
  (behind: OfResult & Pick<ResultPageProps, 'area' | 'turns'>) => (
    <BehindTheResult {...behind} folded={elsewhere(behind.id)} />
  ),
);

function elsewhere(id: string) {
  return { elsewhere: paths.wholeResult(id) };
}

/** For people who print without a script; with one, the rest is fetched before printing. */
function NotOnThisPaper() {
  return (
    <p class="fd-only-print" data-elsewhere>
      Not on this paper: what stands behind these headings. To print it, open “Everything on one page”.
    </p>
  );
}

/** Ways to show it to a manager: on paper, as a file, or on their own screen. */
function ShowLead({ id, reference, token }: { id: string; reference: string; token: string }) {
  return (
    <Fold id="lead" title="Show a lead, or come back later" holds="3 ways" quiet>
      <p>
        Print{' '}
        <a href={paths.wholeResult(id)} class="govuk-link">
          everything on one page
        </a>
        , or take the record below. To look at it on another screen or another day, they need the reference{' '}
        <strong>{reference}</strong> and a code. Whoever has both can read it and add to it.
      </p>
      <Downloads id={id} />
      <CodeForm id={id} token={token} />
    </Fold>
  );
}
