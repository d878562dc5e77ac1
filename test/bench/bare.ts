/** The yardstick: a Hono server that does nothing but return 2 KB. */
import { serve } from '@hono/node-server';
import { Hono } from 'hono';

const page = 'x'.repeat(2048);
const app = new Hono().get('/', (c) => c.html(page));
serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }, ({ port }) => console.log(`http://127.0.0.1:${port}`));
