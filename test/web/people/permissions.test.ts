/**
 * A route without a permission keeps the server from starting. `every-route.test.ts` tries what each role may do on
 * each route.
 */
import { Hono } from 'hono';
import { describe, expect, it } from 'vitest';
import { allow, checkRoutes } from '../../../server/web/kit/allow.ts';
import type { Env } from '../../../server/web/kit/services.ts';

describe('the start', () => {
  it('stops at a route without an entry, and names it', () => {
    const app = new Hono<Env>();
    app.get('/desk/figures', ...allow('figures.see'), (c) => c.text('ok'));
    expect(() => checkRoutes(app)).not.toThrow();
    app.post('/desk/:id/secrets', (c) => c.text('open to all'));
    expect(() => checkRoutes(app)).toThrow(/POST \/desk\/:id\/secrets/);
  });

  it('is not misled by a middleware before the route', () => {
    const app = new Hono<Env>();
    app.use('/desk/*', ...allow('queue.see'));
    app.get('/desk/secrets', (c) => c.text('open to all'));
    expect(() => checkRoutes(app)).toThrow(/GET \/desk\/secrets/);
  });
});
