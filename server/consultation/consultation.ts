/** Rebuilds a consultation from its entries. Pure. */
import { TOPICS, type Topic } from '../flow/marks.ts';
import type { Answer, Answers } from '../flow/walk/answer.ts';
import { withoutDenied } from './denied.ts';
import { type DeskHappening, isDeskKind } from './desk-happening.ts';
import type { Entry, Happening } from './entry.ts';

type Of<Kind extends Happening['kind']> = Extract<Happening, { kind: Kind }>;
/** A happening with the number and time of its entry. */
export type Recorded<Kind extends Happening['kind']> = Of<Kind> & { number: number; at: string };

/**
 * Topic of a mark → what was last recorded about it. A new mark needs a kind of entry for this. A consultation has them
 * beside its other properties, so a mark cannot have the name of one of those: it does not compile.
 */
export type RecordedMarks = { [T in Topic]?: Recorded<`${T} recorded`> };

const MARK_OF_KIND: ReadonlyMap<string, Topic> = new Map(TOPICS.map((topic) => [`${topic} recorded`, topic]));

export interface Consultation extends RecordedMarks {
  id: string;
  reference: string;
  area: string;
  flow: string;
  /** The version of the flow in use now. */
  version: string;
  openedAt: string;
  /** Question id → answer. `answeredBy`: question id → number of the entry with that answer. */
  answers: Answers;
  answeredBy: Readonly<Record<string, number>>;
  moves: Recorded<'moved'>[];
  asker?: Recorded<'asker named'>;
  child?: Recorded<'child named'>;
  /**
   * The last time that children's services were told since the consultation was opened, or otherwise the last time
   * before. Undefined if they were not told. Entries that a correction says did not happen do not count, here and in
   * the marks; they are only in `entries`.
   */
  told?: Recorded<'told'>;
  /** Oldest first. */
  tellings: Recorded<'told'>[];
  decided?: Recorded<'decided'>;
  shared: Recorded<'shared'>[];
  notes: Recorded<'noted'>[];
  corrections: Recorded<'corrected'>[];
  /** Each time that the hand-over sheet was taken away, oldest first. */
  handoverSheets: Recorded<'handover sheet taken away'>[];
  handoverSheetSent?: Recorded<'handover sheet sent'>;
  nextHours?: Recorded<'next hours recorded'>;
  entries: readonly Entry[];
}

const noneYet = () => ({ moves: [], tellings: [], shared: [], notes: [], corrections: [], handoverSheets: [] });

/** `entries`: in order, starting with `opened`. Throws if they do not. */
export function readConsultation(id: string, entries: readonly Entry[]): Consultation {
  const [first] = entries;
  if (first?.what.kind !== 'opened') throw new Error(`consultation ${id} does not begin with "opened"`);
  const answers: Record<string, Answer> = {};
  const answeredBy: Record<string, number> = {};
  const { reference, area, flow, version } = first.what;
  const consultation: Consultation = {
    id,
    reference,
    area,
    flow,
    version,
    openedAt: first.at,
    answers,
    answeredBy,
    ...noneYet(),
    entries,
  };
  for (const { number, at, what } of withoutDenied(entries)) {
    if (what.kind === 'answered') {
      answers[what.question] = what.answer;
      answeredBy[what.question] = number;
    } else if (what.kind === 'asked again') {
      for (const question of what.questions) for (const known of [answers, answeredBy]) delete known[question];
    } else if (!isDesk(what)) applyEntry(consultation, { ...what, number, at });
  }
  return consultation;
}

/** Desk happenings are read by `desk/desk-case.ts`. */
function isDesk(what: Happening): what is DeskHappening {
  return isDeskKind(what.kind);
}

type Taken = Exclude<Happening, { kind: 'answered' | 'asked again' } | DeskHappening> & { number: number; at: string };

function applyEntry(consultation: Consultation, what: Taken): void {
  const topic = MARK_OF_KIND.get(what.kind);
  if (topic !== undefined) Object.assign(consultation, { [topic]: what });
  switch (what.kind) {
    case 'opened':
    case 'taken away':
      return;
    case 'moved':
      consultation.version = what.version;
      consultation.moves.push(what);
      return;
    case 'asker named':
      consultation.asker = what;
      return;
    case 'child named':
      consultation.child = what;
      return;
    case 'told':
      if (what.before === undefined || consultation.told?.before !== undefined) consultation.told = what;
      consultation.told ??= what;
      consultation.tellings.push(what);
      return;
    case 'decided':
      consultation.decided = what;
      return;
    case 'shared':
      consultation.shared.push(what);
      return;
    case 'noted':
      consultation.notes.push(what);
      return;
    case 'handover sheet taken away':
      consultation.handoverSheets.push(what);
      return;
    case 'next hours recorded':
      consultation.nextHours = what;
      return;
    case 'handover sheet sent':
      consultation.handoverSheetSent = what;
      return;
    case 'corrected':
      consultation.corrections.push(what);
  }
}

/** Whether an answer was given or changed after children's services were told: they may know less than is known now. */
export function isToldBefore({
  told,
  answeredBy,
  moves,
}: Pick<Consultation, 'told' | 'answeredBy' | 'moves'>): boolean {
  if (told === undefined) return false;
  return [...Object.values(answeredBy), ...moves.map(({ number }) => number)].some((number) => number > told.number);
}
