import { describeInstant } from '../../server/base/days.ts';
import type { Consultation } from '../../server/consultation/consultation.ts';
import { authorOf } from '../../server/consultation/describe-entry.ts';
import { describeSigning } from '../../server/consultation/desk-record.ts';
import type { HouseholdChild } from '../../server/desk/desk-case.ts';
import { CorrectionsOf } from '../kit/corrections.tsx';
import { Section } from '../kit/section.tsx';
import { EntryText } from '../record/recorded.tsx';
import { ActionForms } from './action-forms.tsx';
import type { WrittenProps } from './aftercare.tsx';

/**
 * The child whom the questions are about, and the other children of the household, each with an age and what holds for
 * them.
 */
export function Household(forms: WrittenProps) {
  const { consultation, shown } = forms;
  const { deskCase } = shown;
  const { child } = consultation;
  const age = consultation.answers.child_age;
  return (
    <Section id="household" title="Children of the household" folds>
      <p>
        The questions and the outcome are about{' '}
        {child?.name ? <strong>{child.name}</strong> : 'the child who was asked about'}
        {typeof age === 'number' ? `, ${age}` : ''}. Each of the others has an age and what holds for them.
      </p>
      <CorrectionsOf consultation={consultation} of={[child?.number, consultation.answeredBy.child_age]} />
      {deskCase.household.map((one) => (
        <div class="fd-household__child" id={one.child}>
          <EntryText {...forms} number={one.number}>
            <Held child={one} />
          </EntryText>
          <CorrectionsOf consultation={consultation} of={[one.signature?.number]} />
          <Earlier child={one} consultation={consultation} />
          <ActionForms {...forms} shown={{ ...shown, child: one }} section="household" />
        </div>
      ))}
      {deskCase.household.length === 0 && <p class="fd-empty">No other child is recorded.</p>}
      <ActionForms {...forms} section="household" />
    </Section>
  );
}

function Held({ child }: { child: Omit<HouseholdChild, 'earlier'> }) {
  const { name, age, levelWords, outcomeWords, note, signature } = child;
  const signing = describeSigning(child, signature?.signed);
  return (
    <>
      <strong>{name || 'Not named'}</strong>, age: {age}.{' '}
      {levelWords === '' ? 'Level not judged yet. ' : `${levelWords}. `}
      {outcomeWords !== '' && `Decided: ${outcomeWords}. `}
      {signing !== '' && <strong>{signing}. </strong>}
      {signature !== undefined && `${[signature.who?.name, signature.reason].filter(Boolean).join(': ')}. `}
      {note}
    </>
  );
}

/** What was recorded about the child before, the latest first. */
function Earlier({ child, consultation }: { child: HouseholdChild; consultation: Consultation }) {
  return (
    <>
      {(child.earlier ?? []).toReversed().map((before) => (
        <div class="fd-entry__correction">
          <strong>Earlier:</strong> <Held child={before} />{' '}
          <span class="fd-entry__when">
            {describeInstant(before.at)}, {authorOf(consultation, before.number)},{' '}
            <a href={`#entry-${before.number}`}>entry {before.number}</a>
          </span>
          <CorrectionsOf consultation={consultation} of={[before.number, before.signature?.number]} />
        </div>
      ))}
    </>
  );
}
