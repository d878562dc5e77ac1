import { paths } from '../../server/base/paths.ts';
import { Layout } from '../kit/layout.tsx';
import type { AreaLine, PageContext } from '../kit/page-context.ts';
import { PhoneLink } from '../kit/phone.tsx';
import { Section } from '../kit/section.tsx';
import { type WrittenLine, WrittenLines } from '../kit/written-fields.tsx';
import { PROBLEMS, type ProblemKind } from './problems.ts';

export interface ProblemPageProps {
  page: PageContext;
  kind: ProblemKind;
  /** Front doors to list if we do not know where the child lives. */
  areas?: AreaLine[];
  /** Reference to quote on the telephone, if the fault is ours. */
  reference?: string;
  /** Link to continue, if there is a better place than the start. */
  goOn?: { href: string; words: string };
  /** Replaces the text of the kind. */
  happened?: string;
  /** What was typed and is not saved, with the labels of its form. */
  written?: readonly WrittenLine[];
}

/** An error page: what happened and what to do next, with 999 and the front door. */
export function ProblemPage({ page, kind, areas = [], reference, goOn, happened, written }: ProblemPageProps) {
  const { title, happened: usual, next } = PROBLEMS[kind];
  const { area } = page;
  return (
    <Layout page={page} title={title}>
      <h1 class="fd-title" tabindex={-1} data-problem>
        {title}
      </h1>
      <p>{happened ?? usual}</p>
      <p>
        <strong>{next}</strong>
      </p>
      {written !== undefined && (
        <Section id="written" title="What you wrote, and what was not saved">
          <p>Copy it before you leave this page. It is kept nowhere else.</p>
          <WrittenLines lines={written} />
        </Section>
      )}
      {reference !== undefined && <p>If you tell us about it, quote {reference}.</p>}
      <ul class="fd-list">
        {goOn !== undefined && (
          <li>
            <a class="govuk-link" href={goOn.href}>
              {goOn.words}
            </a>
          </li>
        )}
        <li>
          In danger now: <PhoneLink number="999" />
        </li>
        {(area === undefined ? areas : [area]).map((line) => (
          <FrontDoor line={line} />
        ))}
        <li>
          <a class="govuk-link" href={paths.contacts()}>
            All contacts
          </a>
        </li>
        <li>
          <a class="govuk-link" href={paths.start()}>
            Go to the start
          </a>
        </li>
      </ul>
    </Layout>
  );
}

function FrontDoor({ line: { id, name, frontDoorName, phones } }: { line: AreaLine }) {
  if (phones.length === 0)
    return (
      <li translate="no">
        {name}:{' '}
        <a class="govuk-link" href={paths.contactsOf(id)}>
          {frontDoorName}
        </a>
      </li>
    );
  return (
    <li translate="no">
      {name}: {frontDoorName}{' '}
      {phones.map((number, index) => (
        <>
          {index > 0 && ' or '}
          <PhoneLink number={number} />
        </>
      ))}
    </li>
  );
}
