/** One entry of the log in words, for the record. */

import type { Flow } from '../flow/flow.ts';
import { describeAnswer } from '../flow/walk/answer.ts';
import { describeDeskHappening } from './describe-desk.ts';
import { type DeskHappening, isDeskKind } from './desk-happening.ts';
import type { Entry, Happening } from './entry.ts';

export interface EntryLine {
  number: number;
  at: string;
  by: string;
  words: string;
}

/** `flow`: the version that is walked now; a question that it no longer has is named by its id. */
export function describeEntry(flow: Flow, { number, at, by, who, what }: Entry): EntryLine {
  const words = isDeskKind(what.kind)
    ? describeDeskHappening(what as DeskHappening)
    : describeHappening(flow, what as Exclude<Happening, DeskHappening>);
  return { number, at, by: who === undefined ? by : `${by} ${who.name}`, words };
}

function describeHappening(flow: Flow, what: Exclude<Happening, DeskHappening>): string {
  switch (what.kind) {
    case 'opened':
      return `Consultation ${what.reference} opened`;
    case 'answered': {
      const question = flow.questions[what.question];
      if (question === undefined) return `${what.question}: ${[what.answer].flat().join('; ')}`;
      return `${question.text} ${describeAnswer(question, what.answer).join('; ')}`;
    }
    case 'moved':
      return `Went on with the new guidance: ${what.why}`;
    case 'asker named':
      return `Asked by ${Object.values(what.asker).filter(Boolean).join(', ') || 'somebody who gave no name'}`;
    case 'child named':
      return what.name === '' ? 'The child is not named here' : `The child: ${what.name}`;
    case 'told':
      return `Children’s services told: ${what.spokeTo}, ${what.when}${what.reference === '' ? '' : `, reference ${what.reference}`}`;
    case 'consent recorded':
      return `Consent ${what.consent}: ${what.reason}`;
    case 'parents recorded':
      return `Parents ${what.parents}: ${what.reason}`;
    case 'shared':
      return `Shared with ${what.withWhom}: ${what.what}. Purpose: ${what.purpose}`;
    case 'police recorded':
      return `Police ${what.referred === 'yes' ? 'told' : 'not told'}: ${what.reason}`;
    case 'decided':
      return what.asAdvised === 'yes'
        ? `Decided as advised. ${what.reason}`.trim()
        : `Decided otherwise than advised: ${what.decision}. Reason: ${what.reason}`;
    case 'taken away':
      return what.as === 'print' ? 'Printed' : `Taken away as ${what.as}`;
    case 'noted':
      return `Note: ${what.text}`;
    case 'corrected':
      return `Corrects entry ${what.corrects}: ${what.text}. Reason: ${what.reason}`;
  }
}
