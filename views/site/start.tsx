import { describeInstant } from '../../server/base/days.ts';
import { paths } from '../../server/base/paths.ts';
import { NATIONAL } from '../../server/flow/national.ts';
import { LanguageChoice, type Spoken } from '../kit/language-choice.tsx';
import { Layout } from '../kit/layout.tsx';
import type { PageContext } from '../kit/page-context.ts';
import { PhoneLink } from '../kit/phone.tsx';
import { SearchBox } from '../kit/search-box.tsx';

export interface StartPageProps {
  page: PageContext;
  areas: { id: string; name: string; frontDoorName: string }[];
  /** Consultations of this browser that are not finished, the newest first. */
  unfinished?: Unfinished[];
  /** Languages other than English of the doors for the public and children. */
  languages?: readonly Spoken[] | undefined;
}

/** Contains nothing personal, because somebody else may look at this screen. */
export interface Unfinished {
  id: string;
  title: string;
  areaName: string;
  openedAt: string;
}

/** The first choice: who you are, and where the child lives. The reason comes second. */
export function StartPage({ page, areas, unfinished = [], languages = [] }: StartPageProps) {
  return (
    <Layout page={page} title="Start" first>
      <h1 class="fd-title">Worried about a child?</h1>
      <p class="fd-danger-line">
        If a child is in danger now, <PhoneLink number="999" words="call 999" /> first. You can come back to this page
        later.
      </p>
      <p class="fd-lead">
        Answer one question at a time. At the end you know what to do, why, and whom to ring. You never have to name the
        child.
      </p>
      {unfinished.length > 0 && <GoOn unfinished={unfinished} />}
      <Professionals areas={areas} />
      <Others languages={languages} token={page.token} />
      <SearchBox token={page.token} />
      <p>
        <a class="govuk-link" href={paths.return()}>
          Go back to a consultation with your reference and code
        </a>
      </p>
    </Layout>
  );
}

function Professionals({ areas }: Pick<StartPageProps, 'areas'>) {
  return (
    <section class="fd-start" aria-labelledby="professional">
      <h2 class="govuk-heading-m" id="professional">
        I work with children or families
      </h2>
      <p>Where does the child live?</p>
      <ul class="fd-cards">
        {areas.map(({ id, name, frontDoorName }) => (
          <li>
            <a class="fd-card" href={paths.area(id)}>
              <span class="fd-card__title">{name}</span>
              <span class="fd-card__text">Front door: {frontDoorName}</span>
            </a>
          </li>
        ))}
        <li>
          <a class="fd-card" href={paths.area(NATIONAL)}>
            <span class="fd-card__title">Somewhere else</span>
            <span class="fd-card__text">How to find the council, and what holds everywhere</span>
          </a>
        </li>
      </ul>
    </section>
  );
}

function Others({ languages, token }: { languages: readonly Spoken[]; token: string }) {
  return (
    <section class="fd-start" aria-labelledby="others">
      <h2 class="govuk-heading-m" id="others">
        I am not here for my work
      </h2>
      <ul class="fd-cards">
        <li>
          <a class="fd-card" href={paths.talkFor('public')}>
            <span class="fd-card__title">I am worried about a child</span>
            <span class="fd-card__text">For neighbours, relatives, friends and parents</span>
          </a>
        </li>
        <li>
          <a class="fd-card" href={paths.talkFor('child')}>
            <span class="fd-card__title">I am a child or young person</span>
            <span class="fd-card__text">For you, or for a friend you worry about</span>
          </a>
        </li>
      </ul>
      <LanguageChoice languages={languages} token={token} />
    </section>
  );
}

function GoOn({ unfinished }: { unfinished: Unfinished[] }) {
  return (
    <section class="fd-start" aria-labelledby="unfinished">
      <h2 class="govuk-heading-m" id="unfinished">
        Go on where you stopped
      </h2>
      <ul class="fd-cards">
        {unfinished.map(({ id, title, areaName, openedAt }) => (
          <li>
            <a class="fd-card" href={paths.consultation(id)}>
              <span class="fd-card__title">{title}</span>
              <span class="fd-card__text">
                {areaName}, begun {describeInstant(openedAt)}
              </span>
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
}
