/** The doors for the public and for children in another language. The choice is kept with the conversation. */
import { type Context, Hono, type MiddlewareHandler } from 'hono';
import { inLanguage } from '../../../views/kit/in-language.ts';
import { ANYBODY } from '../../../views/kit/language-choice.tsx';
import { paths } from '../../base/paths.ts';
import type { Language } from '../../flow/translation/language.ts';
import { readForm } from '../kit/form.ts';
import type { Env, Services } from '../kit/services.ts';

export function languages(services: Services): Hono<Env> {
  const app = new Hono<Env>();
  app.use(`${paths.talk()}/*`, inChosenLanguage(services));
  app.post(paths.talkLanguage(), async (c) => {
    const form = await readForm(c);
    const chosen = services.library.languages?.find(({ id }) => id === form.get('language'));
    services.conversations.speak(c, chosen?.id);
    const reader = form.get('for');
    const isReader = reader === 'public' || reader === 'child' || (reader === ANYBODY && chosen !== undefined);
    return c.redirect(isReader ? paths.talkFor(reader) : paths.talk(), 303);
  });
  return app;
}

/** Pages are made in English and then translated as a whole, including their errors. */
function inChosenLanguage(services: Services): MiddlewareHandler<Env> {
  return async (c, next) => {
    const language = chosenLanguage(services, c);
    if (language === undefined) return next();
    c.set('page', { ...c.get('page'), language });
    await next();
    if (!c.res.headers.get('Content-Type')?.startsWith('text/html')) return;
    const { status, headers } = c.res;
    c.res = new Response(inLanguage(await c.res.text(), language), { status, headers });
  };
}

function chosenLanguage({ library, conversations }: Services, c: Context<Env>): Language | undefined {
  const id = conversations.languageOf(c);
  return id === undefined ? undefined : library.languages?.find((language) => language.id === id);
}
