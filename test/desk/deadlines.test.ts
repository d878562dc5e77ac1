import { describe, expect, it } from 'vitest';
import { isOverdue, setDeadline } from '../../server/desk/deadlines.ts';

const NOW = { at: '2026-11-26T15:00:00.000Z', today: '2026-11-26' };
const TIMETABLE = { holidays: [], atOnceLateAfter: '30 minutes' };

describe('what is to be done at once', () => {
  it('is late after the area’s time, and not in the minute in which it arrives', () => {
    const { by } = setDeadline({ id: 'claim', do: 'Claim', who: 'you', within: 'at once' }, NOW, TIMETABLE);
    expect(isOverdue(by, { ...NOW, at: '2026-11-26T15:29:59.000Z' })).toBe(false);
    expect(isOverdue(by, { ...NOW, at: '2026-11-26T15:30:00.000Z' })).toBe(true);
  });
});

describe('a step that is due today', () => {
  it('is due by the end of the day on which it was set, and described without "within"', () => {
    const deadline = setDeadline(
      { id: 'ring', do: 'Ring', who: 'you', within: 'today', from: 'consultation' },
      NOW,
      TIMETABLE,
    );
    expect(deadline).toEqual({ id: 'ring', do: 'Ring', who: 'you', within: 'today', words: 'today', by: '2026-11-26' });
    expect(isOverdue(deadline.by, { at: '2026-11-26T23:00:00.000Z', today: '2026-11-26' })).toBe(false);
    expect(isOverdue(deadline.by, { at: '2026-11-27T08:00:00.000Z', today: '2026-11-27' })).toBe(true);
  });
});
