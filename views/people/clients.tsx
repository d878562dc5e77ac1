/** Case systems that use the interface, for the administrator of an area. */

import { describeInstant } from '../../server/base/days.ts';
import { paths } from '../../server/base/paths.ts';
import { capitalise } from '../../server/base/text.ts';
import type { Field } from '../../server/consultation/form-field.ts';
import { CLIENT_RIGHTS, type Client, type ClientRight } from '../../server/people/client.ts';
import type { Delivery } from '../../server/store/deliveries.ts';
import { CopyButton } from '../kit/copy-button.tsx';
import { ErrorSummary } from '../kit/error-summary.tsx';
import { FormField, fieldId } from '../kit/field.tsx';
import { Layout } from '../kit/layout.tsx';
import type { PageContext } from '../kit/page-context.ts';
import { Section } from '../kit/section.tsx';
import { TableHead } from '../kit/table-head.tsx';

type Errors = Record<string, string>;

const RIGHT_WORDS: Record<ClientRight, string> = {
  read: 'Read consultations and their records',
  report: 'Report case numbers and decisions',
  open: 'Open a consultation with what is known',
};

/** How long a token can be valid. */
export const LIFETIMES = [
  ['90', '3 months'],
  ['180', '6 months'],
  ['365', 'A year'],
] as const;

const NAME: Field = { name: 'name', label: 'Name of the case system', kind: 'line' };
const DAYS: Field = { name: 'days', label: 'The token expires after', kind: 'choice', choices: LIFETIMES };
const URL_FIELD: Field = {
  name: 'url',
  label: 'Address that is told when something happens',
  hint: 'It begins with https://. It is told the reference, and nothing of a child. Leave it empty to tell nobody',
  kind: 'line',
};

function describeState({ revokedAt, expiresAt }: Client, now: string): string {
  if (revokedAt !== null) return `revoked on ${describeInstant(revokedAt)}`;
  return expiresAt <= now ? `expired on ${describeInstant(expiresAt)}` : `active until ${describeInstant(expiresAt)}`;
}

function summarise(form: string, errors: Errors) {
  return Object.entries(errors).map(([name, message]) => ({ field: fieldId(form, name), message }));
}

export interface ClientsPageProps {
  page: PageContext;
  areaName: string;
  clients: Client[];
  /** The instant at which the page was made. */
  now: string;
  mayManage: boolean;
  values?: Record<string, string>;
  /** The rights that were ticked. */
  rights?: readonly string[];
  errors?: Errors;
}

export function ClientsPage({
  page,
  areaName,
  clients,
  now,
  mayManage,
  values = {},
  rights = ['read'],
  errors = {},
}: ClientsPageProps) {
  const failed = summarise('client', errors);
  return (
    <Layout page={page} title="Case systems" error={failed.length > 0}>
      {failed.length > 0 && <ErrorSummary errors={failed} />}
      <a class="govuk-link fd-back" href={paths.people()}>
        All people
      </a>
      <h1 class="fd-title">Case systems of {areaName}</h1>
      <p>
        A case system can take over consultations without anybody retyping them. Each of its calls stands in the access
        log, as a person’s does. What it can call is{' '}
        <a class="govuk-link" href={paths.openApi()}>
          described here, as OpenAPI
        </a>
        .
      </p>
      {clients.length === 0 ? (
        <p>There is none yet.</p>
      ) : (
        <ul class="govuk-list">
          {clients.map((client) => (
            <li>
              <a class="govuk-link" href={paths.client(client.id)}>
                {client.name}
              </a>
              : {describeState(client, now)}
            </li>
          ))}
        </ul>
      )}
      {mayManage && <NewClient token={page.token} values={values} rights={rights} errors={errors} />}
    </Layout>
  );
}

interface NewClientProps extends Required<Pick<ClientsPageProps, 'values' | 'rights' | 'errors'>> {
  token: string;
}

function NewClient({ token, values, rights, errors }: NewClientProps) {
  return (
    <Section id="client" title="Add a case system">
      <form method="post" action={paths.clients()} novalidate>
        <input type="hidden" name="token" value={token} />
        <FormField field={NAME} form="client" value={values.name} error={errors.name} />
        <RightsField rights={rights} error={errors.rights} />
        <FormField field={DAYS} form="client" value={values.days} error={errors.days} />
        <button type="submit" class="govuk-button">
          Make a token
        </button>
      </form>
    </Section>
  );
}

function RightsField({ rights, error }: { rights: readonly string[]; error: string | undefined }) {
  const id = fieldId('client', 'rights');
  return (
    <div class={`govuk-form-group${error === undefined ? '' : ' govuk-form-group--error'}`}>
      <fieldset class="govuk-fieldset" aria-describedby={error === undefined ? undefined : `${id}-error`}>
        <legend class="govuk-fieldset__legend">What it may do</legend>
        {error !== undefined && (
          <p class="govuk-error-message" id={`${id}-error`}>
            <span class="govuk-visually-hidden">Error:</span> {error}
          </p>
        )}
        <div class="govuk-checkboxes">
          {CLIENT_RIGHTS.map((right, index) => (
            <div class="govuk-checkboxes__item">
              <input
                class="govuk-checkboxes__input"
                type="checkbox"
                id={index === 0 ? id : `${id}-${right}`}
                name="rights"
                value={right}
                checked={rights.includes(right)}
              />
              <label class="govuk-label govuk-checkboxes__label" for={index === 0 ? id : `${id}-${right}`}>
                {RIGHT_WORDS[right]}
              </label>
            </div>
          ))}
        </div>
      </fieldset>
    </div>
  );
}

/** A secret, shown only once. */
export function SecretPage({
  page,
  client,
  secret,
  what,
}: {
  page: PageContext;
  client: Client;
  secret: string;
  what: string;
}) {
  return (
    <Layout page={page} title="Copy it now">
      <h1 class="fd-title">
        {what} of {client.name}
      </h1>
      <div class="fd-code">
        <p>
          It is shown only once. Put it where the case system keeps its secrets, and nowhere else: not into an email or
          a chat.
        </p>
        <p>
          <strong class="fd-code__code">{secret}</strong> <CopyButton text={secret} what={what.toLowerCase()} />
        </p>
      </div>
      <p>
        <a class="govuk-link" href={paths.client(client.id)}>
          Go on to {client.name}
        </a>
      </p>
    </Layout>
  );
}

export interface ClientPageProps {
  page: PageContext;
  client: Client;
  now: string;
  deliveries: Delivery[];
  mayManage: boolean;
  values?: Record<string, string>;
  errors?: Errors;
}

export function ClientPage({ page, client, now, deliveries, mayManage, values = {}, errors = {} }: ClientPageProps) {
  const failed = summarise('webhook', errors);
  const mayChange = mayManage && client.revokedAt === null;
  return (
    <Layout page={page} title="A case system" error={failed.length > 0}>
      {failed.length > 0 && <ErrorSummary errors={failed} />}
      <a class="govuk-link fd-back" href={paths.clients()}>
        All case systems
      </a>
      <h1 class="fd-title">{client.name}</h1>
      <p>
        {capitalise(describeState(client, now))}. It may:{' '}
        {client.rights.map((right) => RIGHT_WORDS[right].toLowerCase()).join('; ')}.
      </p>
      {mayChange && <RevokeForm token={page.token} id={client.id} />}
      {mayChange && (
        <Section id="webhook" title="Telling it what happens">
          <form method="post" action={paths.clientAction(client.id, 'webhook')} novalidate>
            <input type="hidden" name="token" value={page.token} />
            <FormField
              field={URL_FIELD}
              form="webhook"
              value={values.url ?? client.webhookUrl ?? ''}
              error={errors.url}
            />
            <button type="submit" class="govuk-button">
              Save the address and make a new secret
            </button>
          </form>
        </Section>
      )}
      <DeliveryList token={page.token} client={client} deliveries={deliveries} mayManage={mayManage} />
    </Layout>
  );
}

function RevokeForm({ token, id }: { token: string; id: string }) {
  return (
    <Section id="revoke" title="Revoke the token">
      <p>It stops at once, and cannot be given back: a new token needs a new case system here.</p>
      <form method="post" action={paths.clientAction(id, 'revocations')} novalidate>
        <input type="hidden" name="token" value={token} />
        <button type="submit" class="govuk-button govuk-button--warning">
          Revoke it now
        </button>
      </form>
    </Section>
  );
}

const STATE_WORDS: Record<string, string> = {
  waiting: 'waits',
  sending: 'being sent',
  sent: 'sent',
  failed: 'given up',
  needless: 'not needed any more',
};

interface DeliveryListProps extends Pick<ClientPageProps, 'client' | 'deliveries' | 'mayManage'> {
  token: string;
}

function DeliveryList({ token, client, deliveries, mayManage }: DeliveryListProps) {
  if (deliveries.length === 0) return null;
  return (
    <Section id="deliveries" title="What it was told">
      <section class="fd-table-scroll" tabindex={0} aria-label="What it was told. The table can be scrolled.">
        <table class="fd-table">
          <caption class="govuk-visually-hidden">The newest first</caption>
          <TableHead headings={['When', 'Reference', 'What', 'State', ...(mayManage ? ['Again'] : [])]} />
          <tbody>
            {deliveries.map(({ number, made_at, reference, event, state, tries, problem }) => (
              <tr>
                <td>{describeInstant(made_at)}</td>
                <td>{reference}</td>
                <td>{event}</td>
                <td>
                  {STATE_WORDS[state] ?? state}
                  {problem === '' ? '' : `; ${problem}; tried ${tries === 1 ? 'once' : `${tries} times`}`}
                </td>
                {mayManage && (
                  <td>
                    <form method="post" action={paths.clientAction(client.id, 'replays')} novalidate>
                      <input type="hidden" name="token" value={token} />
                      <input type="hidden" name="number" value={String(number)} />
                      <button type="submit" class="govuk-button govuk-button--secondary">
                        Send again
                        <span class="govuk-visually-hidden">
                          : {reference}, {event}
                        </span>
                      </button>
                    </form>
                  </td>
                )}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </Section>
  );
}
