import { describeDay } from '../../server/base/days.ts';
import { NUMBERS_CACHE, paths } from '../../server/base/paths.ts';
import type { ShownContact } from '../../server/consultation/result.ts';
import { CheckedTag } from '../kit/contact.tsx';
import { Layout } from '../kit/layout.tsx';
import type { PageContext } from '../kit/page-context.ts';
import { PhoneLink } from '../kit/phone.tsx';
import { Section } from '../kit/section.tsx';

export interface NumbersPageProps {
  page: PageContext;
  /** The day on which the page was made. */
  day: string;
  groups: { title: string; contacts: ShownContact[] }[];
}

/**
 * A few numbers in large print. Keeping them is offered only to people who work with children, because it leaves a
 * trace on the device.
 */
export function NumbersPage({ page, day, groups }: NumbersPageProps) {
  const isOffered = page.leaving !== true;
  return (
    <Layout page={page} title="Numbers" numbers={isOffered}>
      <h1 class="fd-title">Numbers</h1>
      <p class="fd-lead">As of {describeDay(day)}. This page is no referral, and it tells nobody.</p>
      {groups.map(({ title, contacts }, index) => (
        <Section id={`numbers-${index}`} title={title}>
          {contacts.map((contact) => (
            <div class="fd-contact">
              <h3 class="fd-contact__name">{contact.name}</h3>
              {contact.phones.map(({ number, label }) => (
                <p class="fd-contact__number">
                  <PhoneLink number={number} />
                  {label !== undefined && <span>{label}</span>}
                  <CheckedTag contact={contact} />
                </p>
              ))}
              {contact.phones.length === 0 && <p>{contact.note ?? 'No number is known here.'}</p>}
            </div>
          ))}
        </Section>
      ))}
      {isOffered && <Keep />}
    </Layout>
  );
}

/** Hidden until a script shows it, because keeping them needs a script. */
function Keep() {
  return (
    <section
      class="fd-no-print"
      aria-label="On this device"
      data-worker={paths.numbersWorker()}
      data-scope={paths.numbers()}
      data-cache={NUMBERS_CACHE}
      hidden
    >
      <h2 class="govuk-heading-m">For when there is no network</h2>
      <p>
        For professionals, on a device of their own. It leaves a trace: anybody who uses this device can see that the
        numbers are on it. Only this page is kept, and nothing about you or a child.
      </p>
      <button type="button" class="govuk-button">
        Keep the numbers on this device
      </button>
      <button type="button" class="govuk-button govuk-button--secondary" hidden>
        Remove the numbers from this device
      </button>
      <p role="status" />
    </section>
  );
}
