import { describeInstant } from '../../server/base/days.ts';
import { paths } from '../../server/base/paths.ts';
import { isOverdue, lateAt, type Now, type Timetable } from '../../server/desk/deadlines.ts';
import type { QueueRow } from '../../server/desk/queue-row.ts';
import type { Mail } from '../../server/store/mails.ts';
import { Due } from '../kit/due.tsx';
import { Layout } from '../kit/layout.tsx';
import type { PageContext } from '../kit/page-context.ts';
import { DeskNav } from './desk-nav.tsx';
import { MailNotice } from './mails.tsx';
import { Tag, tagsOf } from './tags.tsx';

export const SHOWN = ['all', 'waiting', 'mine', 'follow-up'] as const;
export type Shown = (typeof SHOWN)[number];

export interface QueueProps {
  lines: QueueRow[];
  counts: Record<string, number>;
  shown: Shown;
  /** Of the flows, by id. */
  titles: Map<string, string>;
  desk: Timetable;
  now: Now;
  /** Id of whoever looks. */
  person: string;
  token: string;
  mayClaim: boolean;
  mayErase: boolean;
}

/** What is left to do, the earliest deadline first. Without a script it is a plain page; with one it asks again every few seconds. */
export function QueuePage({ page, mails, ...queue }: QueueProps & { page: PageContext; mails: Mail[] }) {
  return (
    <Layout page={page} title="Queue" desk wide>
      <DeskNav at="queue" />
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
      <MailNotice mails={mails} />
      <QueueLines {...queue} />
      {queue.mayErase && (
        <p class="fd-no-print">
          <a class="govuk-link" href={paths.erasure()}>
            Due for erasure
          </a>
        </p>
      )}
    </Layout>
  );
}

const NAMES: Record<Shown, string> = { all: 'All', waiting: 'Waiting', mine: 'Mine', 'follow-up': 'To follow up' };

export function QueueLines(queue: QueueProps) {
  const { lines, counts, shown } = queue;
  const again = {
    'data-hx-get': paths.deskLinesOf(shown),
    'data-hx-trigger': 'every 10s',
    'data-hx-swap': 'outerMorph',
  };
  return (
    <section id="queue" aria-label="Consultations" {...again}>
      <ul class="fd-tabs fd-no-print">
        {SHOWN.map((word) => (
          <li>
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
      {lines.length === 0 ? (
        <p class="fd-empty">Nothing is left to do here.</p>
      ) : (
        <ol class="fd-queue">
          {lines.map((line) => (
            <QueueLine line={line} {...queue} />
          ))}
        </ol>
      )}
      <p class="fd-reference">As of {describeInstant(queue.now.at)}. Oldest deadline first.</p>
    </section>
  );
}

/** What became urgent after it was asked is to be claimed at once too, whatever was set then. */
function isUnclaimedTooLong({ state, dueBy, urgentSince }: QueueRow, desk: Timetable, now: Now): boolean {
  if (state !== 'waiting') return false;
  const late = urgentSince === null ? undefined : lateAt(urgentSince, desk);
  return isOverdue(dueBy ?? undefined, now) || isOverdue(late, now);
}

function QueueLine({ line, desk, now, titles, person, token, mayClaim }: QueueProps & { line: QueueRow }) {
  const { consultation, reference } = line;
  const tooLong = isUnclaimedTooLong(line, desk, now);
  return (
    <li class={tooLong ? 'fd-queue__line fd-queue__line--late' : 'fd-queue__line'} id={`line-${consultation}`}>
      <p class="fd-queue__name">
        <a class="govuk-link" id={`open-${consultation}`} href={paths.deskRecord(consultation)}>
          {reference}
        </a>{' '}
        <span>{titles.get(line.flow) ?? line.flow}</span>
      </p>
      <p class="fd-queue__due">
        <Due by={line.dueBy} now={now} what={line.dueWhat} />
      </p>
      <p class="fd-queue__tags">
        {tooLong && <Tag kind="late">Unclaimed too long, since {describeInstant(line.since)}</Tag>}
        {tagsOf(line).map(([words, kind]) => (
          <Tag kind={kind}>{words}</Tag>
        ))}
      </p>
      <p class="fd-queue__who">
        {line.workerName === null
          ? 'Nobody has it'
          : line.worker === person
            ? 'You have it'
            : `${line.workerName} has it`}
        {line.professional !== '' || line.agency !== ''
          ? `. Asked by ${[line.professional, line.agency].filter(Boolean).join(', ')}`
          : ''}
      </p>
      {line.state === 'waiting' && mayClaim && (
        <form method="post" action={paths.deskAction(consultation, 'claims')}>
          <input type="hidden" name="token" value={token} />
          <button type="submit" class="govuk-button fd-queue__claim" id={`claim-${consultation}`}>
            Claim<span class="govuk-visually-hidden"> {reference}</span>
          </button>
        </form>
      )}
    </li>
  );
}
