import { paths } from '../../server/base/paths.ts';
import { CopyButton } from '../kit/contact.tsx';
import { Section } from '../kit/section.tsx';

/** The way back: a reference, and a code that is shown once. */
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
        <form method="post" action={paths.codes(id)}>
          <input type="hidden" name="token" value={token} />
          <p>
            To open this record again on another day, get a code. It is shown once, and we keep no copy that can be
            read.
          </p>
          <button type="submit" class="govuk-button govuk-button--secondary">
            Get a code
          </button>
        </form>
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
