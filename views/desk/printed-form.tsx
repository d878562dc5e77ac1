import { describeInstant } from '../../server/base/days.ts';
import { paths } from '../../server/base/paths.ts';
import type { CopyField } from '../../server/export/case-system-fields.ts';
import type { HandOff } from '../../server/flow/instruments/instrument.ts';
import { Layout } from '../kit/layout.tsx';
import type { PageContext } from '../kit/page-context.ts';
import { printsOf } from '../kit/print.tsx';
import { DeskNav } from './desk-nav.tsx';

export interface HandOffPageProps {
  page: PageContext;
  id: string;
  reference: string;
  handOff: HandOff;
  fields: CopyField[];
  /** An instant. */
  printedAt: string;
}

/**
 * What the record contains, printed under the name of a form whose fields no document shows. It is not the form itself.
 */
export function HandOffPage({ page, id, reference, handOff, fields, printedAt }: HandOffPageProps) {
  return (
    <Layout page={page} title="Hand-off sheet" desk>
      <DeskNav page={page} />
      <a class="govuk-link fd-back" href={paths.deskCopy(id)}>
        Copy the record
      </a>
      <h1 class="fd-title" {...printsOf({ prints: paths.deskPrints(id), token: page.token })}>
        Hand-off sheet for: {handOff.title}
      </h1>
      <p class="fd-lead">
        Consultation {reference}, {describeInstant(printedAt)}
      </p>
      <p class="fd-notice">
        <strong>This is not the form itself, and it is no referral.</strong> The documents name the form and print no
        fields of it. What the record holds stands here, to be copied into the form. Nothing is sent by it.
      </p>
      <p>{handOff.says}</p>
      <dl class="fd-facts">
        {fields.map(({ name, value }) => (
          <div class="fd-facts__row">
            <dt>{name}</dt>
            <dd class="fd-entry fd-paper__written">{value}</dd>
          </div>
        ))}
      </dl>
    </Layout>
  );
}

/** The area's forms for which such a sheet can be printed. */
export function HandOffLinks({ id, handOffs }: { id: string; handOffs: readonly HandOff[] }) {
  if (handOffs.length === 0) return null;
  return (
    <nav class="fd-no-print" aria-label="Hand-off sheets for forms">
      <p>
        <strong>Hand-off sheets for forms</strong>
      </p>
      <ul class="govuk-list govuk-list--bullet">
        {handOffs.map((handOff) => (
          <li>
            <a class="govuk-link" href={paths.deskHandOff(id, handOff.id)}>
              {handOff.title}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
