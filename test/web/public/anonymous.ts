/** Helpers shared by the tests of the public's and children's conversations. */
import { expect } from 'vitest';
import { ELSEWHERE, paths } from '../../../server/base/paths.ts';
import { attribute, type Page } from '../page.ts';
import type { Visitor } from '../visitor.ts';

export const NUMBERS: Record<string, RegExp> = {
  bury: /0161 253 5678|0161 253 6606/,
  bolton: /01204/,
  stockport: /0161 217 6028|0161 718 2118/,
};

export async function begin(visitor: Visitor, reader: 'public' | 'child'): Promise<Page> {
  return visitor.send((await visitor.go(paths.talkFor(reader))).form(paths.talk()));
}

export const hrefsOf = (page: Page) => page.all('a').map((link) => attribute(link, 'href') ?? '');

export function expectPrivate(page: Page) {
  expect(hrefsOf(page)).toContain(ELSEWHERE);
  expect(page.title).toMatch(/^(Error: )?(Before you start|Question \d+|What you can do) – Front Door$/);
  expect(page.headers.get('Cache-Control')).toBe('no-store');
  expect(page.all('textarea')).toHaveLength(0);
  for (const input of page.all('input')) expect(attribute(input, 'type')).toMatch(/^(hidden|radio|checkbox)$/);
  expect(hrefsOf(page)).not.toContain(paths.return());
  expect(page.find('.fd-reference')).toBeUndefined();
  expect(page.html).not.toMatch(/consultations\//);
}
