/** The record as sections with headings, shared by the text and PDF exports. */

import { describeInstant, describeWeekday } from '../base/days.ts';
import { describeTaking } from '../base/handover-sheet-formats.ts';
import { capitalise } from '../base/text.ts';
import { describeDeadline, describeWithin } from '../consultation/deadline.ts';
import { describeBefore } from '../consultation/describe-before.ts';
import { DID_NOT_HAPPEN, describeTeller } from '../consultation/describe-entry.ts';
import { describeHandoverSheetSent } from '../consultation/handover-sheet-sent.ts';
import { describeNextHours } from '../consultation/next-hours.ts';
import { NOT_FINISHED } from '../consultation/provisional-advice.ts';
import { type ConsultationRecord, isToldOfThis, type Kept, TOLD_BEFORE } from '../consultation/record.ts';
import type { MarkResult, Reason, Result, ShownContact, TopicResult } from '../consultation/result.ts';
import { MARKS, TOPICS, type Topic } from '../flow/marks.ts';
import { type Block, correctionLines, fact, ifAny, item, NOT_WRITTEN, writtenLines } from './blocks.ts';
import { describeCitation, describeShort } from './describe-citation.ts';
import { describeDesk } from './desk-sections.ts';

export interface Section {
  title: string;
  blocks: Block[];
}

export const TITLE = 'Record of a safeguarding consultation';
export const NO_REFERRAL = 'This is not a referral';
const NOT_TOLD = 'You have not told children’s services yet';

/** How many characters of a hash are printed. */
const SHORT = 16;

/** The first lines of the record until children's services were told, and again after something new. */
export function whoIsNotTold(record: ConsultationRecord): string[] {
  if (record.told === undefined) return [NOT_TOLD];
  return isToldOfThis(record) ? [] : [TOLD_BEFORE];
}

export function describeSections(record: ConsultationRecord): Section[] {
  const { result, notes } = record;
  const sections: [string, Block[]][] = [
    ['Consultation', aboutConsultation(record)],
    ['Children’s services', aboutTelling(record)],
    ['What was advised', aboutAdvice(record)],
    ['Whom to contact', (result?.contacts ?? []).map(describeContact)],
    [titleOfDeeds(record), aboutDeeds(record)],
    ...describeDesk(record),
    [DID_NOT_HAPPEN, record.didNotHappen.map((line) => item(line.words, writtenLines(line)))],
    ['Notes', notes.map((note) => fact(describeInstant(note.at), note.text, writtenLines(note)))],
    ['The next hours', aboutNextHours(record)],
    ['Hand-over sheet', aboutHandoverSheets(record)],
    ['Next steps', (result?.next ?? []).map(describeNext)],
    ['Advice given', (result?.advice ?? []).map(describeCited)],
    ['To be written down', (result?.write ?? []).map(describeCited)],
    ['Not known yet', aboutDoubts(result)],
    ['Why this was advised', (result?.why ?? []).map(describeReason)],
    ['What was assumed', aboutAssumptions(result)],
    ['What would have changed it', aboutChanges(record)],
    ['Questions and answers', aboutAnswers(record)],
    ['Answers that no longer apply', aboutSetAside(record)],
    ['Everything that was written, in order', aboutHistory(record)],
    ['Seal of the log', aboutHead(record)],
    ['Sources', record.citations.map((citation) => item(describeCitation(citation), [citation.note ?? '']))],
  ];
  return sections.filter(([, blocks]) => blocks.length > 0).map(([title, blocks]) => ({ title, blocks }));
}

function titleOfDeeds({ desk }: ConsultationRecord): string {
  return desk === undefined ? 'What was decided and done' : 'What whoever asked decided and did (the desk: below)';
}

/** Lets somebody compare a printed record with the log later: `npm run verify -- --head`. */
function aboutHead({ head }: ConsultationRecord): Block[] {
  if (head === undefined) return [];
  return [
    fact('Line', `${head.position}, ${describeInstant(head.at)}`),
    fact('Hash', head.hash.slice(0, SHORT)),
    // In two halves, so that each fits on one line.
    fact('Signature', `${head.signature.slice(0, 43)} ${head.signature.slice(43)}`.trim()),
  ];
}

function aboutConsultation(record: ConsultationRecord): Block[] {
  const { area, flow, child, moves } = record;
  return [
    fact('Reference', record.reference),
    fact('Begun', describeInstant(record.openedAt)),
    fact('Printed', describeInstant(record.printedAt)),
    fact('Area', area.council === undefined ? area.name : `${area.name} (${area.council})`),
    ...aboutAsker(record),
    fact('Answered by', describeWriters(record.writers)),
    fact('Child', describeChild(child), child === undefined ? [] : writtenLines(child)),
    fact('Asked about', flow.title),
    fact('Guidance', `${flow.id}, version ${record.version}`),
    ...moves.map((move) => fact('Guidance changed', `${describeInstant(move.at)}: ${move.why}`, writtenLines(move))),
  ];
}

function aboutAsker({ asker }: ConsultationRecord): Block[] {
  if (asker === undefined) return [fact('Asked by', 'Somebody who gave no name')];
  const { name, role, agency, contact } = asker.asker;
  const more = [fact('Role', role), fact('Agency', agency), fact('Contact', contact)];
  return [
    fact('Asked by', name === '' ? 'No name given' : name, writtenLines(asker)),
    ...more.filter((line) => line.value !== ''),
  ];
}

function describeWriters(writers: string[]): string {
  return writers.includes('duty worker')
    ? 'A duty worker, with the guided assistant Front Door'
    : 'The guided assistant Front Door; no duty worker has taken part';
}

function describeChild(child: ConsultationRecord['child']): string {
  if (child === undefined) return 'Not named';
  if (child.name !== '') return child.known === 'yes' ? child.name : `${child.name} (who the child is, is not certain)`;
  return child.known === 'yes' ? 'Known to the person who asked, and not named here' : 'Not known';
}

function aboutTelling(record: ConsultationRecord): Block[] {
  const { tellings } = record;
  const notOfThis = whoIsNotTold(record);
  if (tellings.length === 0)
    return [
      fact('Told', 'NOT TOLD', [`${NOT_TOLD}. Nothing has been sent, and nobody has been told. ${NO_REFERRAL}.`]),
    ];
  return [
    ...notOfThis.map((text): Block => ({ kind: 'paragraph', text: `${text}. ${NO_REFERRAL}.` })),
    ...tellings.flatMap((telling) => [
      fact('Told', telling.spokeTo, [telling.toldBy === undefined ? '' : describeTeller(telling)]),
      fact('When', `${telling.when}${describeBefore(telling)}`),
      fact('Their reference', telling.reference || 'None given', writtenLines(telling)),
    ]),
    { kind: 'paragraph', text: 'Front Door itself sends nothing.' },
  ];
}

function aboutAdvice(record: ConsultationRecord): Block[] {
  const { result, advice, area } = record;
  if (result === undefined) return aboutAdviceSoFar(record);
  const { level, text } = result;
  const describeStand = (topic: Topic, found: TopicResult | undefined) =>
    found === undefined ? [] : [fact(MARKS[topic].name, found.sentence, standLines(found))];
  return [
    ...(level === undefined ? [] : [fact(capitalise(area.scaleName), level.name, standLines(level.stand))]),
    fact('Action', advice?.action ?? result.action, [text ?? '', describeShort(result.citations)]),
    fact('By when', describeDeadline(result.deadline)),
    ...TOPICS.flatMap((topic) => describeStand(topic, result.topics[topic])),
    ...(level?.stand.weaker ?? []).map(({ word, reasons }) =>
      fact('Also found', area.scale[Number(word) - 1] ?? word, reasons.map(describeBecause)),
    ),
  ];
}

function aboutAdviceSoFar({ advice, open = '' }: ConsultationRecord): Block[] {
  const isOpen: Block = { kind: 'paragraph', text: `Open now: ${open}` };
  if (advice === undefined) return [{ kind: 'paragraph', text: 'Nothing yet, since no question is answered.' }, isOpen];
  const { action, within } = advice;
  return [
    { kind: 'paragraph', text: `${NOT_FINISHED}.` },
    fact('Action', action),
    fact('By when', capitalise(describeWithin(within))),
    isOpen,
  ];
}

function standLines({ reasons }: MarkResult): string[] {
  return reasons.map(describeBecause);
}

function describeBecause({ question, answer = '', assumed, text = '', citations }: Reason): string {
  const said = assumed === undefined ? answer : `${answer} (${assumed})`;
  const because = question === undefined ? text : `${question.text} ${said}`;
  return because === '' ? describeShort(citations) : `Because: ${because} ${describeShort(citations)}`;
}

function describeReason({ question, answer, assumed, text, citations }: Reason): Block {
  const assumption = assumed === undefined ? '' : `${assumed}.`;
  return item(question?.text ?? text ?? '', [ifAny('Answer', answer), assumption, describeShort(citations)]);
}

function aboutAssumptions(result: Result | undefined): Block[] {
  return (result?.assumptions ?? []).map(({ question, text }) => item(question.text, [`${text}.`]));
}

function describeCited({ text, citations }: { text: string; citations: Reason['citations'] }): Block {
  return item(text, [describeShort(citations)]);
}

function describeContact(contact: ShownContact): Block {
  const { phones, checkedOn, stale } = contact;
  const old = stale ? ', longer than half a year ago' : '';
  const unchecked = contact.checked?.replace(/\.$/, '') ?? 'Nobody has checked this contact';
  const checked = checkedOn === undefined ? unchecked : `Checked ${describeWeekday(checkedOn)}${old}`;
  return item(`${contact.name}: ${contact.for}`, [
    ...phones.map(({ number, label }) => `Telephone: ${number}${label === undefined ? '' : ` (${label})`}`),
    ifAny('E-mail', contact.email),
    ifAny(contact.webIsFor ?? 'Web', contact.web),
    ifAny('Hours', contact.hours),
    ifAny('The published numbers differ', contact.conflict),
    contact.note ?? '',
    `${checked}. ${describeShort(contact.citations)}`,
  ]);
}

function describeNext({ do: deed, who, deadline, note, contact, citations }: Result['next'][number]): Block {
  return item(deed, [
    ifAny('Who', who),
    ifAny('When', deadline && describeDeadline(deadline)),
    ifAny('With', contact && describeReach(contact)),
    note ?? '',
    describeShort(citations),
  ]);
}

function describeReach({ name, phones }: ShownContact): string {
  return [name, ...phones.map((phone) => phone.number)].join(', ');
}

function aboutDeeds({ decided, consent, parents, police, shared }: ConsultationRecord): Block[] {
  return [
    deed('Decision', decided, ({ asAdvised, decision }) =>
      [asAdvised === 'yes' ? 'As advised' : 'OTHERWISE THAN ADVISED', decision]
        .filter((part) => part !== '')
        .join(': '),
    ),
    deed('Consent', consent, (kept) => capitalise(kept.consent)),
    deed('Parents', parents, (kept) => capitalise(kept.parents)),
    deed('Police', police, ({ referred }) =>
      referred === 'yes' ? 'Referred to the police' : 'Not referred to the police',
    ),
    ...(shared.length === 0 ? [fact('Shared', NOT_WRITTEN)] : []),
    ...shared.map((sharing) =>
      fact('Shared', sharing.what, [
        ifAny('With', sharing.withWhom),
        ifAny('Purpose', sharing.purpose),
        ...writtenLines(sharing),
      ]),
    ),
  ];
}

function deed<T extends Kept<{ reason: string }>>(
  name: string,
  kept: T | undefined,
  describe: (kept: T) => string,
): Block {
  if (kept === undefined) return fact(name, NOT_WRITTEN);
  return fact(name, describe(kept), [ifAny('Reason', kept.reason), ...writtenLines(kept)]);
}

function aboutNextHours({ nextHours }: ConsultationRecord): Block[] {
  return nextHours === undefined ? [] : [fact('Answered', describeNextHours(nextHours), writtenLines(nextHours))];
}

/**
 * Each time the hand-over sheet was downloaded, printed or copied, the text of the newest one, and what happened to it.
 */
function aboutHandoverSheets({ handoverSheets, handoverSheetSent }: ConsultationRecord): Block[] {
  const newest = handoverSheets.at(-1);
  if (newest === undefined) return [];
  return [
    {
      kind: 'paragraph',
      text: 'A sheet to prepare a referral. It is not a referral, and Front Door sent it to nobody.',
    },
    ...handoverSheets.map((taken) => fact('Taken away', describeTaking(taken.as), writtenLines(taken))),
    fact('Sent', handoverSheetSent === undefined ? NOT_WRITTEN : describeHandoverSheetSent(handoverSheetSent), [
      ...(handoverSheetSent === undefined ? [] : writtenLines(handoverSheetSent)),
    ]),
    ...newest.lines.map(({ label, words }) => fact(label, words)),
  ];
}

function aboutDoubts(result: Result | undefined): Block[] {
  const doubts = result?.doubts ?? [];
  if (doubts.length === 0) return [];
  return [
    { kind: 'paragraph', text: 'None of this is a reason to wait. Find it out while you go on.' },
    ...doubts.map(({ question, text, whoKnows, contact }) =>
      item(question.text, [
        text ?? '',
        ifAny('Who could tell', whoKnows),
        ifAny('Ask', contact && describeReach(contact)),
      ]),
    ),
  ];
}

function aboutChanges({ result, area }: ConsultationRecord): Block[] {
  return (result?.changes ?? []).map(({ answers, level, action }) => {
    const given = answers.map(({ question, instead }) => `“${instead}” to “${question.text}”`).join(', and ');
    const outcome = area.scale[level - 1] ?? `no ${area.scaleName}`;
    return item(
      `If the answer had been ${given}: ${outcome}${action === undefined ? ', after more questions' : `. ${action}`}`,
    );
  });
}

function aboutAnswers({ answers, open }: ConsultationRecord): Block[] {
  const blocks: Block[] = answers.map((answer, index) =>
    fact(`${index + 1}. ${answer.question}`, answer.answer.join('\n'), [
      answer.assumed === undefined ? '' : `${answer.assumed}.`,
      ...answer.said.map((said) => `Said with it: ${said}`),
      `Entry ${answer.number}, ${describeInstant(answer.at)}, by ${answer.by} ${describeShort(answer.citations)}`.trim(),
      ...correctionLines(answer),
    ]),
  );
  return open === undefined ? blocks : [...blocks, fact(`${answers.length + 1}. ${open}`, 'Not answered yet')];
}

function aboutSetAside({ setAside }: ConsultationRecord): Block[] {
  return setAside.map((answer) =>
    fact(answer.question, answer.answer.join('\n'), [
      `Entry ${answer.number}, ${describeInstant(answer.at)}, by ${answer.by}. Kept, and without effect.`,
      ...correctionLines(answer),
    ]),
  );
}

function aboutHistory({ history }: ConsultationRecord): Block[] {
  return history.map(({ number, at, by, words, corrections }) =>
    fact(`Entry ${number}, ${describeInstant(at)}, ${by}`, words, correctionLines({ corrections })),
  );
}
