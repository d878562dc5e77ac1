import { paths, type RecordNoun } from '../../server/base/paths.ts';
import { getFormat, RECORD_FORMATS, type RecordFormat } from '../../server/base/record-formats.ts';
import type { Consultation } from '../../server/consultation/consultation.ts';
import { Fold } from '../kit/fold.tsx';
import { ALWAYS, renderOnceWithSlots } from '../kit/render-once.ts';

/** What the record still lacks, each with a link to add it; and the downloads. */
export function RecordNext({ consultation }: { consultation: Consultation }) {
  const { id } = consultation;
  const items = itemsOf(consultation);
  return (
    <Fold
      id="record"
      title="Complete your record"
      holds={`${items.filter(([, , done]) => done).length} of ${items.length}`}
      quiet
    >
      <p>Everything here can stay empty. You never have to name the child.</p>
      <ul class="fd-todo">
        {items.map(([noun, words, done]) => (
          <li class="fd-todo__item">
            <a class="govuk-link" href={`${paths.record(id)}#${noun}`}>
              {words}
            </a>{' '}
            <span class={done ? 'fd-tag' : 'fd-tag fd-tag--open'}>{done ? 'Written down' : 'Not yet'}</span>
          </li>
        ))}
      </ul>
      <p>
        <a class="govuk-link" href={paths.map(id)}>
          See the way you took through the guidance
        </a>
      </p>
      <p>
        <a class="govuk-link" href={paths.handoverSheet(id)}>
          Sheet for a referral
        </a>
      </p>
    </Fold>
  );
}

type ToWrite = Exclude<RecordNoun, 'corrections' | 'child'>;

/** Naming the child is optional, so the name is never listed as missing. */
function itemsOf(consultation: Consultation): [ToWrite, string, boolean][] {
  const { told, asker, consent, parents, shared, police, decided, notes } = consultation;
  const items: Record<ToWrite, [string, boolean]> = {
    tellings: ['Whom you told, when, and the reference given', told !== undefined],
    asker: ['Who you are', asker !== undefined],
    consents: ['Consent', consent !== undefined],
    parents: ['Whether the parents were told', parents !== undefined],
    sharings: ['What was shared, with whom and why', shared.length > 0],
    police: ['The police', police !== undefined],
    decisions: ['What you decided', decided !== undefined],
    notes: ['Notes', notes.length > 0],
  };
  return (Object.keys(items) as ToWrite[]).map((noun) => [noun, ...items[noun]]);
}

export const Downloads = renderOnceWithSlots(
  ['id'],
  (_: { id: string }) => ALWAYS,
  ({ id }) => (
    <p class="fd-no-print">
      Take the record with you:{' '}
      {RECORD_FORMATS.map((format, index) => (
        <>
          {index > 0 && ', '}
          <a class="govuk-link" href={paths.download(id, format)} download>
            {wordsFor(format)}
          </a>
        </>
      ))}
      .
    </p>
  ),
);

function wordsFor(format: RecordFormat): string {
  const { words, wordsForProfessional = words } = getFormat(format);
  return wordsForProfessional;
}
