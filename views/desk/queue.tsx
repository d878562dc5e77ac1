import { describeInstant } from '../../server/base/days.ts';
import { paths } from '../../server/base/paths.ts';
import type { Now, Timetable } from '../../server/desk/deadlines.ts';
import type { Deadline } from '../../server/desk/desk-case.ts';
import type { OpenDispute } from '../../server/desk/open-dispute.ts';
import type { PerhapsSame } from '../../server/desk/perhaps-same.ts';
import type { QueueRow } from '../../server/desk/queue-row.ts';
import type { Mail } from '../../server/store/mails.ts';
import { Layout } from '../kit/layout.tsx';
import type { PageContext } from '../kit/page-context.ts';
import { OwnAbsence } from './claiming.tsx';
import { DeskNav } from './desk-nav.tsx';
import { MailNotice } from './mails.tsx';
import { NumberNotice } from './numbers.tsx';
import { QueueCard } from './queue-card.tsx';

const SHOWN = ['all', 'waiting', 'mine', 'to-sign', 'follow-up'] as const;
/** Only people who can give a second signature have a list of what waits for theirs. */
export function listsFor({ maySign }: Pick<QueueProps, 'maySign'>): readonly Shown[] {
  return SHOWN.filter((word) => maySign || word !== 'to-sign');
}

/** Additional lists for managers. */
export const QUEUE_TRAY = ['urgent', 'to-review', 'to-countersign', 'disputed', 'overdue', 'absent'] as const;
export type Shown = (typeof SHOWN)[number] | (typeof QUEUE_TRAY)[number];

export interface QueueProps {
  lines: QueueRow[];
  counts: Record<string, number>;
  shown: Shown;
  desk: Timetable;
  now: Now;
  /** Id of the signed-in person. */
  person: string;
  token: string;
  mayClaim: boolean;
  /** Whether they may see what is due for erasure. */
  maySeeDue: boolean;
  /** Consultation → how many consultations up to and including it name the same child. */
  aboutChild: ReadonlyMap<string, number>;
  /** Account id → why they cannot work: away today, or can no longer sign in. */
  absent: ReadonlyMap<string, string>;
  /** Ids of the consultations on which this person has unsent text. */
  unsent: ReadonlySet<string>;
  /** How many texts this person has typed and not sent, on any page. */
  texts: number;
  /** Consultation id → the deadline of the signature, for those that the signed-in person has to sign. */
  toSign: ReadonlyMap<string, Deadline | undefined>;
  /** Consultation id → the dispute that has not been decided. */
  disputes: ReadonlyMap<string, OpenDispute>;
  /** Consultation id → other open consultations that may be about the same worry. */
  perhapsSame: ReadonlyMap<string, readonly PerhapsSame[]>;
  /** Consultation id → how urgent, in words. Contains everything urgent, whichever list is shown. */
  urgent: Record<string, string>;
  /** Whether the manager's lists are shown. */
  isManager: boolean;
  /** Whether the person can give a second signature. */
  maySign: boolean;
}

/** Everything that needs something done, the earliest deadline first. A script refreshes it every few seconds. */
export function QueuePage({
  page,
  mails,
  wrongNumbers,
  ...queue
}: QueueProps & { page: PageContext; mails: Mail[]; wrongNumbers: number }) {
  return (
    <Layout page={page} title="Queue" desk wide>
      <DeskNav page={page} at="queue" />
      <div class="fd-queue-head">
        <h1 class="fd-title">Queue</h1>
        <form class="fd-find fd-no-print" method="post" data-leaves-page action={paths.deskSearch()}>
          <input type="hidden" name="token" value={page.token} />
          <label class="govuk-label" for="find">
            Find a reference
          </label>
          <input class="govuk-input fd-find__box" id="find" name="reference" autocomplete="off" spellcheck={false} />
          <button type="submit" class="govuk-button govuk-button--secondary">
            Find
          </button>
        </form>
      </div>
      <MailNotice mails={mails} />
      <NumberNotice count={wrongNumbers} />
      <QueueLines {...queue} />
      <p role="status" id="queue-live" class="govuk-visually-hidden" />
      <div class="fd-no-print">
        <button type="button" class="govuk-button govuk-button--secondary" id="queue-notify" hidden />
        <p role="status" id="queue-notify-state" class="fd-hint" />
      </div>
      {queue.maySeeDue && (
        <p class="fd-no-print">
          <a class="govuk-link" href={paths.erasure()}>
            Due for erasure
          </a>
        </p>
      )}
    </Layout>
  );
}

const NAMES: Record<Shown, string> = {
  all: 'All',
  waiting: 'Waiting',
  mine: 'Mine',
  'to-sign': 'For you to sign',
  'follow-up': 'To follow up',
  urgent: 'Urgent',
  'to-review': 'To review',
  'to-countersign': 'To countersign',
  disputed: 'Disputed',
  overdue: 'Overdue',
  absent: 'Colleague absent',
};

export function QueueLines(queue: QueueProps) {
  const { lines } = queue;
  const again = {
    'data-hx-get': paths.deskLinesOf(queue.shown),
    'data-hx-trigger': 'every 10s',
    'data-hx-swap': 'outerMorph',
  };
  return (
    <section id="queue" aria-label="Consultations" data-urgent={JSON.stringify(queue.urgent)} {...again}>
      <Tabs {...queue} words={listsFor(queue)} />
      {queue.isManager && <Tabs {...queue} words={QUEUE_TRAY} label="The manager’s tray" />}
      <OwnAbsence why={queue.absent.get(queue.person)} person={queue.person} token={queue.token} />
      {queue.texts > 0 && (
        <p class="fd-no-print">
          <a class="govuk-link" id="unsent-texts" href={paths.drafts()}>
            {queue.texts === 1 ? 'One text of yours is not sent' : `${queue.texts} texts of yours are not sent`}
          </a>
        </p>
      )}
      {lines.length === 0 ? (
        <p class="fd-empty">Nothing is left to do here.</p>
      ) : (
        <ol class="fd-queue">
          {lines.map((line) => (
            <QueueCard
              {...queue}
              line={line}
              aboutChild={queue.aboutChild.get(line.consultation)}
              perhapsSame={queue.perhapsSame.get(line.consultation) ?? []}
            />
          ))}
        </ol>
      )}
      <p class="fd-reference">
        As of {describeInstant(queue.now.at)}. First where somebody is in danger now, or nobody knows whether; then what
        is to be done at once, then the earliest deadline. An urgent decision that waits for your signature stands above
        them.
      </p>
    </section>
  );
}

/** On a telephone, the contents of a list come before the names of empty lists. */
function isEmptyElse(word: Shown, shown: Shown, counts: Record<string, number>): boolean {
  return word !== 'all' && word !== shown && counts[word] === 0;
}

function Tabs({ words, counts, shown, label }: QueueProps & { words: readonly Shown[]; label?: string }) {
  return (
    <ul class="fd-tabs fd-no-print" aria-label={label}>
      {words.map((word) => (
        <li class={isEmptyElse(word, shown, counts) ? 'fd-tabs__empty' : undefined}>
          <a
            class="govuk-link"
            id={`show-${word}`}
            href={paths.deskOf(word)}
            aria-current={word === shown ? 'true' : undefined}
          >
            {NAMES[word]} ({counts[word]})
          </a>
        </li>
      ))}
    </ul>
  );
}
