/**
 * A server behind a network that can answer in its place: with a proxy's error, a guest Wi-Fi's page, or nothing at
 * all.
 */
import type { IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { serve } from '@hono/node-server';
import { onTestFinished } from 'vitest';
import { type DeskAppOptions, openDeskApp } from '../web/people/desk-app.ts';

interface Foreign {
  /** Undefined cuts the connection. */
  answer?: () => Response;
  /** A part of what the page has to say. */
  said: RegExp;
}

const html = (status: number) => ({
  answer: () =>
    new Response('<!doctype html><title>Strange</title><h1>Not ours at all</h1>', {
      status,
      headers: { 'Content-Type': 'text/html' },
    }),
});
const WIFI = /guest Wi-Fi/;

export const FOREIGN: Readonly<Record<string, Foreign>> = {
  'a proxy’s 502': { ...html(502), said: /cannot be reached/ },
  'a proxy’s 413': { ...html(413), said: /more text than the network lets through/ },
  'a firewall’s 403': { ...html(403), said: WIFI },
  'a proxy’s 429': { ...html(429), said: /too many at once/ },
  'a captive page with 200': { ...html(200), said: WIFI },
  JSON: { answer: () => Response.json({ error: 1 }), said: WIFI },
  'an empty 200': { answer: () => new Response(''), said: WIFI },
  'nothing at all': { said: /There is no connection/ },
  'a redirect elsewhere': {
    answer: () => Response.redirect('http://sign-in.wifi.example/', 302),
    said: /wants you to sign in first/,
  },
  'headers for htmx': {
    answer: () => new Response('<p>Strange', { headers: { 'HX-Redirect': '/elsewhere', 'HX-Refresh': 'true' } }),
    said: WIFI,
  },
};

/** `network.foreign`: while it is set, it answers instead of the server. The browser already has scripts and styles. */
export async function openBehindNetwork(options: DeskAppOptions = {}) {
  const world = await openDeskApp(options);
  const network: { foreign?: Foreign | undefined } = {};
  const fetch = (request: Request, { incoming }: { incoming: IncomingMessage }) => {
    const { foreign } = network;
    if (foreign === undefined || new URL(request.url).pathname.startsWith('/static/'))
      return world.app.fetch(request, { incoming });
    if (foreign.answer !== undefined) return foreign.answer();
    incoming.socket.destroy();
    return new Response();
  };
  const server = serve({ fetch: fetch as never, port: 0, hostname: '127.0.0.1' });
  await new Promise((listening) => server.once('listening', listening));
  onTestFinished(() => void server.close());
  return { world, network, origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}
