/** Mails to the desk that are not sent yet, or failed: seen, and tried again. */
import { type Context, Hono } from 'hono';
import { DeskMailsPage } from '../../../views/desk/mails.tsx';
import { renderPage } from '../../../views/kit/render.ts';
import { paths } from '../../base/paths.ts';
import { allow, personOf } from '../kit/allow.ts';
import { fieldsOf, readForm } from '../kit/form.ts';
import type { Env, Services } from '../kit/services.ts';
import { aroundArea } from './queue.ts';

export function deskMails(services: Services): Hono<Env> {
  const app = new Hono<Env>();
  app.get(paths.deskMails(), ...allow('notifications.see'), (c) => show(services, c));
  app.post(paths.deskMails(), ...allow('notifications.see', { form: paths.deskMails() }), async (c) => {
    const { mail = '' } = fieldsOf(await readForm(c));
    // One that was sent meanwhile is not there any more: the page shows what is.
    await services.store.mails.tryAgain(personOf(c).area, Number(mail) || 0);
    return c.redirect(paths.deskMails(), 303);
  });
  return app;
}

async function show(services: Services, c: Context<Env>) {
  const { area } = personOf(c);
  const mails = await services.store.mails.openOf(area);
  const isOn = services.hasMail?.(area) ?? false;
  return c.html(renderPage(DeskMailsPage({ page: aroundArea(services, c), mails, isOn })));
}
