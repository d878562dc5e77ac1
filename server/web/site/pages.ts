/** Pages that always show, whatever the database does: numbers, and how this service works. */
import { Hono } from 'hono';
import { renderPage } from '../../../views/kit/render.ts';
import { ContactsPage } from '../../../views/site/contacts.tsx';
import { AboutPage, AccessibilityPage, PrivacyPage } from '../../../views/site/information.tsx';
import { paths } from '../../base/paths.ts';
import { showContact } from '../../consultation/result.ts';
import { type Env, type Parts, today } from '../kit/app-context.ts';

export function pages(parts: Parts): Hono<Env> {
  const app = new Hono<Env>();
  app.get(paths.contacts(), (c) =>
    c.html(renderPage(ContactsPage({ around: c.get('around'), areas: contactsByArea(parts) }))),
  );
  app.get(paths.privacy(), (c) => c.html(renderPage(PrivacyPage({ around: c.get('around') }))));
  app.get(paths.accessibility(), (c) => c.html(renderPage(AccessibilityPage({ around: c.get('around') }))));
  app.get(paths.about(), (c) => c.html(renderPage(AboutPage({ around: c.get('around') }))));
  return app;
}

/** Every contact that some flow of the area names, once. */
function contactsByArea(parts: Parts) {
  return [...parts.library.areas.values()].map(({ facts, flows }) => {
    const contacts = new Map(
      [...flows.values()].flatMap((flow) =>
        Object.keys(flow.contacts).map((id) => [id, showContact(flow, id, today(parts))] as const),
      ),
    );
    return { id: facts.id, name: facts.name, contacts: [...contacts.values()] };
  });
}
