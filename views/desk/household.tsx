import { Section } from '../kit/section.tsx';
import { EntryText } from '../record/recorded.tsx';
import { ActionForms } from './action-forms.tsx';
import type { WrittenProps } from './aftercare.tsx';

/** The child that was asked about, and the others of the household, each with an age and what holds for them. */
export function Household(forms: WrittenProps) {
  const { consultation, shown } = forms;
  const { deskCase } = shown;
  const { child } = consultation;
  const age = consultation.answers.child_age;
  return (
    <Section id="household" title="Children of the household">
      <p>
        The questions and the outcome are about{' '}
        {child?.name ? <strong>{child.name}</strong> : 'the child who was asked about'}
        {typeof age === 'number' ? `, ${age}` : ''}. Each of the others has an age and what holds for them.
      </p>
      {deskCase.household.map((one) => (
        <div class="fd-household__child" id={one.child}>
          <EntryText {...forms} number={one.number}>
            <strong>{one.name || 'Not named'}</strong>, age: {one.age}.{' '}
            {one.levelWords === '' ? 'Level not judged yet. ' : `${one.levelWords}. `}
            {one.outcomeWords !== '' && `Decided: ${one.outcomeWords}. `}
            {one.note}
          </EntryText>
          <ActionForms {...forms} shown={{ ...shown, child: one }} section="household" />
        </div>
      ))}
      {deskCase.household.length === 0 && <p class="fd-empty">No other child is recorded.</p>}
      <ActionForms {...forms} section="household" />
    </Section>
  );
}
