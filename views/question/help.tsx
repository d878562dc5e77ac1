import type { Definition } from '../../server/flow/flow.ts';
import { Details } from '../kit/details.tsx';

/** Longer help and definitions for a question, collapsed. */
export function Help({ help, definitions }: { help?: string; definitions: Definition[] }) {
  return (
    <>
      {help !== undefined && (
        <Details summary="Help with this question">
          <p>{help}</p>
        </Details>
      )}
      {definitions.length > 0 && (
        <Details summary={definitions.length === 1 ? `What is “${definitions[0]?.term}”?` : 'Words explained'}>
          <dl class="fd-definitions">
            {definitions.map(({ term, text, also }) => (
              <>
                <dt>{term}</dt>
                <dd>
                  {text}
                  {also.length > 0 && ` Also called: ${also.join(', ')}.`}
                </dd>
              </>
            ))}
          </dl>
        </Details>
      )}
    </>
  );
}
