/** No sentence of the desk says that a referrer reads something if the asker is a caller, who cannot. */
import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { recordDecision } from '../../server/desk/decision.ts';
import { decisionContext } from '../../server/desk/decision-context.ts';
import { openDeadlines, readDeskCase } from '../../server/desk/desk-case.ts';
import * as readers from '../../server/desk/readers.ts';
import { describeDesk } from '../../server/export/desk-sections.ts';
import { toText } from '../../server/export/text.ts';
import { happeningOf } from '../every-happening.ts';
import { AMINA, createCase, findFlow, NOW, recordOf } from './desk-world.ts';

const HOME = 'server/desk/readers.ts';
const NAMES_READER = /the referrer\b|has to be answered again/i;

it('each sentence depends on whether the asker can read, and is different for a caller', () => {
  const sentences = Object.values(readers).filter((one) => typeof one === 'function');
  expect(sentences.length).toBeGreaterThan(5);
  for (const say of sentences) {
    expect(say({ byTelephone: true })).not.toMatch(/referrer/);
    expect(say({ byTelephone: false })).not.toBe(say({ byTelephone: true }));
  }
});

it('the desk of a caller is told who has told children’s services, and what was answered, without a referrer', () => {
  const { entries, add, desk } = createCase();
  add([{ kind: 'taken by telephone', reach: '', deadlines: [] }, { kind: 'claimed' }], AMINA);
  const flow = findFlow() as NonNullable<ReturnType<typeof findFlow>>;
  const context = { ...decisionContext({ flow, desk, now: NOW }, entries), fields: [] };
  const form = { outcome: 'urgent_route', reason: 'She said that it hurts', decidedBy: 'Amina Shah' };
  add(recordDecision(entries, form, context), AMINA);
  add([happeningOf('referrer answered')], AMINA);
  const told = openDeadlines(readDeskCase(entries) as never).find(({ id }) => id === 'told');
  expect(told?.who).toContain('the caller, or the desk for them');
  const record = recordOf(entries);
  for (const words of [JSON.stringify(describeDesk(record)), toText(record)])
    expect(words).not.toMatch(/the referrer\b/i);
});

it('no other file contains such a sentence', () => {
  const files = ['server/desk', 'server/web/desk', 'views/desk', 'server/consultation', 'server/export']
    .flatMap((folder) => readdirSync(folder).map((file) => `${folder}/${file}`))
    .filter((file) => file !== HOME);
  expect(files.length).toBeGreaterThan(50);
  const written = files.flatMap((file) =>
    readFileSync(file, 'utf8')
      .split('\n')
      .filter((line) => NAMES_READER.test(line) && !/^\s*(\/\*\*|\*|\/\/)/.test(line))
      .map((line) => `${file}: ${line.trim()}`),
  );
  expect(written).toEqual([]);
});
