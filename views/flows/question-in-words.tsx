import type { QuestionDescription } from '../../server/flow/draw/question-in-words.ts';

/** Every answer of a question, and what it sets. */
export function QuestionInWords({
  question: { why, help, answering, groups, none, means, unknown, terms },
}: {
  question: QuestionDescription;
}) {
  return (
    <>
      <p>Why we ask: {why}</p>
      {help !== undefined && <p>Help: {help}</p>}
      <p>Answer: {answering}</p>
      {groups.map(({ title, help: groupHelp, options }) => (
        <>
          {title !== undefined && <p class="fd-spoken__group">{title}</p>}
          {groupHelp !== undefined && <p>{groupHelp}</p>}
          <ul class="fd-spoken__options">
            {options.map((option) => (
              <OptionInWords option={option} />
            ))}
          </ul>
        </>
      ))}
      {none !== undefined && <p>Or: {none}</p>}
      {means.map((line) => (
        <p class="fd-spoken__marks">Means: {line}</p>
      ))}
      {unknown.map((line) => (
        <p class="fd-spoken__unknown">{line}</p>
      ))}
      {terms.length > 0 && <p>Explained beside it: {terms.join('; ')}</p>}
    </>
  );
}

function OptionInWords({
  option: { text, help, marks, cite },
}: {
  option: QuestionDescription['groups'][number]['options'][number];
}) {
  return (
    <li>
      {text}
      {help !== undefined && <span class="fd-spoken__help"> ({help})</span>}
      {marks.length > 0 && <span class="fd-spoken__marks"> Sets: {marks.join('; ')}.</span>}
      {cite.length > 0 && <span class="fd-spoken__cite"> [{cite.join(', ')}]</span>}
    </li>
  );
}
