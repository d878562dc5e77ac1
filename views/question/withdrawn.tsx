import { describeDay } from '../../server/base/days.ts';
import { paths } from '../../server/base/paths.ts';
import { Layout } from '../kit/layout.tsx';
import type { PageContext } from '../kit/page-context.ts';
import { PhoneLink } from '../kit/phone.tsx';

export interface WithdrawnPageProps {
  page: PageContext;
  id: string;
  reference: string;
  why: string;
  /** A day such as 2026-11-22. */
  on: string;
  /** Number of answers that are kept. */
  kept: number;
  /** What happens to answers that are not simply kept, one sentence each. */
  told: string[];
  /** Whether there is a newer version to continue in. */
  replaced: boolean;
}

/** Shown if the version of the guidance that this consultation uses has been withdrawn. */
export function WithdrawnPage({ page, id, reference, why, on, kept, told, replaced }: WithdrawnPageProps) {
  return (
    <Layout page={page} title="The guidance has changed">
      <h1 class="fd-title" tabindex={-1}>
        The guidance has changed
      </h1>
      <p class="fd-reference">
        Consultation <strong>{reference}</strong>
      </p>
      <p class="fd-changing">
        Since {describeDay(on)}: {why}
      </p>
      {replaced ? (
        <GoOn at={paths.moves(id)} token={page.token} kept={kept} told={told} />
      ) : (
        <Ring page={page} recordAt={paths.record(id)} />
      )}
    </Layout>
  );
}

interface GoOnProps extends Pick<WithdrawnPageProps, 'kept' | 'told'> {
  at: string;
  token: string;
}

function GoOn({ at, token, kept, told }: GoOnProps) {
  return (
    <>
      <p>
        You go on with the new guidance. {kept === 0 ? '' : describeKept(told)} You are asked only what is new. What you
        were shown before stays in the record.
      </p>
      {told.length > 0 && (
        <ul class="govuk-list govuk-list--bullet" id="what-becomes">
          {told.map((line) => (
            <li>{line}</li>
          ))}
        </ul>
      )}
      <form method="post" action={at}>
        <input type="hidden" name="token" value={token} />
        <button type="submit" class="govuk-button">
          Go on with the new guidance
        </button>
      </form>
    </>
  );
}

function describeKept(told: string[]): string {
  return told.length === 0 ? 'Your answers are kept.' : 'Your answers are kept, but read what has changed about these:';
}

/** There is no replacement yet, so the page shows the contacts. */
function Ring({ page: { area }, recordAt }: { page: PageContext; recordAt: string }) {
  return (
    <>
      <p>
        <strong>The new guidance is not here yet. Do not wait for it: ring the front door and talk it through.</strong>
      </p>
      <ul class="fd-list">
        <li>
          In danger now: <PhoneLink number="999" />
        </li>
        {area?.phones.map((number) => (
          <li>
            {area.frontDoorName}, {area.name}: <PhoneLink number={number} />
          </li>
        ))}
        <li>
          <a class="govuk-link" href={paths.contacts()}>
            All contacts
          </a>
        </li>
        <li>
          <a class="govuk-link" href={recordAt}>
            Your answers, in the record
          </a>
        </li>
      </ul>
    </>
  );
}
