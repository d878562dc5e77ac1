import type { Child } from 'hono/jsx';
import { describeInstant } from '../../server/base/days.ts';
import { type Consultation, isToldBefore, type Recorded } from '../../server/consultation/consultation.ts';
import { isAsked } from '../../server/desk/desk-case.ts';

interface ToldBannerProps {
  consultation: Consultation;
  /** Children's services must be told. If not, a single line says that nobody has been told. */
  toBeTold?: boolean;
  /** URL of the form to record that they were told. */
  recordAt: string;
}

/** Warns that no referral has been made, until the person records whom they told, and again if answers change after that. */
export function ServicesToldBanner({ consultation, toBeTold = true, recordAt }: ToldBannerProps) {
  const { told, entries } = consultation;
  if (told === undefined && !toBeTold)
    return (
      <p class="fd-told-line">
        This page is advice. Nothing has been sent to anybody, and it is not a referral.{' '}
        <a class="govuk-link fd-no-print" href={recordAt}>
          I told somebody: write it down
        </a>
      </p>
    );
  if (told === undefined)
    return (
      <NotTold
        title="You have not told children’s services yet"
        recordAt={recordAt}
        words="I have told them: write it down"
      >
        <p>
          {isAsked(entries)
            ? 'Your question is with the duty worker. That is not a referral, and children’s services have not been told by it.'
            : 'This page is advice. Nothing has been sent, and nobody has been told. It is not a referral.'}
        </p>
      </NotTold>
    );
  if (isToldBefore(consultation))
    return (
      <NotTold
        title="Your answers have changed since you told children’s services"
        recordAt={recordAt}
        words="I have told them this too: write it down"
      >
        <p>They do not know yet what you added. Tell them this as well. Front Door sends them nothing.</p>
        <SpokenTo told={told} />
      </NotTold>
    );
  return (
    <section class="fd-told" aria-labelledby="told-title">
      <h2 class="fd-told__title" id="told-title">
        You wrote down that you told children’s services
      </h2>
      <SpokenTo told={told} />
      <p class="fd-told__note">Written down by you on {describeInstant(told.at)}. Front Door itself sends nothing.</p>
    </section>
  );
}

interface NotToldProps {
  title: string;
  recordAt: string;
  words: string;
  children: Child;
}

function NotTold({ title, recordAt, words, children }: NotToldProps) {
  return (
    <section class="fd-untold" aria-labelledby="told-title">
      <h2 class="fd-untold__title" id="told-title">
        {title}
      </h2>
      {children}
      <p class="fd-no-print">
        <a class="govuk-link" href={recordAt}>
          {words}
        </a>
      </p>
    </section>
  );
}

function SpokenTo({ told }: { told: Recorded<'told'> }) {
  return (
    <p>
      You spoke to {told.spokeTo}, {told.when}.{' '}
      {told.reference === '' ? 'No reference was given.' : `Reference given: ${told.reference}.`}
    </p>
  );
}

/** For the public and children, who have no record here. */
export function NobodyTold() {
  return (
    <section class="fd-untold" aria-labelledby="told-title">
      <h2 class="fd-untold__title" id="told-title">
        Nobody has been told yet
      </h2>
      <p>This page tells nobody. Nobody will ring you because of it.</p>
    </section>
  );
}
