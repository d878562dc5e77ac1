import { describe, expect, it } from 'vitest';
import { ANSWERS, DEEDS, makeRecord, TOLD } from './sample.ts';

describe('a record', () => {
  it('contains every question that was asked, with the answer, its time and its sources', () => {
    const [harm, signs, words] = makeRecord().answers;
    expect(harm).toMatchObject({ question: 'Is the child at risk of significant harm?', answer: ['Yes'], number: 2 });
    expect(harm?.at).toBe('2026-11-20T09:01:00.000Z');
    expect(harm?.said).toEqual(['Think of what you have seen and heard.']);
    expect(signs?.answer).toEqual(['Bruises that nobody explains', 'I am not sure about others']);
    expect(signs).toMatchObject({ unknown: true });
    expect(signs?.citations.map((citation) => citation.short)).toEqual(['BT 5.7', 'BC 4']);
    expect(words?.answer).toEqual(['“I don’t want to go home.”']);
  });

  it('shows a correction beside what it corrects, and keeps the old', () => {
    const right = { kind: 'corrected', corrects: 4, text: 'She said no', reason: 'Misheard' } as const;
    const record = makeRecord([...ANSWERS, right]);
    expect(record.answers[2]?.corrections).toEqual([
      { number: 5, at: '2026-11-20T09:04:00.000Z', by: 'professional', text: 'She said no', reason: 'Misheard' },
    ]);
    expect(record.answers[2]?.answer).toEqual(['“I don’t want to go home.”']);
    expect(record.history.find((line) => line.number === 4)?.corrections).toMatchObject([{ number: 5 }]);
  });

  it('keeps answers that no longer apply separate', () => {
    const record = makeRecord([...ANSWERS, { kind: 'answered', question: 'harm', answer: 'no' }]);
    expect(record.answers.map((answer) => answer.id)).toEqual(['harm', 'signs']);
    expect(record.setAside).toMatchObject([{ id: 'words', question: 'What did the child say?', number: 4 }]);
    expect(record.history).toHaveLength(5);
  });

  it('can be made before the end, and with nothing recorded', () => {
    const record = makeRecord([]);
    expect(record).toMatchObject({ open: 'Is the child at risk of significant harm?', answers: [] });
    expect(record.result).toBeUndefined();
  });

  it('knows who has written, what was done, and whether children’s services were told', () => {
    const record = makeRecord([...ANSWERS, ...DEEDS]);
    expect(record.told).toBeUndefined();
    expect(record.writers).toEqual(['professional']);
    expect(record.parents).toMatchObject({ parents: 'not told', reason: 'MASH asked us to wait', number: 8 });
    expect(makeRecord([TOLD]).told).toMatchObject({ spokeTo: 'A. Duty', reference: 'LCS 1234' });
  });
});
