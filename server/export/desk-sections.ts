/** The desk's part of the record, for the text and PDF exports. Fields are in the order of the area's own form. */

import { describeDayOrInstant, describeInstant } from '../base/days.ts';
import { capitalise } from '../base/text.ts';
import { describeDeskHappening } from '../consultation/describe-desk.ts';
import {
  type DeskRecord,
  type DeskRecordField,
  describeCountersigned,
  describeDecided,
  describeSigning,
  isOpenAgain,
  OPEN_AGAIN,
  REOPENED_UNSIGNED,
  saidBefore,
} from '../consultation/desk-record.ts';
import type { ConsultationRecord, Kept } from '../consultation/record.ts';
import { type Block, correctionLines, fact, ifAny, item, NOT_WRITTEN, writtenLines } from './blocks.ts';

export function describeDesk({ desk }: ConsultationRecord): [string, Block[]][] {
  if (desk === undefined) return [];
  return [
    ['Asked of the duty desk', aboutAsking(desk)],
    ['Record of the duty desk', desk.fields.map(describeField)],
    ['Outcome', aboutOutcome(desk)],
    ['Other children of the household', aboutHousehold(desk)],
    ['Work on the case', aboutWork(desk)],
    ['Deadlines', desk.deadlines.map(describeDeadline)],
  ];
}

function aboutAsking(desk: DeskRecord): Block[] {
  const { askedAt, byTelephone, questions, reach, reachFrom, claimedBy, reopenings } = desk;
  return [
    fact('Asked', describeInstant(askedAt), [byTelephone ? 'By telephone; opened by the desk' : '']),
    ...questions.map((kept) => fact('Question', kept.text, writtenLines(kept))),
    fact(
      'To be reached at',
      reach === '' ? NOT_WRITTEN : reach,
      reachFrom === undefined ? [] : writtenLines(reachFrom),
    ),
    fact('With', claimedBy === undefined ? 'Nobody has claimed it' : `${claimedBy.name}, ${claimedBy.role}`),
    ...reopenings.map((kept) => fact('Reopened', kept.news, writtenLines(kept))),
  ];
}

function aboutWork({ caseNumber, discussions, files }: DeskRecord): Block[] {
  return [
    ...from('Number in the case system', caseNumber, (kept) => [kept.caseNumber, '']),
    ...discussions.map((kept) =>
      fact('Strategy discussion', kept.when, [
        ifAny('Took part', kept.present),
        ifAny('Agreed', kept.agreed),
        ifAny('To be done', kept.actions),
        ...writtenLines(kept),
      ]),
    ),
    ...files.flatMap((file) => from(file.file, file, ({ kept }) => [kept, ''])),
  ];
}

function aboutHousehold({ household }: DeskRecord): Block[] {
  return household.map((child) =>
    fact(child.name === '' ? 'Not named' : child.name, `Age: ${child.age}`, [
      child.levelWords,
      ifAny('Decided', child.outcomeWords),
      ...signingLines(child),
      child.note,
      ...writtenLines(child),
      ...earlierLines(child),
    ]),
  );
}

/** Whether a second person has signed the decision for this child or, if not, why. */
export function signingLines(child: Pick<DeskRecord['household'][number], 'signers' | 'signature'>): string[] {
  const { signature } = child;
  const said = signature === undefined ? [] : [signature.reason, ...writtenLines(signature)];
  return [describeSigning(child, signature?.signed), ...said].filter((line) => line !== '');
}

/** What was recorded about the child before is shown beside what holds now, as corrections are. */
export function earlierLines({ earlier }: Pick<DeskRecord['household'][number], 'earlier'>): string[] {
  return earlier.flatMap((before) => {
    const held = [
      before.name || 'Not named',
      `age: ${before.age}`,
      before.levelWords || 'level not judged yet',
      ifAny('Decided', before.outcomeWords),
      ...signingLines(before),
      before.note,
    ].filter((part) => part !== '');
    const where = `EARLIER, entry ${before.number}, ${describeInstant(before.at)}, by ${before.by}`;
    return [`${where}: ${held.join('. ')}`, ...correctionLines(before)];
  });
}

function describeField({ label, recorded }: DeskRecordField): Block {
  if (recorded === undefined) return fact(label, NOT_WRITTEN);
  return fact(label, recorded.words, [ifAny('Reason', recorded.reason), ...writtenLines(recorded)]);
}

function describeOutcome(desk: DeskRecord, outcome: DeskRecord['outcomes'][number]): Block {
  return fact(titleOf(desk, outcome.number), outcome.words, [
    ifAny('Reason', outcome.reason),
    ifAny('Decided by', describeDecided(outcome)),
    signersLine(desk, outcome),
    ifAny(outcome.departs === 'yes' ? 'OTHER THAN ADVISED. Advised by then' : 'Advised by then', outcome.advised),
    ...writtenLines(outcome),
    ...saidBefore(outcome.said, desk).flatMap((one) => [describeDeskHappening(one), ...writtenLines(one)]),
  ]);
}

function aboutOutcome(desk: DeskRecord): Block[] {
  const { outcomes, countersignature, review, dispute, disputeDecision } = desk;
  const { disagreement, resolution, answer, answers, chasings } = desk;
  return [
    ...(outcomes.length === 0 ? [fact('Outcome', NOT_WRITTEN)] : []),
    ...outcomes.map((outcome) => describeOutcome(desk, outcome)),
    ...from('Second signature', countersignature, (kept) => [describeCountersigned(kept), kept.reason]),
    ...from('Review', review, ({ accepted, reason }) => [accepted === 'yes' ? 'Agreed' : 'Not agreed', reason]),
    ...from('Disagreement', disagreement, ({ between, about }) => [between, about]),
    ...from('Resolved', resolution, ({ decidedBy, decision }) => [decision, `Decided by ${decidedBy}`]),
    ...answers.flatMap((one) =>
      from(
        one.number === answer?.number ? 'Answer to whoever asked' : 'Earlier answer to whoever asked',
        one,
        ({ how, answer: said }) => [said, capitalise(how)],
      ),
    ),
    ...chasings.flatMap((chasing) => from('Asked whether told', chasing, ({ whom, answer: said }) => [said, whom])),
    ...from('Disputed', dispute, ({ why }) => [why, '']),
    ...from('Dispute decided', disputeDecision, ({ stands, reason, done = [] }) => [
      stands === 'yes' ? 'The outcome stands' : 'The outcome is changed',
      [reason, ...done.map((step) => `Done: ${step.do}: ${step.note}`)].join(' '),
    ]),
  ];
}

function titleOf(desk: DeskRecord, number: number): string {
  if (isOpenAgain(desk, number)) return OPEN_AGAIN;
  return number === desk.outcome?.number ? 'Outcome' : 'Earlier outcome';
}

function signersLine(desk: DeskRecord, { signers = [], number }: DeskRecord['outcomes'][number]): string {
  if (number !== desk.outcome?.number || desk.countersignature !== undefined || signers.length === 0) return '';
  return isOpenAgain(desk, number) ? REOPENED_UNSIGNED : describeSigning({ signers });
}

function from<T extends Kept<object>>(
  name: string,
  kept: T | undefined,
  words: (kept: T) => [string, string],
): Block[] {
  if (kept === undefined) return [];
  const [value, beneath] = words(kept);
  return [fact(name, value, [beneath, ...writtenLines(kept)])];
}

function describeDeadline(deadline: DeskRecord['deadlines'][number]): Block {
  const { do: deed, who, words, by, met, set } = deadline;
  const until = by === undefined ? (words ?? 'no time is given') : describeDayOrInstant(by);
  return item(deed, [
    ...(set === undefined ? [] : writtenLines(set)),
    ifAny('Who', who),
    `By: ${until}`,
    met === undefined
      ? 'Not done yet'
      : `Done ${describeInstant(met.at)} by ${met.by}, entry ${met.number}${met.note === '' ? '' : `: ${met.note}`}`,
    ...(met === undefined ? [] : correctionLines(met)),
  ]);
}
