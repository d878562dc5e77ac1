import { paths } from '../../server/base/paths.ts';
import { Layout } from '../kit/layout.tsx';
import type { AreaLine, PageContext } from '../kit/page-context.ts';
import { PhoneLink } from '../kit/phone.tsx';

export type ProblemKind =
  | 'not found'
  | 'not allowed'
  | 'out of step'
  | 'conflict'
  | 'withdrawn'
  | 'too large'
  | 'wrong type'
  | 'cross-site'
  | 'expired code'
  | 'too many'
  | 'store unavailable'
  | 'ours';

export interface ProblemPageProps {
  page: PageContext;
  kind: ProblemKind;
  /** Front doors to show while it is not known where the child lives. */
  areas?: AreaLine[];
  /** To quote on the telephone when the fault is ours. */
  reference?: string;
  /** Where to go on, if there is somewhere nearer than the start. */
  goOn?: { href: string; words: string };
  reader?: 'professional' | 'public' | 'child';
}

/** Heading, what happened, what to do next. */
const WORDS: Record<ProblemKind, { title: string; happened: string; next: string }> = {
  'not found': {
    title: 'We cannot find that page',
    happened: 'The address may be wrong, or it belongs to a consultation that was opened in another browser.',
    next: 'If you have a reference and a code, use them to go back. Otherwise start again: it takes a few minutes.',
  },
  'not allowed': {
    title: 'Your role cannot do that',
    happened: 'You are signed in, but this page is for another role. Nothing was changed.',
    next: 'If you need it for your work, ask the administrator of your area.',
  },
  'out of step': {
    title: 'That question is not open',
    happened: 'You may have used an old tab or the Back button. Nothing was changed.',
    next: 'Go on with the question that is open now.',
  },
  conflict: {
    title: 'Somebody else was faster',
    happened: 'The record changed while you were writing. What you sent was not saved, and nothing was overwritten.',
    next: 'Open the record again, look at what is there, and add yours if it is still needed.',
  },
  withdrawn: {
    title: 'This guidance has been withdrawn',
    happened: 'It may no longer be used, and nothing stands in its place here yet.',
    next: 'Ring the front door and talk it through. Do not wait for this page.',
  },
  'too large': {
    title: 'That is too long',
    happened: 'What you sent is larger than we can keep. It was not saved.',
    next: 'Go back, shorten it, and send it again. Notes may have 20,000 characters each.',
  },
  'wrong type': {
    title: 'We cannot read that',
    happened: 'What was sent did not come from one of our forms. Nothing was saved.',
    next: 'Go back to the page, load it again, and send the form from there.',
  },
  'cross-site': {
    title: 'That form is too old',
    happened: 'The form was opened too long ago, or sent from another site. To be safe, nothing was saved.',
    next: 'Go back, load the page again, and send it once more.',
  },
  'expired code': {
    title: 'That reference and code do not open anything',
    happened: 'One of them may be mistyped, or the code may have expired.',
    next: 'Check both and try again. If you cannot find them, start again: it takes a few minutes.',
  },
  'too many': {
    title: 'Too many tries',
    happened: 'We had to stop because there were too many tries in a short time.',
    next: 'Wait a few minutes and try again. Do not wait if you are worried about a child: ring.',
  },
  'store unavailable': {
    title: 'We cannot save anything at the moment',
    happened: 'Your last answer was not saved. What you saved before is kept.',
    next: 'Do not wait for us. Ring the front door, and call 999 if a child is in danger. Later, load this page again.',
  },
  ours: {
    title: 'Sorry, something went wrong',
    happened: 'The fault is ours. Your last answer may not be saved.',
    next: 'Do not wait for us if you are worried about a child: ring the front door. Otherwise load the page again in a minute.',
  },
};

/** Says what happened and what to do next; 999 and the front door stay in sight. */
export function ProblemPage({ page, kind, areas = [], reference, goOn, reader }: ProblemPageProps) {
  const { title, happened, next } = WORDS[kind];
  const { area } = page;
  return (
    <Layout page={page} title={title} reader={reader}>
      <h1 class="fd-title" tabindex={-1}>
        {title}
      </h1>
      <p>{happened}</p>
      <p>
        <strong>{next}</strong>
      </p>
      {reference !== undefined && <p>If you tell us about it, quote {reference}.</p>}
      <ul class="fd-list">
        {goOn !== undefined && (
          <li>
            <a class="govuk-link" href={goOn.href}>
              {goOn.words}
            </a>
          </li>
        )}
        <li>
          In danger now: <PhoneLink number="999" />
        </li>
        {(area === undefined ? areas : [area]).map((line) => (
          <FrontDoor line={line} />
        ))}
        <li>
          <a class="govuk-link" href={paths.contacts()}>
            All contacts
          </a>
        </li>
        <li>
          <a class="govuk-link" href={paths.start()}>
            Go to the start
          </a>
        </li>
      </ul>
    </Layout>
  );
}

function FrontDoor({ line: { id, name, frontDoorName, phones } }: { line: AreaLine }) {
  if (phones.length === 0)
    return (
      <li>
        {name}:{' '}
        <a class="govuk-link" href={paths.contactsOf(id)}>
          {frontDoorName}
        </a>
      </li>
    );
  return (
    <li>
      {name}: {frontDoorName}{' '}
      {phones.map((number, index) => (
        <>
          {index > 0 && ' or '}
          <PhoneLink number={number} />
        </>
      ))}
    </li>
  );
}
