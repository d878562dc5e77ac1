import { describe, expect, it } from 'vitest';
import { isOverdue, setDeadline } from '../../server/desk/deadlines.ts';

const NOW = { at: '2026-11-26T15:00:00.000Z', today: '2026-11-26' };

describe('a step that is due today', () => {
  it('is due by the end of the day on which it was set, and is told without "within"', () => {
    const deadline = setDeadline(
      { id: 'ring', do: 'Ring', who: 'you', within: 'today', from: 'consultation' },
      NOW,
      [],
    );
    expect(deadline).toEqual({ id: 'ring', do: 'Ring', who: 'you', within: 'today', words: 'today', by: '2026-11-26' });
    expect(isOverdue(deadline.by, { at: '2026-11-26T23:00:00.000Z', today: '2026-11-26' })).toBe(false);
    expect(isOverdue(deadline.by, { at: '2026-11-27T08:00:00.000Z', today: '2026-11-27' })).toBe(true);
  });
});
