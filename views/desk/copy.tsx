import { paths } from '../../server/base/paths.ts';
import { getFormat, RECORD_FORMATS } from '../../server/base/record-formats.ts';
import type { CopyField } from '../../server/export/case-system-fields.ts';
import type { HandOff } from '../../server/flow/instruments/instrument.ts';
import { CopyButton } from '../kit/copy-button.tsx';
import { Layout } from '../kit/layout.tsx';
import type { PageContext } from '../kit/page-context.ts';
import { DeskNav } from './desk-nav.tsx';
import { HandOffLinks } from './printed-form.tsx';

export interface CopyPageProps {
  page: PageContext;
  id: string;
  reference: string;
  fields: CopyField[];
  all: string;
  handOffs: readonly HandOff[];
}

/** For pasting into a case system. A script adds copy buttons; without it the text can be selected. */
export function CopyPage({ page, id, reference, fields, all, handOffs }: CopyPageProps) {
  return (
    <Layout page={page} title="Copy the record">
      <DeskNav page={page} />
      <h1 class="fd-title">Copy {reference}</h1>
      <p>
        <a class="govuk-link" href={paths.deskRecord(id)}>
          Back to the consultation
        </a>
      </p>
      <ul class="fd-tabs fd-no-print" aria-label="The whole record as a file">
        {RECORD_FORMATS.map((format) => (
          <li>
            <a class="govuk-link" href={paths.deskDownload(id, format)} download>
              {getFormat(format).title}
            </a>
          </li>
        ))}
      </ul>
      <p class="fd-hint">What nothing is written down for is left out. Nothing is sent anywhere by copying it.</p>
      <p role="status" id="copied" class="govuk-visually-hidden" />
      {fields.map(({ name, value, written }, index) => (
        <section class="fd-copy-field" aria-labelledby={`copy-${index}`}>
          <h2 class="govuk-heading-s" id={`copy-${index}`}>
            {name}
          </h2>
          <pre class="fd-copy-field__text" id={`copy-${index}-text`}>
            {value}
          </pre>
          {written !== '' && <p class="fd-hint fd-lines">{written}</p>}
          <CopyButton text={value} what={name} large />
        </section>
      ))}
      <section class="fd-copy-field" aria-labelledby="copy-all">
        <h2 class="govuk-heading-s" id="copy-all">
          All of it
        </h2>
        <label class="govuk-visually-hidden" for="copy-all-text">
          All fields, to select
        </label>
        <textarea class="govuk-textarea" id="copy-all-text" rows={12} readonly>
          {all}
        </textarea>
        <CopyButton text={all} what="all of it" large />
      </section>
      <HandOffLinks id={id} handOffs={handOffs} />
    </Layout>
  );
}
