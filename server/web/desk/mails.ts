/** Mails to the desk that are waiting or have failed: the list, and trying one again. */
import { type Context, Hono } from 'hono';
import { DeskMailsPage } from '../../../views/desk/mails.tsx';
import { renderPage } from '../../../views/kit/render.ts';
import { paths } from '../../base/paths.ts';
import { allow, mayDo, personOf } from '../kit/allow.ts';
import { fieldsOf, readForm } from '../kit/form.ts';
import type { Env, Services } from '../kit/services.ts';
import { leadToDone } from './done.ts';
import { pageOfArea } from './queue.ts';

export function deskMails(services: Services): Hono<Env> {
  const app = new Hono<Env>();
  app.get(paths.deskMails(), ...allow('notifications.see'), (c) => showMails(services, c));
  app.post(paths.deskMails(), ...allow('notifications.retry', { form: paths.deskMails() }), async (c) => {
    const { mail = '' } = fieldsOf(await readForm(c));
    // If the mail was sent in the meantime, it is no longer in the list that is shown next.
    await services.store.mails.tryAgain(personOf(c).area, Number(mail) || 0);
    return leadToDone(c, paths.deskMails(), 'mails');
  });
  return app;
}

async function showMails(services: Services, c: Context<Env>) {
  const { area } = personOf(c);
  const mails = await services.store.mails.openOf(area);
  const isOn = services.hasMail?.(area) ?? false;
  const mayRetry = mayDo(c, 'notifications.retry', { area });
  return c.html(renderPage(DeskMailsPage({ page: pageOfArea(services, c), mails, isOn, mayRetry })));
}
