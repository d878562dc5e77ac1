import { expect, it } from 'vitest';
import { createAnonymousConversations } from '../../server/store/anonymous-conversations.ts';
import { realLibrary } from '../web/app.ts';
import { createClock } from './temporary.ts';

const flow = [...(realLibrary.areas.get('bury')?.flows.values() ?? [])][0];
if (flow === undefined) throw new Error('there is no flow');

it('a flood of new conversations never throws out who has answered something', () => {
  const conversations = createAnonymousConversations(createClock(), 100);
  const child = conversations.begin('child', 'child', flow);
  if (child !== undefined) child.answers.child_safe_now = 'no';
  for (let count = 0; count < 1000; count++)
    expect(conversations.begin(`flood ${count}`, 'public', flow)).toBeDefined();
  expect(conversations.find('child')).toBe(child);
  expect(conversations.find('flood 0')).toBeUndefined();
  expect(conversations.find('flood 999')).toBeDefined();
});

it('when all are under way a new one is refused, until one ends or an hour is over', () => {
  const clock = createClock();
  const conversations = createAnonymousConversations(clock, 3);
  for (const token of ['a', 'b', 'c']) {
    const talk = conversations.begin(token, 'public', flow);
    if (talk !== undefined) talk.answers.immediate_danger = 'no';
  }
  expect(conversations.begin('d', 'public', flow)).toBeUndefined();
  conversations.end('b');
  expect(conversations.begin('d', 'public', flow)).toBeDefined();
  clock.pass(61);
  conversations.sweep();
  for (const token of ['e', 'f', 'g']) expect(conversations.begin(token, 'child', flow)).toBeDefined();
});
