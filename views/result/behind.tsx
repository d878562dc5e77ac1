import { consultationPaths } from '../../server/base/paths.ts';
import type { Result } from '../../server/consultation/result.ts';
import type { WordsToSay } from '../../server/consultation/script-lines.ts';
import type { PastTurn } from '../../server/consultation/transcript.ts';
import type { AreaFacts } from '../../server/flow/flow.ts';
import { countOf, Fold, type FoldedAt } from '../kit/fold.tsx';
import { Turns } from '../question/conversation.tsx';
import { Advices, Contacts, Doubts, MoreAboutMySteps, OthersSteps, WriteDown } from './findings.tsx';
import { Stands } from './topic-verdict.tsx';
import { Changes, LowerFindings, Why } from './why.tsx';
import { WordsToSayFold } from './words-to-say.tsx';

export interface BehindProps {
  /** Id of the consultation. */
  id: string;
  area: AreaFacts;
  result: Result;
  turns: PastTurn[];
  /** What to say to the child, and to a parent. */
  words?: WordsToSay | undefined;
  folded?: FoldedAt | undefined;
}

/** What a professional's result is based on, in sections, each with its heading in sight. */
export function BehindTheResult({ id, area, result, turns, words, folded }: BehindProps) {
  return (
    <>
      {words !== undefined && <WordsToSayFold words={words} folded={folded} />}
      <Stands result={result} folded={folded} />
      <Contacts result={result} folded={folded} />
      <Advices result={result} folded={folded} />
      <OthersSteps result={result} folded={folded} />
      <WriteDown result={result} folded={folded} />
      <Doubts result={result} folded={folded} />
      <Why result={result} turns={turns} folded={folded} />
      <Changes result={result} area={area} folded={folded} />
      <LowerFindings result={result} area={area} folded={folded} />
      <Fold {...folded} id="answers" title="All your answers" holds={countOf(turns.length, 'answer')}>
        <Turns turns={turns} at={consultationPaths(id)} />
      </Fold>
    </>
  );
}

/** All of it, folded, for a result page that is already on the screen: the script replaces each link by its section. */
export function BehindFragment(props: Omit<BehindProps, 'folded'>) {
  return (
    <div>
      <MoreAboutMySteps result={props.result} />
      <BehindTheResult {...props} />
    </div>
  );
}
