/**
 * Faults that were found in use, under bad networks, proxies and attack, with their numbers in issue 12, and the test
 * that covers each sentence of them. If such a test is renamed or removed, this list has to be updated.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

/** What was wrong, and the file and title of the test that shows it no longer is. */
type Held = readonly [fault: string, file: string, title: string];

const FAULTS: Record<string, readonly Held[]> = {
  'K1 something that is not ours is taken for our answer': [
    ['502, 413, 403, 429, a captive page, JSON, nothing: on any page', 'browser/foreign-answers', 'leaves every page'],
    ['the queue is empty for good', 'browser/network', 'keeps the queue as it was'],
    ['the open question is replaced', 'browser/network', 'keeps what was chosen, whatever answer comes (%s)'],
    [
      'nothing tries again',
      'browser/network',
      'is sent again automatically when the server was away only for a moment',
    ],
  ],
  'K2 typed text is lost': [
    [
      'what is typed at the desk',
      'browser/desk-drafts',
      'keeps what is typed when a tab is reloaded, left or closed, or its session has ended',
    ],
    ['the record of a professional', 'browser/network', 'keeps every word, says what happened'],
    ['140,000 letters, and Back is empty', 'browser/network', 'keeps a text that is too large, and tells the person'],
    ['our own server cannot save', 'browser/network', 'keeps every word when our own server says'],
    [
      'a session that ended in another tab',
      'browser/desk-drafts',
      'keeps what is typed when a tab is reloaded, left or closed, or its session has ended',
    ],
    ['leaving asks nothing', 'browser/network', 'asks before a page with unsaved text is left'],
  ],
  'K3 the way out': [
    [
      'it waits for the server, the network, a script',
      'browser/exit',
      'leaves at once, whatever the server, the network',
    ],
    [
      'another tab, a consultation of a professional',
      'web/public/anonymous-conversation',
      'does not affect a consultation in the same browser',
    ],
    [
      'cookies of other sites are cleared',
      'web/public/anonymous-conversation',
      'ends the conversation, even if the old cookies are sent again',
    ],
    ['a plain link elsewhere, and HEAD', 'web/public/anonymous-conversation', 'is not triggered by %s'],
  ],
  'K4 behind a proxy': [
    ['a Host of the proxy', 'web/kit/addresses', 'a form is accepted if the browser says that it comes from our page'],
    ['nothing is logged', 'web/kit/addresses', 'the log says what came and what was expected'],
    ['the same through nginx and Caddy', 'deploy/proxies', 'pages, styles and forms come through'],
    [
      'limited by the address of the proxy',
      'web/professional/returning',
      'is limited behind a proxy by the address of the reader, not by that of the proxy',
    ],
    [
      'the same through nginx and Caddy, whatever address is written',
      'deploy/proxies',
      'the reader who guesses is slowed down, whatever address they claim, and the proxy is not',
    ],
    [
      'idle connections closed too early',
      'deploy/proxies',
      'no form is sent on connections that the server has closed',
    ],
    ['an identity proxy leads elsewhere', 'browser/foreign-network', 'a redirect elsewhere'],
    ['br;q=0', 'web/kit/addresses', 'is compressed as the browser accepts it (%s)'],
    ['HOST=::1', 'config', 'the address printed for HOST=%s can be opened'],
    ['capitals, a slash at the end', 'web/kit/addresses', '%s leads to %s'],
    [
      'a deep link loses its query at sign-in',
      'web/people/sign-in',
      'continues to where the person wanted to go, and nowhere else',
    ],
  ],
  'K5 a look that was none': [
    [
      'HEAD, prefetch, prerender, of pages and files',
      'web/kit/addresses',
      'is neither prepared nor logged, for any page or file that a worker or a professional can open',
    ],
  ],
  'K6 letters': [
    ['lukasz, OBrien, st marys', 'web/desk/search', 'with letters folded'],
    ['_ finds everything', 'web/desk/search', 'refuses what has no letter'],
    ['scripts of the world, emoji, signs in the PDF', 'export/pdf', 'draws and copies what is written in %s'],
    ['an apostrophe in the text', 'export/text', 'leaves names as they were typed'],
    [
      'names in every place',
      'web/desk/export',
      'a name is shown and exported as it was typed, on every page and in every text file: %s',
    ],
  ],
  'K7 dates and clocks': [
    ['30 November and three months', 'base/days', '%s and %i months is %s'],
    ['the same for what is kept', 'web/desk/retention', 'depends on the outcome, the content, and extensions'],
    [
      'CSV in UTC; 01:30 twice in a night',
      'export/csv',
      'has London times as on the pages, with the time zone in the hour that comes twice',
    ],
    ['days in other words', 'base/days', '%s is %s'],
    ['8 months, and one general message', 'base/days', '%s is refused with the reason'],
    ['a telephone whose clock is wrong', 'web/people/sign-in', 'names the clock as a cause'],
  ],
  'K8 two tabs': [
    [
      'signing in with the organisation',
      'web/people/single-sign-on',
      'works in two tabs of one browser at the same time, whichever comes back first',
    ],
    ['the conversation of the public or of a child', 'web/overload', 'is not replaced without asking'],
  ],
};

it('eight are numbered', () => {
  expect(Object.keys(FAULTS).map((name) => name.slice(0, 2))).toEqual(['K1', 'K2', 'K3', 'K4', 'K5', 'K6', 'K7', 'K8']);
});

it.each(Object.entries(FAULTS))('%s: each sentence has a test that exists', (_name, held) => {
  for (const [fault, file, title] of held) {
    const path = ['test.ts', 'ts'].map((ending) => join(import.meta.dirname, `${file}.${ending}`));
    const text = path.map(read).find((found) => found !== undefined) ?? '';
    expect([fault, file, title, text.includes(title)]).toEqual([fault, file, title, true]);
  }
});

function read(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
