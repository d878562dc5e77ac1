/** Pages that work even if the database does not: numbers, and how this service works. */
import { Hono } from 'hono';
import { renderPage } from '../../../views/kit/render.ts';
import { ContactsPage } from '../../../views/site/contacts.tsx';
import { AboutPage, AccessibilityPage, PrivacyPage } from '../../../views/site/information.tsx';
import { paths } from '../../base/paths.ts';
import { type Env, type Services, today } from '../kit/services.ts';
import { groupContacts } from './contact-groups.ts';

export function pages(services: Services): Hono<Env> {
  const app = new Hono<Env>();
  app.get(paths.contacts(), (c) => {
    const groups = groupContacts(services.library, today(services));
    return c.html(renderPage(ContactsPage({ page: c.get('page'), groups })));
  });
  app.get(paths.privacy(), (c) => c.html(renderPage(PrivacyPage({ page: c.get('page') }))));
  app.get(paths.accessibility(), (c) => {
    const { languages = [] } = services.library;
    return c.html(renderPage(AccessibilityPage({ page: c.get('page'), languages })));
  });
  app.get(paths.about(), (c) => c.html(renderPage(AboutPage({ page: c.get('page') }))));
  return app;
}
