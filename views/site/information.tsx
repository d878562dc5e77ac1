import type { Child } from 'hono/jsx';
import { paths } from '../../server/base/paths.ts';
import type { Language } from '../../server/flow/translation/language.ts';
import { Layout } from '../kit/layout.tsx';
import type { PageContext } from '../kit/page-context.ts';

export function PrivacyPage({ page }: { page: PageContext }) {
  return (
    <Information page={page} title="How your data is kept">
      <h2 class="govuk-heading-m">If you work with children</h2>
      <ul class="fd-list">
        <li>
          We keep the questions you were shown, your answers, the guidance version, and what you add to the record, each
          with its time.
        </li>
        <li>You never have to give your name or the name of the child.</li>
        <li>Nothing is overwritten. A correction stands beside what it corrects.</li>
        <li>
          The record opens again only in the browser that began it, or with its reference and code. Of the code we keep
          only a fingerprint, which cannot be read back.
        </li>
        <li>Nothing is sent to children’s services, the police or anybody else. Telling them is up to you.</li>
      </ul>
      <h2 class="govuk-heading-m">If you are here as a member of the public, a child or a young person</h2>
      <ul class="fd-list">
        <li>No name is asked, and no address of your device is written down.</li>
        <li>Your answers, and the language you chose, go when you leave, or after an hour.</li>
        <li>
          We count which area was chosen and where the conversation ended, by week. That count holds nothing about you.
        </li>
        <li>
          The history of your browser is not ours to clear. Somebody who uses the same device may see that you were
          here.
        </li>
      </ul>
      <h2 class="govuk-heading-m">Cookies and other sites</h2>
      <ul class="fd-list">
        <li>One cookie keeps your conversation together. It is not used for anything else.</li>
        <li>
          A member of the public or a child has a second one, which holds the answers. Nobody can read it without our
          key. It goes when you leave, or after an hour.
        </li>
        <li>If you switch the number keys on or off, your browser remembers that.</li>
        <li>No other site is called from these pages: no adverts, no statistics service, no fonts from elsewhere.</li>
      </ul>
    </Information>
  );
}

/**
 * What it says was measured is measured by the tests in `test/browser`. The day is when the page was last compared with
 * them.
 */
export function AccessibilityPage({ page, languages }: { page: PageContext; languages: readonly Language[] }) {
  return (
    <Information page={page} title="Accessibility">
      <p>
        Front Door is built to meet the Web Content Accessibility Guidelines 2.2 at level AA. It meets them in part:
        what does not work well yet stands below.
      </p>
      <h2 class="govuk-heading-m">You can</h2>
      <ul class="fd-list">
        <li>use everything with a keyboard alone</li>
        <li>enlarge the page to 400 % without scrolling sideways</li>
        <li>use it without JavaScript; only passkeys, and saving while you type, need it</li>
        <li>use it in a dark or high-contrast scheme, which follows your device</li>
        <li>print the result and the record, or take the record away as plain text</li>
      </ul>
      <h2 class="govuk-heading-m">Number keys</h2>
      <p>
        In a question, the keys 1 to 9 choose an option and Enter continues. A switch under each question turns this
        off. The keys never work while you write in a box.
      </p>
      <h2 class="govuk-heading-m">What does not work well yet</h2>
      <ul class="fd-list">
        <li>
          Every field and button has a name for screen readers and for voice control. Nobody who uses one every day has
          tried them yet.
        </li>
        <li>
          If you do nothing for 30 minutes, the desk signs you out. What you typed is kept. The questions for the public
          and for children end after an hour. We do not warn you before.
        </li>
        <li>The drawing of the way you took is wide and may need scrolling. The same stands below it in words.</li>
        <li>
          PDF files have headings and lists that a screen reader can find. They have not been tried with one. The plain
          text says the same.
        </li>
        <UncheckedLanguages languages={languages} />
        <li>
          Some of the documents behind the guidance are scanned pictures. We cite them and cannot make them accessible.
        </li>
      </ul>
      <h2 class="govuk-heading-m">How we checked it</h2>
      <p>
        We read this page against our checks on 26 November 2026. A program for finding barriers looks at each page in
        Chromium, as narrow as a telephone, in the light and in the dark scheme. Ways through the questions are walked
        by keyboard, without JavaScript, in forced colours and on paper, and in Firefox and WebKit. This is done again
        when something changes. Disabled people have not yet tried it out.
      </p>
      <h2 class="govuk-heading-m">If something keeps you out</h2>
      <p>
        You never have to use these pages.{' '}
        <a class="govuk-link" href={paths.contacts()}>
          Ring your council’s front door
        </a>{' '}
        instead, and tell them what did not work: the council answers for this service. If you are not content with what
        it says, turn to the Equality Advisory and Support Service.
      </p>
    </Information>
  );
}

/** Names the languages whose translation nobody has signed yet. */
function UncheckedLanguages({ languages }: { languages: readonly Language[] }) {
  const names = languages.filter(({ signed }) => signed === undefined).map(({ englishName }) => englishName);
  if (names.length === 0) return null;
  return (
    <li>
      The {new Intl.ListFormat('en-GB').format(names)} words have not been checked by somebody who grew up with them.
    </li>
  );
}

export function AboutPage({ page }: { page: PageContext }) {
  return (
    <Information page={page} title="About Front Door">
      <p>
        Front Door leads you through the published safeguarding guidance of Bury, Bolton and Stockport, one question at
        a time. It ends with one thing to do, why, and whom to ring.
      </p>
      <ul class="fd-list">
        <li>
          It follows fixed rules, written down from the documents. No language model takes part, and the same answers
          always give the same advice.
        </li>
        <li>Each question and each piece of advice names the document and paragraph that it comes from.</li>
        <li>
          It does not decide for you. If your judgement says more should be done, follow it, and say why in the record.
        </li>
        <li>It is not a referral. Nobody is told until you tell them.</li>
      </ul>
      <p>
        <a class="govuk-link" href={paths.flows()}>
          Read the guidance as it is asked, flow by flow
        </a>
      </p>
      <p>
        <a class="govuk-link" href={paths.posters()}>
          Posters to print, with a QR code
        </a>
      </p>
    </Information>
  );
}

function Information({ page, title, children }: { page: PageContext; title: string; children?: Child }) {
  return (
    <Layout page={page} title={title}>
      <h1 class="fd-title">{title}</h1>
      {children}
    </Layout>
  );
}
