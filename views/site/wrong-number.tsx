import { paths } from '../../server/base/paths.ts';
import { type ShownContact, waysOf } from '../../server/consultation/result.ts';
import { Choice } from '../kit/choice.tsx';
import { ErrorMessage, ErrorSummary } from '../kit/error-summary.tsx';
import { Layout } from '../kit/layout.tsx';
import type { PageContext } from '../kit/page-context.ts';
import { PhoneLink } from '../kit/phone.tsx';

/** What can be wrong. Readers cannot write words of their own here, so nothing about a child can be written. */
export const WRONG = [
  { id: 'somebody_else', text: 'Somebody else answers' },
  { id: 'does_not_exist', text: 'It does not exist, or the page is gone' },
  { id: 'nobody_answers', text: 'Nobody ever answers' },
  { id: 'has_changed', text: 'They told me that it has changed' },
] as const;

export interface WrongNumberPageProps {
  page: PageContext;
  contact: ShownContact;
  given?: { way?: string | undefined; wrong?: string | undefined };
  errors?: { way?: string; wrong?: string };
}

export function WrongNumberPage({ page, contact, given = {}, errors = {} }: WrongNumberPageProps) {
  const summary = (['way', 'wrong'] as const).flatMap((field) => {
    const message = errors[field];
    return message === undefined ? [] : [{ field, message }];
  });
  const ways = waysOf(contact);
  return (
    <Layout page={page} title="This number is wrong" error={summary.length > 0}>
      {summary.length > 0 && <ErrorSummary errors={summary} />}
      <h1 class="fd-title">This number is wrong</h1>
      <p>
        If a child is in danger now, do not wait for this: <PhoneLink number="999" words="call 999" />. If you cannot
        reach anybody, ring the NSPCC on <PhoneLink number="0808 800 5000" />.
      </p>
      <p>You do not say who you are. Nothing about you is kept.</p>
      <form method="post" action={paths.wrongNumber()} novalidate>
        <input type="hidden" name="token" value={page.token} />
        <input type="hidden" name="area" value={contact.area} />
        <input type="hidden" name="contact" value={contact.id} />
        <input type="hidden" name="draft" value={`${paths.wrongNumber()}#${contact.area}-${contact.id}`} />
        {ways.length > 1 && (
          <Radios
            name="way"
            legend={`${contact.name}: which one is wrong?`}
            options={ways.map((way) => ({ id: way, text: way }))}
            given={given.way}
            error={errors.way}
          />
        )}
        <Radios
          name="wrong"
          legend={ways.length > 1 ? 'What is wrong?' : `${contact.name}, ${ways[0]}: what is wrong?`}
          options={WRONG}
          given={given.wrong}
          error={errors.wrong}
        />
        <button type="submit" class="govuk-button">
          Tell the safeguarding lead
        </button>
      </form>
    </Layout>
  );
}

interface RadiosProps {
  name: string;
  legend: string;
  options: readonly { id: string; text: string }[];
  given: string | undefined;
  error: string | undefined;
}

function Radios({ name, legend, options, given, error }: RadiosProps) {
  return (
    <div class={error === undefined ? 'govuk-form-group' : 'govuk-form-group govuk-form-group--error'}>
      <fieldset class="govuk-fieldset" aria-describedby={error === undefined ? undefined : `${name}-error`}>
        <legend class="govuk-fieldset__legend govuk-fieldset__legend--m">{legend}</legend>
        {error !== undefined && <ErrorMessage id={`${name}-error`} message={error} />}
        <div class="govuk-radios" data-module="govuk-radios">
          {options.map(({ id, text }, index) => (
            <Choice
              kind="radios"
              id={index === 0 ? name : `${name}-${index + 1}`}
              name={name}
              value={id}
              text={text}
              checked={given === id}
            />
          ))}
        </div>
      </fieldset>
    </div>
  );
}

export function WrongNumberToldPage({ page }: { page: PageContext }) {
  return (
    <Layout page={page} title="Thank you">
      <h1 class="fd-title">Thank you</h1>
      <p>
        The safeguarding lead will see that this number is wrong. This is no report about a child, and nobody rings you.
      </p>
      <p>
        If you are worried about a child now, ring the NSPCC on <PhoneLink number="0808 800 5000" />, or{' '}
        <PhoneLink number="999" /> in danger. <a href={paths.contacts()}>All contacts</a>
      </p>
    </Layout>
  );
}
