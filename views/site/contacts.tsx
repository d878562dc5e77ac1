import type { ShownContact } from '../../server/consultation/result.ts';
import { ContactCard } from '../kit/contact.tsx';
import { Layout } from '../kit/layout.tsx';
import type { PageContext } from '../kit/page-context.ts';
import { Section } from '../kit/section.tsx';

export interface ContactsPageProps {
  page: PageContext;
  areas: { id: string; name: string; contacts: ShownContact[] }[];
}

export function ContactsPage({ page, areas }: ContactsPageProps) {
  return (
    <Layout page={page} title="Contacts">
      <h1 class="fd-title">Contacts</h1>
      <p class="fd-lead">
        Beside each number you see where it comes from and whether anybody has checked it. If a number does not answer
        and you are worried about a child, call 101. In danger, call 999.
      </p>
      <ul class="fd-jump">
        {areas.map(({ id, name }) => (
          <li>
            <a class="govuk-link" href={`#${id}`}>
              {name}
            </a>
          </li>
        ))}
      </ul>
      {areas.map(({ id, name, contacts }) => (
        <Section id={id} title={name}>
          {contacts.map((contact) => (
            <ContactCard contact={contact} />
          ))}
        </Section>
      ))}
    </Layout>
  );
}
