import { describeDay } from '../../server/base/days.ts';
import { noteName, YES } from '../../server/flow/instruments/inputs.ts';
import type {
  Instrument,
  InstrumentAnswers,
  InstrumentField,
  InstrumentSection,
} from '../../server/flow/instruments/instrument.ts';
import { countOf } from '../kit/fold.tsx';
import { Folded } from '../kit/folded.tsx';

/** An instrument on paper: empty with boxes and lines, or filled in, to be read without calculating the score. */
export interface PaperProps {
  instrument: Pick<Instrument, 'sections'>;
  /** Undefined for an empty form. */
  answers?: InstrumentAnswers;
  /** On a screen, whether its sections start folded or open. */
  folds?: 'folded' | 'open';
}

export function Paper({ instrument, answers, folds }: PaperProps) {
  return (
    <>
      {instrument.sections.map((section) =>
        folds === undefined ? (
          <PaperSection section={section} answers={answers} />
        ) : (
          <FoldedSection section={section} open={folds === 'open'} />
        ),
      )}
    </>
  );
}

function FoldedSection({ section, open }: { section: InstrumentSection; open: boolean }) {
  const { id, title, says, fields } = section;
  const holds = countOf(fields.length, 'field');
  return (
    <Folded id={`paper-${id}`} title={title} heading="h2" holds={holds} open={open} className="fd-paper">
      {says !== undefined && <p>{says}</p>}
      {fields.map((field) => (
        <PaperField field={field} />
      ))}
    </Folded>
  );
}

interface SectionProps {
  section: InstrumentSection;
  answers?: InstrumentAnswers | undefined;
}

function PaperSection({ section, answers }: SectionProps) {
  const { id, title, says, fields } = section;
  return (
    <section class="fd-section fd-paper" aria-labelledby={`paper-${id}`}>
      <h2 class="govuk-heading-m" id={`paper-${id}`}>
        {title}
      </h2>
      {says !== undefined && <p>{says}</p>}
      {fields.map((field) => (
        <PaperField field={field} answers={answers} />
      ))}
    </section>
  );
}

interface FieldProps {
  field: InstrumentField;
  answers?: InstrumentAnswers | undefined;
}

function PaperField({ field, answers }: FieldProps) {
  return (
    <div class="fd-paper__field">
      <h3 class="govuk-heading-s" id={`paper-field-${field.id}`}>
        {field.label}
      </h3>
      <Body field={field} answers={answers} />
      {field.note !== undefined && <p class="fd-hint">{field.note}</p>}
    </div>
  );
}

function Body({ field, answers }: FieldProps) {
  switch (field.type) {
    case 'ticks':
      return (
        <ul class="fd-paper__boxes">
          {field.options.map(({ id, text }) => (
            <Box text={text} isSet={answers?.[`${field.id}.${id}`] === YES} isEmpty={answers === undefined} />
          ))}
        </ul>
      );
    case 'scale':
      return <Scale field={field} answers={answers} />;
    case 'yes or no':
    case 'one of':
      return <Choices field={field} answers={answers} />;
    case 'people':
      return <People field={field} answers={answers} />;
    case 'table':
      return <Lines field={field} answers={answers} />;
    case 'date':
      return <Written text={answers && describeDay(answers[field.id] ?? '')} />;
    default:
      return <Written text={answers?.[field.id]} isHigh={field.type === 'long text'} isEmpty={answers === undefined} />;
  }
}

interface BoxProps {
  text: string;
  isSet: boolean;
  isEmpty: boolean;
}

function Box({ text, isSet, isEmpty }: BoxProps) {
  return (
    <li class={isSet ? 'fd-paper__box fd-paper__box--set' : 'fd-paper__box'}>
      {!isEmpty && <span class="govuk-visually-hidden">{isSet ? 'Ticked: ' : 'Not ticked: '}</span>}
      {text}
    </li>
  );
}

/** Every step is shown with its words even when the form is filled in, so that a reader sees what could be chosen. */
function Scale({ field, answers }: FieldProps) {
  const chosen = answers?.[field.id];
  return (
    <>
      {field.prompts !== undefined && <p class="fd-hint">Assessor’s reflections: {field.prompts}</p>}
      <ul class="fd-paper__boxes">
        {field.steps.map(({ score, text }) => (
          <Box text={`${score}. ${text}`} isSet={chosen === String(score)} isEmpty={answers === undefined} />
        ))}
      </ul>
      <p class="fd-paper__name">Assessor’s reflections</p>
      <Written text={answers?.[noteName(field.id)]} isHigh isEmpty={answers === undefined} />
    </>
  );
}

function Choices({ field, answers }: FieldProps) {
  const options = field.type === 'yes or no' ? YES_NO : field.options;
  return (
    <>
      <ul class="fd-paper__boxes">
        {options.map(({ id, text }) => (
          <Box text={text} isSet={answers?.[field.id] === id} isEmpty={answers === undefined} />
        ))}
      </ul>
      {field.reasonFor.length > 0 && (
        <>
          <p class="fd-paper__name">
            Reason, needed for{' '}
            {options
              .filter(({ id }) => field.reasonFor.includes(id))
              .map(({ text }) => `“${text}”`)
              .join(', ')}
          </p>
          <Written text={answers?.[noteName(field.id)]} isHigh isEmpty={answers === undefined} />
        </>
      )}
    </>
  );
}

const YES_NO = [
  { id: 'yes', text: 'Yes' },
  { id: 'no', text: 'No' },
];

function People({ field, answers }: FieldProps) {
  return (
    <section class="fd-table-scroll" tabindex={0} aria-labelledby={`paper-field-${field.id}`}>
      <table class="fd-compare">
        <thead>
          <tr>
            <th scope="col">Who</th>
            <th scope="col">Contributed</th>
            <th scope="col">Contact details and comments, or why not consulted</th>
          </tr>
        </thead>
        <tbody>
          {field.options.map(({ id, text }) => {
            const name = `${field.id}.${id}`;
            const contributed = { yes: 'Yes', no: 'No' }[answers?.[name] ?? ''];
            return (
              <tr>
                <th scope="row">{text}</th>
                <td>{answers === undefined ? 'Yes / No' : (contributed ?? 'Not said')}</td>
                <td class="fd-entry">{answers?.[noteName(name)] ?? ''}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </section>
  );
}

/** An empty form has all its lines; a filled one has only those with text. */
function Lines({ field, answers }: FieldProps) {
  const cell = (row: number, column: string) => answers?.[`${field.id}.${row}.${column}`] ?? '';
  const rows = Array.from({ length: field.rows }, (_, index) => index + 1).filter(
    (row) => answers === undefined || field.columns.some(({ id }) => cell(row, id) !== ''),
  );
  if (rows.length === 0) return <Written text="" />;
  return (
    <section class="fd-table-scroll" tabindex={0} aria-labelledby={`paper-field-${field.id}`}>
      <table class="fd-compare">
        <thead>
          <tr>
            {field.columns.map(({ text }) => (
              <th scope="col">{text}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr>
              {field.columns.map(({ id }) => (
                <td class="fd-entry">{cell(row, id)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

interface WrittenProps {
  text: string | undefined;
  isHigh?: boolean;
  isEmpty?: boolean;
}

/** On an empty form, a line to write on; on a filled one, a note if nothing was written. */
function Written({ text, isHigh = false, isEmpty = text === undefined }: WrittenProps) {
  if (isEmpty) return <p class={isHigh ? 'fd-sign__line fd-sign__line--high' : 'fd-sign__line'} />;
  return <p class="fd-entry fd-paper__written">{text === undefined || text === '' ? 'Nothing written down' : text}</p>;
}
