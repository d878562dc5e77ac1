import type { DeskCase } from '../../server/desk/desk-case.ts';
import type { AreaLine } from '../kit/page-context.ts';
import { PhoneLink } from '../kit/phone.tsx';

/** Whom to ring if no answer has come. */
export function Numbers({ area: { frontDoorName, phones } }: { area: AreaLine }) {
  return (
    <>
      {frontDoorName}
      {phones.map((number) => (
        <>
          {' '}
          <PhoneLink number={number} />
        </>
      ))}
      .
    </>
  );
}

/** Their own words, so that they need not wonder whether they arrived. */
export function OwnQuestion({ deskCase: { questions, reach } }: { deskCase: DeskCase }) {
  const [newest] = questions.slice(-1);
  if (newest === undefined) return null;
  return (
    <>
      <p>
        You asked: <span class="fd-lines">{newest.text}</span>
      </p>
      {reach !== '' && <p>You wrote that you can be reached at: {reach}</p>}
    </>
  );
}
