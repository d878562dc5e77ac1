/** A whole journey of a professional in Bury: from the doors of the area to the result. */
import type { Browser, Reply } from './browser.ts';
import { hidden } from './browser.ts';

export interface Journey {
  /** Milliseconds for each answer. */
  steps: number[];
  /** Responses whose sizes are reported. */
  firstStep: string;
  result: string;
  /** Path of the result page. */
  resultAt: string;
  /** Bytes of each kind of answer without its headers; for steps, the average. */
  sizes: Sizes;
  /** Headers that every answer has. */
  headers: Record<string, string>;
}

export interface Sizes {
  doors: number;
  page: number;
  step: number;
  result: number;
}

/** Headers that differ between answers, or are Node's own. */
const OF_ONE_ANSWER = /^(date|connection|keep-alive|content-length|content-type|set-cookie|location|hx-.*)$/;

function lastingHeaders({ headers }: Reply): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) => (OF_ONE_ANSWER.test(name) ? [] : [[name, String(value)]])),
  );
}

export async function journey(browser: Browser): Promise<Journey> {
  const doors = await browser.get('/areas/bury');
  const fields = ['token', 'area', 'flow'].map((name) => [name, hidden(doors.body, name)] as [string, string]);
  const opened = await browser.post('/consultations', fields);
  const first = must(opened, 303).headers.location ?? '';
  const at = first.replace(/\/questions\/.*/, '');
  let page = must(await browser.get(first), 200).body;
  const steps: number[] = [];
  const pageSize = Buffer.byteLength(page);
  const stepSizes: number[] = [];
  let firstStep = '';
  for (;;) {
    const reply = await browser.post(`${at}/answers`, answerOf(page), true);
    steps.push(must(reply, 200).ms);
    const to = reply.headers['hx-redirect'];
    if (typeof to === 'string') {
      const { body: result } = must(await browser.get(to), 200);
      const step = Math.round(stepSizes.reduce((sum, size) => sum + size, 0) / stepSizes.length);
      const sizes = { doors: Buffer.byteLength(doors.body), page: pageSize, step, result: Buffer.byteLength(result) };
      return { steps, firstStep, result, resultAt: to, sizes, headers: lastingHeaders(doors) };
    }
    page = reply.body;
    stepSizes.push(Buffer.byteLength(page));
    firstStep ||= page;
  }
}

function must(reply: Reply, status: number): Reply {
  if (reply.status !== status) throw new Error(`expected ${status}, got ${reply.status}: ${reply.body.slice(0, 300)}`);
  return reply;
}

/** Gives the harmless answer if there is one, which leads through the flow by the longest way. */
export function answerOf(page: string): [string, string][] {
  const question = hidden(page, 'question');
  const inputs = (page.match(/<input[^>]*>/g) ?? []).filter((input) => input.includes(`name="${question}"`));
  const offered = inputs.map((input) => /value="([^"]*)"/.exec(input)?.[1] ?? '');
  const typed = inputs.some((input) => input.includes('type="text"'));
  const chosen = typed ? '12' : (['no', 'none'].find((value) => offered.includes(value)) ?? offered[0] ?? 'unknown');
  return [
    ...['question', 'seen', 'token'].map((name) => [name, hidden(page, name)] as [string, string]),
    [question, chosen],
  ];
}
