/**
 * An instrument without answers, for the PDF: every question with its boxes, table or lines, to be filled in by hand.
 */
import type { Instrument, InstrumentField } from '../flow/instruments/instrument.ts';
import { describeBandRange, JUDGEMENT } from '../flow/instruments/score.ts';
import { type Block, fact, item } from './blocks.ts';
import type { Blank, PaperSection } from './pdf.ts';

/** Number of lines for a text that can be long. */
const MANY = 4;

export function emptyFormWarnings({ namesPeople }: Pick<Instrument, 'namesPeople'>): string[] {
  return [
    'This is an empty form. It is not a referral, and nothing was sent.',
    ...(namesPeople
      ? ['Filled in, it names people. If action is needed now, ring the police on 101, or 999 in danger.']
      : []),
  ];
}

export function emptyFormSections(instrument: Instrument): PaperSection[] {
  const { says, completedBy, before, sections } = instrument;
  return [
    {
      title: 'This form',
      blocks: [
        { kind: 'paragraph', text: says },
        fact('To be completed by', completedBy),
        ...before.map((line): Block => ({ kind: 'paragraph', text: line })),
        blank('Child, and reference of the consultation', { lines: { count: 1 } }),
      ],
    },
    ...sections.map(({ title, says: words, fields }) => ({
      title,
      blocks: [...(words === undefined ? [] : [{ kind: 'paragraph' as const, text: words }]), ...fields.map(blankOf)],
    })),
    ...resultOf(instrument),
    {
      title: 'Completed by',
      blocks: [blank('Name and role', { lines: { count: 1 } }), blank('Date and signature', { lines: { count: 1 } })],
    },
  ];
}

/** On paper, people add up the score themselves; the bands say what a total means. */
function resultOf({ score, refer }: Instrument): PaperSection[] {
  if (score === undefined && refer.length === 0) return [];
  const sums = score === undefined ? [] : [...score.subtotals.map(({ title }) => title), score.title];
  return [
    {
      title: 'Result',
      blocks: [
        ...sums.map((title) => blank(title, { lines: { count: 1 } })),
        ...(score === undefined ? [] : [{ kind: 'paragraph' as const, text: JUDGEMENT }]),
        ...(score?.bands ?? []).map((band) => item(`${describeBandRange(band)}. ${band.says}`)),
        ...refer.map(({ says }) => item(says)),
      ],
    },
  ];
}

function blank(name: string, parts: Partial<Omit<Blank, 'kind' | 'name'>>): Blank {
  return { kind: 'blank', name, hints: [], boxes: [], lines: { count: 0 }, ...parts };
}

const YES_NO = ['Yes', 'No'];

function tableOfPeople(people: readonly string[]) {
  return {
    columns: ['Who', 'Contributed', 'Contact details and comments, or why not consulted'],
    rows: people.map((person) => [person, 'Yes / No', '']),
  };
}

function emptyTable(columns: InstrumentField['columns'], rows: number) {
  return { columns: columns.map(({ text }) => text), rows: Array.from({ length: rows }, () => columns.map(() => '')) };
}

function blankOf(field: InstrumentField): Blank {
  const { label, hint, note, prompts, options, steps, columns, rows } = field;
  const texts = options.map(({ text }) => text);
  const hints = [hint, prompts === undefined ? undefined : `To reflect on: ${prompts}`, note].filter(
    (line) => line !== undefined,
  );
  switch (field.type) {
    case 'ticks':
      return blank(label, { hints, boxes: texts });
    case 'scale':
      return blank(label, {
        hints,
        boxes: steps.map(({ score, text }) => `${score}. ${text}`),
        lines: { name: 'Assessor’s reflections', count: MANY },
      });
    case 'yes or no':
      return blank(label, { hints, boxes: YES_NO, lines: reasonOf(field) });
    case 'one of':
      return blank(label, { hints, boxes: texts, lines: reasonOf(field) });
    case 'people':
      return blank(label, { hints, table: tableOfPeople(texts) });
    case 'table':
      return blank(label, { hints, table: emptyTable(columns, rows) });
    default:
      return blank(label, { hints, lines: { count: field.type === 'long text' ? MANY : 1 } });
  }
}

function reasonOf({ reasonFor, options }: InstrumentField): Blank['lines'] {
  if (reasonFor.length === 0) return { count: 0 };
  const words = reasonFor.map(
    (id) => options.find((option) => option.id === id)?.text ?? (id === 'yes' ? 'Yes' : 'No'),
  );
  return { name: `Reason, needed for ${words.map((word) => `“${word}”`).join(', ')}`, count: MANY };
}
