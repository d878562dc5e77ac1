import { paths } from '../../server/base/paths.ts';
import { type HandoverSheetLine, partsOfHandoverSheet } from '../../server/consultation/handover-sheet.ts';
import { CopyButton } from '../kit/copy-button.tsx';
import { Layout } from '../kit/layout.tsx';
import type { PageContext } from '../kit/page-context.ts';

interface HandoverSheetCopyPageProps {
  page: PageContext;
  id: string;
  reference: string;
  /** Only fields that are not empty. */
  lines: readonly HandoverSheetLine[];
}

/**
 * For pasting into the council's own form. The script adds the copy buttons; without it, everything can be selected.
 */
export function HandoverSheetCopyPage({ page, id, reference, lines }: HandoverSheetCopyPageProps) {
  return (
    <Layout page={page} title="Copy the sheet">
      <a class="govuk-link fd-back" href={paths.handoverSheet(id)}>
        Back to the sheet
      </a>
      <h1 class="fd-title">Copy the sheet, field by field</h1>
      <section class="fd-untold" aria-labelledby="not-sent">
        <h2 class="fd-untold__title" id="not-sent">
          Copying sends nothing
        </h2>
        <p>The referral is made on the council’s own form or by telephone. Come back and say whether you sent it.</p>
      </section>
      <p class="fd-reference">
        Consultation <strong>{reference}</strong>
      </p>
      <p role="status" id="copied" class="govuk-visually-hidden" />
      {lines.length === 0 && <p class="fd-empty">Nothing is written in the sheet yet</p>}
      {partsOfHandoverSheet(lines).map(({ title, lines: ofPart }, part) => (
        <section aria-labelledby={`part-${part}`}>
          <h2 class="govuk-heading-m" id={`part-${part}`}>
            {title}
          </h2>
          {ofPart.map((line, index) => (
            <CopyLine line={line} id={`copy-${part}-${index}`} />
          ))}
        </section>
      ))}
    </Layout>
  );
}

function CopyLine({ line: { label, words }, id }: { line: HandoverSheetLine; id: string }) {
  return (
    <div class="fd-copy-field">
      <h3 class="govuk-heading-s" id={id}>
        {label}
      </h3>
      <pre class="fd-copy-field__text">{words}</pre>
      <CopyButton text={words} what={label} large />
    </div>
  );
}
