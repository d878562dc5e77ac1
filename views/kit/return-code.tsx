import { paths } from '../../server/base/paths.ts';
import { CopyButton } from './copy-button.tsx';
import { Details } from './details.tsx';
import { ALWAYS, renderOnceWithSlots } from './render-once.ts';
import { Section } from './section.tsx';

/** How to return: a reference, and a code that is shown once. */
export function ReturnCode({
  id,
  reference,
  code,
  token,
}: {
  id: string;
  reference: string;
  code?: string;
  token: string;
}) {
  return (
    <Section id="return-code" title="Come back later" className="fd-no-print">
      {code === undefined ? (
        <CodeForm id={id} token={token} />
      ) : (
        <div class="fd-code">
          <p>Write this down now. It is shown only once. Keep it apart from the reference.</p>
          <p>
            Reference: <strong>{reference}</strong>
          </p>
          <p>
            Code: <strong class="fd-code__code">{code}</strong> <CopyButton text={code} what="the code" />
          </p>
        </div>
      )}
    </Section>
  );
}

export const CodeForm = renderOnceWithSlots(
  ['id', 'token'],
  (_: { id: string; token: string }) => ALWAYS,
  ({ id, token }) => (
    <form method="post" action={paths.codes(id)}>
      <input type="hidden" name="token" value={token} />
      <p>
        To open this record again on another day, get a code. It is shown once, and we keep no copy that can be read.
      </p>
      <button type="submit" class="govuk-button govuk-button--secondary">
        Get a code
      </button>
    </form>
  ),
);

/** While a question is open: what is kept, and the code for continuing on another day or computer. */
export const StopHere = renderOnceWithSlots(
  ['id', 'token'],
  (_: { id: string; token: string }) => ALWAYS,
  ({ id, token }) => (
    <Details summary="Stop here and come back later" quiet>
      <p>
        Your answers so far are kept. For some hours the start page offers them again in this browser. The question that
        is open now is asked again.
      </p>
      <CodeForm id={id} token={token} />
    </Details>
  ),
);
