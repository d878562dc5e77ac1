import type { Child } from 'hono/jsx';
import { describeInstant } from '../../server/base/days.ts';
import { paths } from '../../server/base/paths.ts';
import { capitalise } from '../../server/base/text.ts';
import type { Consultation, Recorded } from '../../server/consultation/consultation.ts';
import { describeBefore } from '../../server/consultation/describe-before.ts';
import type { Entry } from '../../server/consultation/entry.ts';
import { isAsked } from '../../server/desk/desk-case.ts';
import { whatIsUntold } from '../../server/desk/told.ts';
import { CorrectionsOf } from './corrections.tsx';

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
            ? 'A question to the duty worker is not a referral, and neither is the answer.'
            : 'This page is advice. Nothing has been sent, and nobody has been told. It is not a referral.'}
        </p>
      </NotTold>
    );
  const writer = entries[told.number - 1]?.who;
  const since = describeSince(consultation, told);
  const corrections = (
    <CorrectionsOf consultation={consultation} of={[told.number]} record={paths.record(consultation.id)} />
  );
  if (since === undefined)
    return (
      <Told told={told} writer={writer} recordAt={recordAt}>
        {corrections}
      </Told>
    );
  return (
    <NotTold title={since.title} recordAt={recordAt} words="I have told them this too: write it down">
      <p>{since.words} Front Door sends them nothing.</p>
      <SpokenTo told={told} writer={writer} />
      {corrections}
    </NotTold>
  );
}

/**
 * The newest thing that children's services do not know although they were told before. Undefined if nothing is newer.
 */
function describeSince(
  consultation: Consultation,
  told: Recorded<'told'>,
): { title: string; words: string } | undefined {
  const isOwn = consultation.entries[told.number - 1]?.who === undefined;
  const toldThem = isOwn ? 'you told children’s services' : 'children’s services were told';
  const untold = whatIsUntold(consultation);
  if (untold === 'answers')
    return {
      title: `${isOwn ? 'Your' : 'The'} answers have changed since ${toldThem}`,
      words: 'They do not know yet what was added. Tell them this as well.',
    };
  if (untold === 'news')
    return {
      title: `Something was added for the duty worker after ${toldThem}`,
      words: 'If it is something new about the child, tell them this as well.',
    };
  if (untold === 'consultation')
    return {
      title: `${capitalise(toldThem)} before this consultation was opened`,
      words: 'They do not know what came out of it. Tell them this as well.',
    };
  return undefined;
}

interface ToldProps {
  told: Recorded<'told'>;
  /** Who wrote it down, if it was the desk. */
  writer: Entry['who'];
}

/** Who told them and who wrote that down, as far as that is known. */
function Told({ told, writer, recordAt, children }: ToldProps & { recordAt: string; children: Child }) {
  return (
    <section class="fd-told" aria-labelledby="told-title">
      <h2 class="fd-told__title" id="told-title">
        {describeWritten({ told, writer })}
      </h2>
      <SpokenTo told={told} writer={writer} />
      {children}
      <p class="fd-told__note">
        Written down by {writer === undefined ? 'you' : `${writer.name}, ${writer.role},`} on {describeInstant(told.at)}
        . Front Door itself sends nothing.
      </p>
      {writer !== undefined && told.toldBy !== 'desk' && (
        <p>
          If you have not told them, tell them now.{' '}
          <a class="govuk-link fd-no-print" href={recordAt}>
            I have told them: write it down
          </a>
        </p>
      )}
    </section>
  );
}

function describeWritten({ told: { toldBy }, writer }: ToldProps): string {
  if (writer === undefined) return 'You wrote down that you told children’s services';
  if (toldBy === 'desk') return 'The duty worker wrote down that they told children’s services';
  if (toldBy === 'referrer') return 'The duty worker wrote down that you told children’s services';
  return 'The duty worker wrote down that children’s services were told';
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

function SpokenTo({ told, writer }: ToldProps) {
  const { toldBy, spokeTo, when } = told;
  const teller = writer === undefined || toldBy === 'referrer' ? 'You' : toldBy === 'desk' ? writer.name : undefined;
  return (
    <p>
      {teller === undefined ? `Told: ${spokeTo}` : `${teller} spoke to ${spokeTo}`}, {when}.{' '}
      {told.reference === '' ? 'No reference was given.' : `Reference given: ${told.reference}.`}
      {told.before !== undefined && ` ${describeBefore(told).slice(2)}.`}
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
