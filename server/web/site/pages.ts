/** Pages that always show, whatever the database does: numbers, and how this service works. */
import { Hono } from 'hono';
import { renderPage } from '../../../views/kit/render.ts';
import { ContactsPage } from '../../../views/site/contacts.tsx';
import { AboutPage, AccessibilityPage, PrivacyPage } from '../../../views/site/information.tsx';
import { paths } from '../../base/paths.ts';
import { showContact } from '../../consultation/result.ts';
import { type Env, type Services, today } from '../kit/services.ts';

export function pages(services: Services): Hono<Env> {
  const app = new Hono<Env>();
  app.get(paths.contacts(), (c) =>
    c.html(renderPage(ContactsPage({ page: c.get('page'), areas: contactsByArea(services) }))),
  );
  app.get(paths.privacy(), (c) => c.html(renderPage(PrivacyPage({ page: c.get('page') }))));
  app.get(paths.accessibility(), (c) => c.html(renderPage(AccessibilityPage({ page: c.get('page') }))));
  app.get(paths.about(), (c) => c.html(renderPage(AboutPage({ page: c.get('page') }))));
  return app;
}

/** Every contact that some flow of the area names, once. */
function contactsByArea(services: Services) {
  return [...services.library.areas.values()].map(({ facts, flows }) => {
    const contacts = new Map(
      [...flows.values()].flatMap((flow) =>
        Object.keys(flow.contacts).map((id) => [id, showContact(flow, id, today(services))] as const),
      ),
    );
    return { id: facts.id, name: facts.name, contacts: [...contacts.values()] };
  });
}
