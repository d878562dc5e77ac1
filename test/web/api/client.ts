/** A case system that calls the interface of the real app over HTTP, as the OpenAPI description says. */
import { randomUUID } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';
import { onTestFinished } from 'vitest';
import { paths } from '../../../server/base/paths.ts';
import { type ClientRight, hashClientToken, makeClientToken } from '../../../server/people/client.ts';
import { beginConsultation } from '../begin-consultation.ts';
import { type DeskAppOptions, openDeskApp } from '../people/desk-app.ts';

export type Api = Awaited<ReturnType<typeof openApi>>;
export type Called = Awaited<ReturnType<ReturnType<Api['useToken']>>>;

const WHO = { id: 'x', name: 'An administrator', role: 'administrator' };

export async function openApi(options: DeskAppOptions = {}) {
  const desk = await openDeskApp(options);
  const server = createAdaptorServer({ fetch: desk.app.fetch });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => new Promise<void>((resolve) => void server.close(() => resolve())));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  /** Makes calls with this token. `path` begins with a slash. */
  const useToken = (token: string) =>
    async function call(method: string, path: string, more: { body?: unknown; headers?: Record<string, string> } = {}) {
      const response = await fetch(origin + path, {
        method,
        headers: {
          ...(token !== '' && { Authorization: `Bearer ${token}` }),
          ...(more.body !== undefined && { 'Content-Type': 'application/json' }),
          ...(method !== 'GET' && { 'Idempotency-Key': randomUUID() }),
          ...more.headers,
        },
        ...(more.body !== undefined && { body: typeof more.body === 'string' ? more.body : JSON.stringify(more.body) }),
      });
      const text = await response.text();
      // biome-ignore lint/suspicious/noExplicitAny: what it says is what is tested.
      const body = text === '' ? undefined : (JSON.parse(text) as any);
      return { status: response.status, headers: response.headers, etag: response.headers.get('ETag') ?? '', body };
    };

  async function makeClient(rights: ClientRight[], area = 'bury', days = 90) {
    const token = makeClientToken(desk.services.random);
    const expiresAt = new Date(desk.clock().getTime() + days * 86_400_000).toISOString();
    const tokenHash = hashClientToken(token) ?? '';
    const made = { name: `Cases of ${area}`, area, rights, tokenHash, expiresAt };
    const id = await desk.store.clients.make(made, WHO);
    return { id, token, call: useToken(token) };
  }

  /** A professional asks the desk. */
  async function ask(question = 'Is this one for you?', area = 'bury') {
    const browser = desk.openBrowser();
    const flow =
      desk.services.library.areas.get(area)?.doors.find(({ reader }) => reader === 'professional')?.flow ?? '';
    const { id, at } = await beginConsultation(browser, { area, flow });
    await browser.post(paths.handovers(id), { question, reach: '0161 496 0001' }, at);
    const reference = (await desk.store.consultations.find(id))?.reference ?? '';
    return { id, reference, path: paths.apiConsultation(reference.replaceAll(' ', '')) };
  }

  return { ...desk, origin, useToken, makeClient, ask };
}
