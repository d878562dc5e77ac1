import { describeInstant } from '../../server/base/days.ts';
import { paths } from '../../server/base/paths.ts';
import { capitalise } from '../../server/base/text.ts';
import { isOverdue, lateAt, type Now, type Timetable } from '../../server/desk/deadlines.ts';
import type { Deadline } from '../../server/desk/desk-case.ts';
import type { OpenDispute } from '../../server/desk/open-dispute.ts';
import type { PerhapsSame } from '../../server/desk/perhaps-same.ts';
import { type QueueRow, TICKED_LAST } from '../../server/desk/queue-row.ts';
import { mayBeUrgent } from '../../server/desk/urgency.ts';
import { Due } from '../kit/due.tsx';
import { AdviceLine } from './advised.tsx';
import { DueLines } from './due-lines.tsx';
import { OpenDisputeLines } from './open-dispute.tsx';
import { PerhapsSameLines } from './perhaps-same.tsx';
import { Tag, tagsOf } from './tags.tsx';

export interface QueueCardProps {
  line: QueueRow;
  /** How many consultations up to and including this one name the same child; undefined if no child is named. */
  aboutChild?: number;
  /** Account id → why they cannot work on it: away today, or can no longer sign in. */
  absent: ReadonlyMap<string, string>;
  /** Ids of the consultations on which this person has unsent text. */
  unsent: ReadonlySet<string>;
  /** Consultation id → the deadline of the signature, for those that the signed-in person has to sign. */
  toSign: ReadonlyMap<string, Deadline | undefined>;
  /** Consultation id → the dispute that has not been decided. */
  disputes: ReadonlyMap<string, OpenDispute>;
  /** Other open consultations that may be about the same worry. */
  perhapsSame: readonly PerhapsSame[];
  desk: Timetable;
  now: Now;
  /** Id of the signed-in person. */
  person: string;
  token: string;
  mayClaim: boolean;
}

/** A consultation that became urgent later also has to be claimed at once, whatever its deadline says. */
function isUnclaimedTooLong({ state, dueBy, urgentSince }: QueueRow, desk: Timetable, now: Now): boolean {
  if (state !== 'waiting') return false;
  const late = urgentSince === null ? undefined : lateAt(urgentSince, desk);
  return isOverdue(dueBy ?? undefined, now) || isOverdue(late, now);
}

/** A consultation in the queue, with what a triage worker needs first. */
export function QueueCard(props: QueueCardProps) {
  const { line, desk, now, token, mayClaim } = props;
  const { consultation, reference } = line;
  const tooLong = isUnclaimedTooLong(line, desk, now);
  return (
    <li class={`fd-queue__line${sideOf(line, tooLong)}`} id={`line-${consultation}`}>
      <div class="fd-queue__what">
        <p class="fd-queue__name">
          <a class="govuk-link" id={`open-${consultation}`} href={paths.deskRecord(consultation)}>
            {reference}
          </a>{' '}
          <span>
            {line.byTelephone ? 'Rang' : 'Asked'} {describeInstant(line.askedAt)}
          </span>
        </p>
        <p class="fd-queue__tags">
          {props.toSign.has(consultation) && <Tag kind="late">Waits for your signature</Tag>}
          {tooLong && <Tag kind="late">Unclaimed too long, since {describeInstant(line.since)}</Tag>}
          {tagsOf(line).map(([words, kind]) => (
            <Tag kind={kind}>{words}</Tag>
          ))}
        </p>
        <p class="fd-queue__advised">{describeAdvice(line)}</p>
        <Questions lines={line.question} />
        <OpenDisputeLines dispute={props.disputes.get(consultation)} now={now} />
        <Signature deadline={props.toSign.get(consultation)} line={line} now={now} />
        <DueLines line={line} now={now} person={props.person} />
      </div>
      <div class="fd-queue__people">
        <p class="fd-queue__who">{describeChild(props)}</p>
        <PerhapsSameLines lines={props.perhapsSame} />
        {line.household !== '' && <p class="fd-queue__who">Also in the household: {line.household}</p>}
        <p class="fd-queue__who">{describeAsker(line)}</p>
        <p class="fd-queue__who">{describeWorker(props)}</p>
        {props.unsent.has(consultation) && (
          <p class="fd-queue__who">
            <strong>You have words here that are not sent.</strong>
          </p>
        )}
      </div>
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

/** What the signed-in person has to sign comes first, unless it is the first line anyway. */
function Signature({ deadline, line, now }: { deadline: Deadline | undefined; line: QueueRow; now: Now }) {
  if (deadline === undefined || deadline.do === line.dueWhat) return null;
  return (
    <p class="fd-queue__due">
      <Due by={deadline.by} within={deadline.within} what={deadline.do} now={now} />
    </p>
  );
}

/** Each question separately: a new question does not push out the earlier ones. */
function Questions({ lines }: { lines: string }) {
  const each = lines === '' ? [] : lines.split('\n');
  return (
    <>
      {each.map((line) => (
        <p class="fd-queue__question">{line.startsWith(TICKED_LAST) ? shorten(line) : `“${shorten(line)}”`}</p>
      ))}
    </>
  );
}

/** How urgent it is, by colour and shape at the side of the card. The tags say it in words. */
function sideOf(line: QueueRow, tooLong: boolean): string {
  if (tooLong) return ' fd-queue__line--late';
  if (line.urgency !== 'none') return ' fd-queue__line--urgent';
  return mayBeUrgent(line) ? ' fd-queue__line--in-doubt' : '';
}

export function describeAdvice(line: QueueRow) {
  const { advised, advisedWithin, isFinished, state, outcome } = line;
  if (advised === '') return <>No question is answered: nothing is advised yet.</>;
  const advice = { action: advised, within: advisedWithin, isFinished };
  return <AdviceLine advice={advice} wasThen={state === 'closed' && outcome !== null} />;
}

const MOST_LETTERS = 240;

function shorten(text: string): string {
  const line = text.replace(/\s+/g, ' ');
  return line.length <= MOST_LETTERS ? line : `${line.slice(0, MOST_LETTERS).trimEnd()} …`;
}

const TIMES = ['', 'First', 'Second', 'Third', 'Fourth', 'Fifth'];

export function describeAge({ childAge }: QueueRow): string {
  return childAge === '' ? 'Age not known' : `Age: ${childAge}`;
}

/** Another consultation with the same name may be about another child, so it is only mentioned. */
function describeChild({ line, aboutChild = 0 }: QueueCardProps): string {
  const age = describeAge(line);
  if (aboutChild < 2) return age;
  return `${age}. ${TIMES[aboutChild] ?? `${aboutChild}th`} consultation about a child of this name`;
}

export function describeAsker({ professional, role, agency, reach }: QueueRow): string {
  const who = [professional, role, agency].filter((words) => words !== '').join(', ');
  const asked = who === '' ? 'Name and role of whoever asked are not written down' : `Asked by ${who}`;
  return `${asked}. ${reach === '' ? 'No way to reach them is written down' : `Reach: ${reach}`}`;
}

function describeWorker({ line, person, absent: away }: QueueCardProps) {
  const { worker, workerName, passedBy, passedReason, lastWorker, lastWorkerName, isNew } = line;
  if (worker === null) {
    if (lastWorker === null) return 'Nobody has it';
    const had = lastWorker === person ? 'You had it' : `${lastWorkerName ?? 'Somebody else'} had it`;
    return isNew ? <strong>{`New information. ${had}. Nobody has it`}</strong> : `Nobody has it. ${had}`;
  }
  const has = worker === person ? 'You have it' : `${workerName} has it`;
  const why = away.get(worker);
  const absent = why === undefined ? '' : `, and ${why}`;
  const news = isNew && worker === person ? <strong>New information. </strong> : '';
  if (passedBy === null)
    return (
      <>
        {news}
        {`${has}${absent}`}
      </>
    );
  const reason = passedReason === '' ? '' : `: ${shorten(passedReason)}`;
  return (
    <>
      {news}
      {capitalise(`${has}${absent}, passed on by ${passedBy}${reason}`)}
    </>
  );
}
