import { paths } from '../../server/base/paths.ts';
import type { Field } from '../../server/consultation/form-field.ts';
import type { KnownFact } from '../../server/desk/known-facts.ts';
import { whoReadsPart } from '../../server/desk/readers.ts';
import { CorrectionsOf } from '../kit/corrections.tsx';
import { Section } from '../kit/section.tsx';
import { Addition } from '../record/record-form.tsx';
import { RECORD_FORMS, type RecordForm } from '../record/record-forms.ts';
import { RecordedLines, recordedLines } from '../record/recorded.tsx';
import { Chasings, type WrittenProps } from './aftercare.tsx';

interface RecordSectionsProps extends WrittenProps {
  canWrite: boolean;
  /** What the questions and the area's fields already say about a part of the record. */
  knownOfPart: (noun: string) => KnownFact[];
}

/** The parts that every record has, including the referrer's own entries, but not the referrer's own decision. */
export function RecordSections(props: RecordSectionsProps) {
  return (
    <div class="fd-record-parts">
      {RECORD_FORMS.filter(({ noun }) => noun !== 'decisions').map((form) => (
        <RecordSection {...props} form={form} />
      ))}
    </div>
  );
}

function RecordSection({
  form,
  consultation,
  canWrite,
  knownOfPart,
  ...forms
}: RecordSectionsProps & { form: RecordForm }) {
  const { id, token, failed } = forms;
  const { noun } = form;
  const lines = recordedLines(consultation, noun);
  return (
    <Section id={noun} title={TITLES[noun] ?? form.title} className="fd-noun" folds>
      <RecordedLines consultation={consultation} lines={lines} linkTo={forms.linkTo} />
      {knownOfPart(noun).map(({ source, words, from }) => (
        <>
          <p class="fd-hint">
            {source} <strong class="fd-lines">{words}</strong>
          </p>
          <CorrectionsOf consultation={consultation} of={from} />
        </>
      ))}
      {noun === 'tellings' && <Chasings {...forms} consultation={consultation} />}
      {canWrite && (
        <Addition
          id={id}
          form={{
            ...form,
            title: TITLES[noun] ?? form.title,
            fields: fieldsAtDesk(form),
            intro: introOf(noun, forms.shown.deskCase.byTelephone),
            submit: 'Save',
          }}
          token={token}
          seen={consultation.entries.length}
          failed={failed?.form === noun ? { ...failed, form: noun } : undefined}
          action={paths.deskAddition(id, noun)}
          summary={lines.length === 0 ? 'Write it down' : 'Add or change'}
        />
      )}
    </Section>
  );
}

/** Labels of fields where the desk writes about somebody else. */
const LABELS: Partial<Record<RecordForm['noun'], Record<string, string>>> = {
  tellings: { spokeTo: 'Who was spoken to', reference: 'Reference that was given' },
  asker: { name: 'Their name', role: 'Their role', agency: 'Their agency', contact: 'How to reach them' },
  child: { name: 'Name, or a reference for the child' },
  sharings: { what: 'What was shared' },
};

/**
 * Keeps the browser from filling in the name of the person at the computer: the record would say that they had asked.
 */
export function fieldsAtDesk({ noun, fields }: RecordForm): Field[] {
  const labels = LABELS[noun] ?? {};
  const own = fields.map(({ autocomplete: _, ...field }) => ({ ...field, label: labels[field.name] ?? field.label }));
  return [...(FIRST_FIELDS[noun] ?? []), ...own];
}

/** What the desk is asked in addition, because it also writes for others. */
const FIRST_FIELDS: Partial<Record<RecordForm['noun'], Field[]>> = {
  tellings: [
    {
      name: 'toldBy',
      label: 'Who told children’s services',
      hint: 'The record says who told, and that you wrote it down',
      kind: 'choice',
      choices: [
        ['referrer', 'Whoever asked, and they said so'],
        ['desk', 'I did'],
      ],
    },
  ],
};

/** The referrer can read all parts except the notes; a caller has no page. */
function introOf(noun: RecordForm['noun'], byTelephone: boolean): string {
  if (noun === 'notes') return 'Only the desk reads its notes. Whoever asked never sees them.';
  return `${INTROS[noun] ?? ''} ${whoReadsPart({ byTelephone })}`.trim();
}

const INTROS: Partial<Record<RecordForm['noun'], string>> = {
  tellings: 'Who was told, by whoever asked or by the desk. Front Door sends nothing.',
  child: 'Nobody has to name the child to get advice.',
};

/** Titles that differ because the desk writes about somebody else. */
const TITLES: Record<string, string> = {
  tellings: 'Children’s services told, or not',
  asker: 'Who asked',
  sharings: 'What was shared',
};
