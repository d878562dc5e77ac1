import { anonymousPaths, paths } from '../../server/base/paths.ts';
import type { Result } from '../../server/consultation/result.ts';
import type { PastTurn } from '../../server/consultation/transcript.ts';
import type { AreaFacts } from '../../server/flow/flow.ts';
import { describeEstimate } from '../kit/estimate.ts';
import { countOf, Fold } from '../kit/fold.tsx';
import { LanguageChoice, type Spoken } from '../kit/language-choice.tsx';
import { Layout } from '../kit/layout.tsx';
import type { PageContext } from '../kit/page-context.ts';
import { NobodyTold } from '../kit/services-told.tsx';
import { Turns } from '../question/conversation.tsx';
import {
  Advices,
  ChildSteps,
  ContactLines,
  Contacts,
  Doubts,
  MySteps,
  OthersSteps,
  OwnWords,
} from '../result/findings.tsx';
import { Recommended, whereToGoOn } from '../result/recommended.tsx';
import { Why } from '../result/why.tsx';

export interface AnonymousStartPageProps {
  page: PageContext;
  reader: 'public' | 'child';
  /** Roughly how many questions there are. */
  questions?: number | undefined;
  /** Languages other than English in which the pages are available. */
  languages?: readonly Spoken[] | undefined;
  /** Whether a conversation is open in this browser, perhaps in another tab: then the person chooses. */
  underWay?: boolean;
}

/** Shown before the first question: what "Exit this page" does, and what it cannot do. */
export function AnonymousStartPage({
  page,
  reader,
  questions,
  languages = [],
  underWay = false,
}: AnonymousStartPageProps) {
  if (underWay) return <UnderWayPage page={page} reader={reader} />;
  const child = reader === 'child';
  return (
    <Layout page={page} title="Before you start" reader={reader}>
      <h1 class="fd-title">{child ? 'Before we talk' : 'Before you start'}</h1>
      {page.language === undefined && <LanguageChoice languages={languages} token={page.token} reader={reader} />}
      <p>
        {child
          ? 'You are not in trouble. You do not have to say your name.'
          : 'You do not have to give your name. There is no account.'}
      </p>
      {questions !== undefined && <p>{describeEstimate(questions)}.</p>}
      <h2 class="govuk-heading-m">If you need to leave quickly</h2>
      <p>
        The button “Exit this page” is at the top of every page. It ends this conversation and opens a page about
        something else. You can also press the Shift key three times.
      </p>
      <p>
        It does not clear the history of your browser. Somebody who looks at it may see that you were on this site. You
        can use a private window, or another phone or computer that is safe.
      </p>
      <h2 class="govuk-heading-m">What we keep</h2>
      <p>
        Nothing that you answer stays after you leave, or after an hour. We count how many people were here, and nothing
        about you.
      </p>
      <form method="post" action={paths.talk()}>
        <input type="hidden" name="token" value={page.token} />
        <input type="hidden" name="reader" value={reader} />
        <button type="submit" class="govuk-button">
          {child ? 'Start talking' : 'Start'}
        </button>
      </form>
    </Layout>
  );
}

/** Two tabs share one conversation, so starting a new one would lose the answers of the other. */
function UnderWayPage({ page, reader }: Pick<AnonymousStartPageProps, 'page' | 'reader'>) {
  return (
    <Layout page={page} title="You have already started" reader={reader}>
      <h1 class="fd-title">You have already started</h1>
      <p>There are answers in this browser, perhaps in another tab. You can go on with them.</p>
      <p>
        <a class="govuk-button" href={paths.talk()}>
          Go on with my answers
        </a>
      </p>
      <p>Or start again. Then the answers that you gave before are gone.</p>
      <form method="post" action={paths.talk()}>
        <input type="hidden" name="token" value={page.token} />
        <input type="hidden" name="reader" value={reader} />
        <input type="hidden" name="anew" value="yes" />
        <button type="submit" class="govuk-button govuk-button--secondary">
          Start again
        </button>
      </form>
    </Layout>
  );
}

/** The two doors, for somebody who chose their language before saying who they are. */
export function WhoAreYouPage({ page }: { page: PageContext }) {
  return (
    <Layout page={page} title="Start" reader="public">
      <h1 class="fd-title">Who are you?</h1>
      <ul class="fd-cards">
        {(['public', 'child'] as const).map((reader) => (
          <li>
            <a class="fd-card" href={paths.talkFor(reader)}>
              <span class="fd-card__title">
                {reader === 'child' ? 'I am a child or young person' : 'I am worried about a child'}
              </span>
              <span class="fd-card__text">
                {reader === 'child'
                  ? 'For you, or for a friend you worry about'
                  : 'For neighbours, relatives, friends and parents'}
              </span>
            </a>
          </li>
        ))}
      </ul>
    </Layout>
  );
}

export interface AnonymousResultPageProps {
  page: PageContext;
  reader: 'public' | 'child';
  area: AreaFacts;
  result: Result;
  turns: PastTurn[];
  /** Large text, to read from a distance or show to somebody. */
  large?: boolean;
}

/** The result for the public and children: the number first, few words, and nothing stored. */
export function AnonymousResultPage({ page, reader, area, result, turns, large = false }: AnonymousResultPageProps) {
  return (
    <Layout
      page={page}
      title="What you can do"
      reader={reader}
      end={result.end}
      large={large}
      skip={{ to: 'action-title', words: 'Skip to what you can do' }}
    >
      <Recommended
        result={{ ...result, level: undefined }}
        area={area}
        child={reader === 'child'}
        goOn={reader === 'public' ? whereToGoOn(turns, anonymousPaths) : undefined}
      />
      <OwnWords result={result} />
      {page.language !== undefined && <AskForInterpreter language={page.language} />}
      <NobodyTold />
      <p class="fd-no-print">
        <a class="govuk-link" href={large ? paths.talkResult() : paths.talkResultLarge()}>
          {large ? 'Normal letters' : 'Large letters'}
        </a>
      </p>
      {reader === 'child' ? <ChildSteps result={result} /> : <MySteps result={result} />}
      <ContactLines result={result} reader={reader} />
      <Advices result={result} />
      <Contacts result={result} />
      <OthersSteps result={result} />
      {reader === 'public' && <Doubts result={result} />}
      {reader === 'public' && <Why result={result} turns={turns} />}
      <Fold id="answers" title="What you told us" holds={countOf(turns.length, 'answer')}>
        <Turns turns={turns} at={anonymousPaths} />
      </Fold>
    </Layout>
  );
}

/** What to say on the telephone to ask for an interpreter, in English. */
function AskForInterpreter({ language }: { language: Spoken }) {
  return (
    <section class="fd-interpreter" aria-labelledby="interpreter-title">
      <h2 class="govuk-heading-s" id="interpreter-title">
        When you ring, ask for an interpreter
      </h2>
      <p>Say this in English:</p>
      <p class="fd-interpreter__words" lang="en" dir="ltr" translate="no">
        “Interpreter, please. I speak {language.englishName}.”
      </p>
    </section>
  );
}
