import type { Reason } from '../../server/consultation/result.ts';
import { Citations } from '../kit/citation.tsx';

/** The reader's own answers, and the paragraphs to which they led. */
export function Reasons({ reasons }: { reasons: Reason[] }) {
  if (reasons.length === 0) return null;
  return (
    <ul class="fd-reasons">
      {reasons.map(({ question, answer, assumed, text, citations }) => (
        <li>
          {question !== undefined && (
            <p>
              You answered <strong>{answer}</strong> to “{question.text}”
            </p>
          )}
          {assumed !== undefined && <p>{assumed}.</p>}
          {text !== undefined && <p>{text}</p>}
          <Citations citations={citations} />
        </li>
      ))}
    </ul>
  );
}
