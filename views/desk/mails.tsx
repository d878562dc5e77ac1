import { describeInstant } from '../../server/base/days.ts';
import { paths } from '../../server/base/paths.ts';
import type { Mail } from '../../server/store/mails.ts';
import { Layout } from '../kit/layout.tsx';
import type { PageContext } from '../kit/page-context.ts';
import { DeskNav } from './desk-nav.tsx';
import { Tag } from './tags.tsx';

export interface DeskMailsPageProps {
  page: PageContext;
  mails: Mail[];
  /** Whether the area has an address, and a mail server is configured. */
  isOn: boolean;
  mayRetry: boolean;
}

const ABOUT: Record<string, string> = { waits: 'A consultation waits', unclaimed: 'Unclaimed too long' };

export function DeskMailsPage({ page, mails, isOn, mayRetry }: DeskMailsPageProps) {
  return (
    <Layout page={page} title="Mails">
      <DeskNav page={page} />
      <h1 class="fd-title">Mails to the desk</h1>
      {!isOn && (
        <p class="fd-notice">
          <strong>This desk is not told by mail.</strong> No mail server or no address for it is configured. The queue
          has everything all the same.
        </p>
      )}
      <p>
        A mail says that a consultation waits, and its reference. It says nothing about a child. What is claimed before
        the mail goes is not written about.
      </p>
      {mails.length === 0 ? <p>No mail is waiting, and none has failed.</p> : null}
      <ul class="fd-queue">
        {mails.map((mail) => (
          <Line mail={mail} token={page.token} mayRetry={mayRetry} />
        ))}
      </ul>
    </Layout>
  );
}

function Line({ mail, token, mayRetry }: { mail: Mail; token: string; mayRetry: boolean }) {
  const failed = mail.state === 'failed';
  const title = `${ABOUT[mail.about] ?? mail.about}, ${mail.reference}`;
  return (
    <li class={failed ? 'fd-queue__line fd-queue__line--late' : 'fd-queue__line'}>
      <p class="fd-queue__name">
        <strong>{title}</strong>
      </p>
      <p class="fd-queue__tags">
        <Tag kind={failed ? 'late' : 'open'}>{describeState(mail)}</Tag>
      </p>
      <p class="fd-queue__who">
        Written {describeInstant(mail.made_at)}. Tried {mail.tries} times. {mail.problem}
      </p>
      {mayRetry && mail.state !== 'sending' && (
        <form method="post" action={paths.deskMails()}>
          <input type="hidden" name="token" value={token} />
          <input type="hidden" name="mail" value={String(mail.number)} />
          <button type="submit" class="govuk-button govuk-button--secondary">
            Try again<span class="govuk-visually-hidden">: {title}</span>
          </button>
        </form>
      )}
    </li>
  );
}

function describeState({ state, tries, next_at }: Mail): string {
  if (state === 'failed') return 'Failed';
  if (state === 'sending') return 'Being sent';
  return tries === 0 ? 'Waits to be sent' : `Not sent yet; next try ${describeInstant(next_at)}`;
}

/** Shown above the queue if mails are waiting or have failed. */
export function MailNotice({ mails }: { mails: readonly Mail[] }) {
  const failed = mails.filter(({ state }) => state === 'failed').length;
  const late = mails.filter(({ state, tries }) => state !== 'failed' && tries > 1).length;
  if (failed + late === 0) return null;
  const words = [failed > 0 ? `${failed} failed` : '', late > 0 ? `${late} not sent yet` : ''].filter(Boolean);
  return (
    <p class="fd-notice">
      <strong>Mails to the desk: {words.join(', ')}.</strong> Nothing is lost: the queue has everything.{' '}
      <a class="govuk-link" href={paths.deskMails()}>
        See them
      </a>
    </p>
  );
}
