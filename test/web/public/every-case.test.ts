/** Every worked case of the public's and children's conversations, on their pages. */
import { describe, expect, it } from 'vitest';
import { someOf } from '../../short-form.ts';
import { openApp, realLibrary } from '../app.ts';
import { type Story, walkOn } from '../walking.ts';
import { begin, expectPrivate, hrefsOf, NUMBERS } from './anonymous.ts';

/** Every worked case of the conversation. */
function storiesOf(reader: 'public' | 'child'): [string, Story][] {
  const cases = [...(realLibrary.areas.get('national')?.cases ?? [])].filter(([, { flow }]) => flow === reader);
  return cases.map(([id, { answers }]) => [id, answers as Story]);
}

describe.each(['public', 'child'] as const)('the door for the %s', (reader) => {
  it('leads each worked case to somebody to ring, on pages that identify nobody and store nothing', async () => {
    const stories = storiesOf(reader);
    expect(stories.length).toBeGreaterThan(5);
    const { visit } = await openApp();
    for (const [id, story] of someOf(stories, 6)) {
      const visitor = visit();
      let page = await begin(visitor, reader);
      expectPrivate(page);
      page = await walkOn(visitor, page, story);
      expect([id, page.end]).toEqual([id, expect.any(String)]);
      expectPrivate(page);
      expect(hrefsOf(page).some((href) => href.startsWith('tel:'))).toBe(true);
      expect(page.words('.fd-untold')).toContain('Nobody has been told yet');
    }
  });

  it('never gives the number of another council', async () => {
    const { visit } = await openApp();
    for (const [id, story] of someOf(storiesOf(reader), 6)) {
      const place = String(story.where_child_lives ?? story.home_area ?? 'elsewhere');
      const visitor = visit();
      const end = await walkOn(visitor, await begin(visitor, reader), story);
      for (const [area, number] of Object.entries(NUMBERS))
        if (area !== place) expect([id, area, number.exec(end.text)?.[0]]).toEqual([id, area, undefined]);
    }
  });
});
