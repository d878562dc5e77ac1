import { paths } from '../../server/base/paths.ts';
import { Layout } from '../kit/layout.tsx';
import type { PageContext } from '../kit/page-context.ts';
import { Section } from '../kit/section.tsx';
import { type WrittenLine, WrittenLines } from '../kit/written-fields.tsx';

export interface PageOfAnotherProps {
  page: PageContext;
  /** Name of the person for whom the page was made. */
  owner: string;
  /** Address of that page. */
  at: string;
  /** Whether something was typed that is now saved for them. */
  isKept: boolean;
  /** The form again, for the person who is signed in now and may send it. */
  take?: { action: string; sent: URLSearchParams; lines: readonly WrittenLine[] };
}

/** Shown to a person who sent a form from a page that was made for somebody else. */
export function PageOfAnother({ page, owner, at, isKept, take }: PageOfAnotherProps) {
  const me = page.person?.name ?? '';
  return (
    <Layout page={page} title="This page is somebody else’s">
      <h1 class="fd-title" tabindex={-1} data-problem>
        This page is somebody else’s
      </h1>
      <p>
        It was opened by {owner}, and {me} is signed in here now. Nothing was saved or sent in the name of {me}.
      </p>
      {isKept && <p>What was typed is kept for {owner} alone. They find it when they sign in.</p>}
      <ul class="fd-list">
        <li>
          <a class="govuk-link" href={at}>
            Open the page as {me}
          </a>
        </li>
        <li>
          <a class="govuk-link" href={paths.account()}>
            Not {me}? Sign out under “Your account”
          </a>
        </li>
      </ul>
      {take !== undefined && <Take me={me} token={page.token} {...take} />}
    </Layout>
  );
}

type TakeProps = NonNullable<PageOfAnotherProps['take']> & { me: string; token: string };

function Take({ me, token, action, sent, lines }: TakeProps) {
  return (
    <Section id="sent" title="What was sent">
      <WrittenLines lines={lines} />
      <form method="post" action={action} novalidate data-take>
        <input type="hidden" name="token" value={token} />
        {[...sent]
          .filter(([name]) => name !== 'token')
          .map(([name, value]) => (
            <input type="hidden" name={name} value={value} />
          ))}
        <button type="submit" class="govuk-button govuk-button--secondary">
          I wrote this: send it as {me}
        </button>
      </form>
    </Section>
  );
}
