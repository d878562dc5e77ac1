import { html, raw } from 'hono/html';
import type { Child } from 'hono/jsx';
import { describeInstant } from '../../server/base/days.ts';
import { writeReferences } from '../../server/base/letter-references.ts';
import { paths } from '../../server/base/paths.ts';
import type { Reader } from '../../server/flow/flow.ts';
import { Footer } from './footer.tsx';
import { HOMES } from './home.ts';
import { LanguageBar } from './language-choice.tsx';
import type { PageContext } from './page-context.ts';
import { ALWAYS, renderOnce } from './render-once.ts';
import { SCRIPT_WORDS } from './script-words.ts';
import { UrgentBar } from './urgent.tsx';

export interface LayoutProps {
  page: PageContext;
  /** Neutral, because it appears in the browser's history. */
  title: string;
  error?: boolean;
  /** For the public and children, the page has "Exit this page". */
  reader?: Reader;
  /** Loads the script for the question form. */
  conversation?: boolean;
  /** Loads the script for passkeys. */
  passkeys?: boolean;
  /** Loads the script for the duty desk. */
  desk?: boolean;
  /** Loads the script for the hand-over sheet. */
  handoverSheet?: boolean;
  /** The numbers can be kept on the device: loads the script, manifest and icon for that. */
  numbers?: boolean;
  /** One of the first pages, which have to load fastest: it needs `app.css` only while nobody is signed in. A test checks that. */
  first?: boolean;
  wide?: boolean;
  /** Text one and a half times as large. */
  large?: boolean;
  /** Id of the end reached; on result pages only. */
  end?: string;
  /** Target of the skip link, if not the main part. */
  skip?: { to: string; words: string };
  children?: Child;
}

export function Layout(props: LayoutProps) {
  const { page, title, error, reader, wide, large, end, skip, children } = props;
  const { conversation, passkeys, desk, numbers, handoverSheet } = props;
  // The header of somebody who is signed in needs the rest as well, which they have from the desk.
  const first = props.first && page.person === undefined;
  const leaving = isLeaving(page, reader);
  const exit = leaving || (page.exit === true && page.person === undefined);
  const skipTo = skip ?? { to: 'main', words: 'Skip to the main part' };
  return (
    <html
      lang={page.language?.id ?? 'en-GB'}
      dir={page.language?.direction}
      class={large ? 'govuk-template fd-large' : 'govuk-template'}
    >
      <head>
        <meta charset="utf-8" />
        {pageTitle({ page, title, error, reader })}
        <Loads assets={page.assets} {...{ conversation, desk, handoverSheet, passkeys, exit, numbers, first }} />
      </head>
      <body
        class="govuk-template__body"
        data-drafts={page.person && paths.drafts()}
        data-words={page.language && JSON.stringify(SCRIPT_WORDS)}
      >
        <a href={`#${skipTo.to}`} class="govuk-skip-link">
          {skipTo.words}
        </a>
        <UrgentBar area={page.area} exit={exit} />
        <Header page={page} />
        {page.language !== undefined && <LanguageBar language={page.language} token={page.token} />}
        <div class="fd-page">
          <main
            id="main"
            class={wide ? 'fd-main fd-main--wide' : 'govuk-width-container fd-main'}
            tabindex={-1}
            data-end={end}
          >
            <PrintedBy person={page.person} />
            {children}
          </main>
        </div>
        <Footer leaving={leaving} role={page.person?.role} />
      </body>
    </html>
  );
}

interface LoadsProps
  extends Pick<LayoutProps, 'conversation' | 'passkeys' | 'desk' | 'handoverSheet' | 'numbers' | 'first'>,
    Pick<PageContext, 'assets'> {
  exit: boolean;
}

/** The contents of the head except the title. Pages load one of a dozen sets of files. */
const Loads = renderOnce(setOf, ({ assets, conversation, desk, handoverSheet, passkeys, exit, numbers, first }) => (
  <>
    <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover" />
    <meta name="color-scheme" content="light dark" />
    <meta name="robots" content="noindex" />
    <meta name="format-detection" content="telephone=no" />
    {(conversation || desk || handoverSheet) && (
      <meta name="htmx-config" content='{"history":"reload","includeIndicatorCSS":false}' />
    )}
    <link rel="icon" href="data:," />
    <link rel="stylesheet" href={assets.styles} />
    {!first && <link rel="stylesheet" href={assets.restOfStyles} />}
    {conversation && <script src={assets.conversation} defer />}
    {desk && <script src={assets.desk} defer />}
    {handoverSheet && <script src={assets.handoverSheet} defer />}
    <script src={first ? assets.firstScript : assets.script} defer />
    {passkeys && <script src={assets.passkey} defer />}
    {exit && <script src={assets.exit} defer />}
    {numbers && <link rel="manifest" href={paths.numbersManifest()} />}
    {numbers && <script src={assets.numbers} defer />}
  </>
));

const sets = new WeakMap<LoadsProps['assets'], Map<string, object>>();

/** Returns the same object for the same set of files. */
function setOf({ assets, ...which }: LoadsProps): object {
  const known = sets.get(assets) ?? new Map<string, object>();
  sets.set(assets, known);
  const key = JSON.stringify(which);
  const set = known.get(key) ?? {};
  known.set(key, set);
  return set;
}

/** On paper: who printed it, and when. */
function PrintedBy({ person }: Pick<PageContext, 'person'>) {
  if (person?.at === undefined) return null;
  return (
    <p class="fd-only-print">
      Printed by {person.name}, {person.role}, {describeInstant(person.at)}. This is not a referral.
    </p>
  );
}

const MOST_TITLES = 500;
const titles = new Map<string, ReturnType<typeof raw>>();

/**
 * The same few titles come again and again. A string instead of an element, because hono would search a whole fragment
 * for a head to move the element to.
 */
export function pageTitle(titled: Titled) {
  const words = describeTitle(titled);
  const known = titles.get(words);
  if (known !== undefined) return known;
  const title = raw(writeReferences(`${html`<title>${words}</title>`}`));
  if (titles.size < MOST_TITLES) titles.set(words, title);
  return title;
}

type Titled = Pick<LayoutProps, 'page' | 'title' | 'error' | 'reader'>;

/** Neutral for the public and children: it does not even name the area. */
function describeTitle({ page, title, error, reader }: Titled): string {
  const service = page.area === undefined || isLeaving(page, reader) ? 'Front Door' : `Front Door, ${page.area.name}`;
  return `${error ? 'Error: ' : ''}${title} – ${service}`;
}

function isLeaving({ leaving }: PageContext, reader: Reader | undefined): boolean {
  return leaving === true || reader === 'public' || reader === 'child';
}

function Header({ page: { area, person, token } }: { page: PageContext }) {
  return person === undefined ? <PlainHeader area={area} /> : <HeaderOf area={area} person={person} token={token} />;
}

type HeaderProps = Pick<PageContext, 'area' | 'person'> & { token?: string };

/** The header if nobody is signed in: it depends only on the area. */
const PlainHeader = renderOnce(
  ({ area }: Pick<HeaderProps, 'area'>) => area ?? ALWAYS,
  ({ area }) => <HeaderOf area={area} />,
);

function HeaderOf({ area, person, token = '' }: HeaderProps) {
  return (
    <header class="fd-header">
      <div class="govuk-width-container fd-header__row">
        <a href={paths.start()} class="fd-header__name">
          <span class="fd-header__mark" aria-hidden="true" />
          Front Door
        </a>
        {area !== undefined && <span class="fd-header__area">{area.name}</span>}
        {person !== undefined && <SignedIn person={person} token={token} />}
      </div>
    </header>
  );
}

function SignedIn({ person, token }: { person: NonNullable<PageContext['person']>; token: string }) {
  return (
    <form class="fd-header__person" method="post" action={paths.signOut()}>
      <input type="hidden" name="token" value={token} />
      <a href={HOMES[person.role].href}>{HOMES[person.role].words}</a>
      {person.figures && <a href={paths.figures()}>Figures</a>}
      <a href={paths.account()}>
        {person.name}
        <span class="govuk-visually-hidden">, your account</span>
      </a>
      <button type="submit" class="fd-header__out">
        Sign out
      </button>
    </form>
  );
}
