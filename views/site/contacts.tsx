import type { ShownContact } from '../../server/consultation/result.ts';
import { CheckedTag, ContactDetails, HowToReach } from '../kit/contact.tsx';
import { Details } from '../kit/details.tsx';
import { countOf, Fold } from '../kit/fold.tsx';
import { Layout } from '../kit/layout.tsx';
import type { PageContext } from '../kit/page-context.ts';
import { Section } from '../kit/section.tsx';

export interface ContactsPageProps {
  page: PageContext;
  /** Groups in the order of need. */
  groups: { id: string; title: string; contacts: ShownContact[]; inSight: number }[];
}

export function ContactsPage({ page, groups }: ContactsPageProps) {
  const names = groups.flatMap(({ contacts }) => contacts.map(({ name }) => name));
  /** A contact that two councils share is listed under each of them. */
  const callIn = (title: string, { name }: ShownContact) =>
    names.indexOf(name) === names.lastIndexOf(name) ? name : `${name}, ${title}`;
  return (
    <Layout page={page} title="Contacts">
      <h1 class="fd-title">Contacts</h1>
      <ul class="fd-jump">
        {groups.map(({ id, title }) => (
          <li>
            <a class="govuk-link" href={`#${id}`}>
              {title}
            </a>
          </li>
        ))}
      </ul>
      {groups.map(({ id, title, contacts, inSight }) => (
        <Section id={id} title={title}>
          {contacts.slice(0, inSight).map((contact) => (
            <Line contact={contact} called={callIn(title, contact)} />
          ))}
          {contacts.length > inSight && (
            <Fold
              id={`${id}-more`}
              title={inSight === 0 ? 'All of them' : `More in ${title}`}
              holds={countOf(contacts.length - inSight, 'contact')}
            >
              {contacts.slice(inSight).map((contact) => (
                <Line contact={contact} called={callIn(title, contact)} />
              ))}
            </Fold>
          )}
        </Section>
      ))}
      <p class="fd-lead">
        “Not checked” means that nobody has rung the number to confirm it since it was published. If a number does not
        answer and you are worried about a child, call 101. In danger, call 999.
      </p>
    </Layout>
  );
}

/** Name, numbers and what it is for. Its source, and how to report that it is wrong, are one tap away. */
function Line({ contact, called }: { contact: ShownContact; called: string }) {
  const { phones } = contact;
  return (
    <div class="fd-contact">
      <HowToReach contact={contact} />
      <Details
        quiet
        summary={
          <>
            Source, hours, and more<span class="govuk-visually-hidden"> about {called}</span>
          </>
        }
      >
        {phones.length > 0 && <CheckedTag contact={contact} />}
        <ContactDetails contact={contact} called={called} />
      </Details>
    </div>
  );
}
