import { describe, expect, it } from 'vitest';
import { toJson } from '../../server/export/json.ts';
import { ANSWERS, DEEDS, makeRecord, TOLD } from './sample.ts';

/** The path of every value, with list items as []. */
function shapeOf(value: unknown, path = ''): string[] {
  if (Array.isArray(value)) return value.flatMap((item) => shapeOf(item, `${path}[]`));
  if (value === null || typeof value !== 'object') return [`${path}: ${value === null ? 'null' : typeof value}`];
  return Object.entries(value).flatMap(([key, inner]) => shapeOf(inner, `${path}.${key}`));
}

describe('the record as JSON', () => {
  const corrected = { kind: 'corrected', corrects: 4, text: 'She said no', reason: 'Misheard' } as const;
  const json = toJson(makeRecord([...ANSWERS, ...DEEDS, TOLD, corrected]));

  it('is stable for other programs: each name and value, in this order', async () => {
    await expect(`${JSON.stringify(json, null, 2)}\n`).toMatchFileSnapshot('record.json');
  });

  it('has the same fields when nothing is known', () => {
    const empty = toJson(makeRecord([]));
    expect(Object.keys(empty)).toEqual(Object.keys(json));
    expect(empty).toMatchObject({
      askedBy: null,
      child: null,
      toldChildrensServices: null,
      advised: null,
      decision: null,
    });
    expect(shapeOf(empty).filter((line) => line.endsWith('undefined'))).toEqual([]);
  });

  it('is the same after being written and read', () => {
    expect(JSON.parse(JSON.stringify(json))).toEqual(json);
  });

  it('contains what was decided, told, and corrected', () => {
    expect(json).toMatchObject({
      format: 'front-door-record',
      formatVersion: 1,
      notice: 'This is not a referral',
      reference: 'B 48 29 17 35 2',
      toldChildrensServices: { spokeTo: 'A. Duty', reference: 'LCS 1234', entry: 13 },
      parents: { told: false, reason: 'MASH asked us to wait' },
      decision: { asAdvised: false, decision: 'Waited until the morning' },
      child: { known: true, name: 'محمد ظہیر' },
      advised: { level: { number: 5 }, deadline: { words: 'today', by: '2026-11-20', from: null } },
    });
    expect(json.answers[2]?.corrections).toMatchObject([{ entry: 14, text: 'She said no' }]);
  });

  it('names only sources that it explains', () => {
    const explained = new Set(json.sources.map((source) => source.source));
    const named = JSON.stringify(json).match(/"sources":\[("[^\]]*")\]/g) ?? [];
    const shorts = named.flatMap((list) => JSON.parse(`{${list}}`).sources as string[]);
    expect(shorts.length).toBeGreaterThan(5);
    expect(shorts.filter((short) => !explained.has(short))).toEqual([]);
  });
});
