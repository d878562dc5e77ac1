import { describe, expect, it } from 'vitest';
import { RECORD_NOUNS, type RecordNoun } from '../../server/base/paths.ts';
import type { DeskHappening } from '../../server/consultation/desk-happening.ts';
import type { Happening } from '../../server/consultation/entry.ts';
import { RECORDINGS, Reader, type RecordedKind } from '../../server/consultation/recording.ts';

type Unrecorded = Exclude<Exclude<Happening, DeskHappening>['kind'], RecordedKind>;

/**
 * What writes each kind that no form of the record writes. Complete by its type: if the type checker names a kind here,
 * nothing can write it yet. What a person adds to the record needs its noun in `RECORD_NOUNS` of `server/base/paths.ts`
 * and its form in `RECORDINGS`.
 */
const WRITTEN_ELSEWHERE: Record<Unrecorded, 'interview' | 'result' | 'download' | 'correction'> = {
  opened: 'interview',
  answered: 'interview',
  'asked again': 'interview',
  moved: 'interview',
  'taken away': 'download',
  'handover sheet taken away': 'download',
  'handover sheet sent': 'result',
  'next hours recorded': 'result',
  corrected: 'correction',
};

/** What can be posted to has a form that is read. */
const FORMS: Record<Exclude<RecordNoun, 'corrections'>, unknown> = RECORDINGS;

describe('what a person adds to the record', () => {
  const now = { at: '2026-11-20T10:00:00.000Z', today: '2026-11-20' };
  const kinds = Object.values(RECORDINGS).map(
    (recording) => recording(new Reader({}), now, 'professional', now.at).kind,
  );

  it('is a kind of entry of its own for each noun', () => {
    expect(Object.keys(FORMS)).toEqual(RECORD_NOUNS.filter((noun) => noun !== 'corrections'));
    expect(new Set(kinds).size).toBe(kinds.length);
  });

  it('is nothing that something else writes', () => {
    for (const kind of kinds) expect(Object.keys(WRITTEN_ELSEWHERE)).not.toContain(kind);
  });
});
