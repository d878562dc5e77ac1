/**
 * Posters with the address of this service as a QR code, in English and in the languages of the doors for the public
 * and children.
 */
import { type Context, Hono } from 'hono';
import { renderPage } from '../../../views/kit/render.ts';
import { PostersPage } from '../../../views/site/posters.tsx';
import { paths } from '../../base/paths.ts';
import { NATIONAL } from '../../flow/national.ts';
import type { Language } from '../../flow/translation/language.ts';
import { WebProblem } from '../kit/problem.ts';
import { type Env, type Services, today } from '../kit/services.ts';
import { originOf } from '../kit/signed-in.ts';
import { groupContacts } from './contact-groups.ts';

const FOR_CHILDREN = ['childline'];

export function posters(services: Services): Hono<Env> {
  const app = new Hono<Env>();
  const languages = () => services.library.languages ?? [];
  const show = (c: Context<Env>, language?: Language) => {
    const groups = groupContacts(services.library, today(services));
    const forChildren = groups.flatMap(({ contacts }) => contacts).filter(({ id }) => FOR_CHILDREN.includes(id));
    const frontDoors = groups.flatMap(({ id, title, contacts: [contact] }) => {
      const isFrontDoor = id !== NATIONAL && services.library.areas.get(id)?.facts.frontDoor === contact?.id;
      return contact !== undefined && isFrontDoor ? [{ area: title, contact }] : [];
    });
    const origin = originOf(services, c);
    return c.html(
      renderPage(
        PostersPage({ page: c.get('page'), origin, forChildren, frontDoors, languages: languages(), language }),
      ),
    );
  };
  app.get(paths.posters(), (c) => show(c));
  app.get(paths.postersIn(':language'), (c) => {
    const language = languages().find(({ id }) => id === c.req.param('language'));
    if (language === undefined) throw new WebProblem('not found');
    return show(c, language);
  });
  return app;
}
