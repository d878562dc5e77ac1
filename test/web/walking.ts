/** Walks through the app as a person does: opens a door, reads the question, fills in its form, sends it. */

import { paths } from '../../server/base/paths.ts';
import { readCase } from '../../server/flow/walk/written-answers.ts';
import { type Opened, realLibrary, TODAY } from './app.ts';
import type { Page } from './page.ts';
import { attribute } from './page.ts';
import type { Fields, Visitor } from './visitor.ts';

export type Given = Fields[string];
export type Story = Record<string, Given>;

/** From the page of an area, by pressing its button. */
export async function openDoor(visitor: Visitor, area: string, flow: string): Promise<Page> {
  const doors = await visitor.go(paths.area(area));
  const shown = doors.all('button').some((button) => attribute(button, 'value') === flow);
  if (!shown) throw new Error(`${doors.url} shows no door ${flow}`);
  const { sends } = doors.form(paths.consultations());
  return visitor.post(paths.consultations(), { token: sends.get('token') ?? '', area, flow });
}

/** Answers the open question through its form. If the form does not offer the option, the test is wrong. */
export async function answer(
  visitor: Visitor,
  page: Page,
  given: Given,
  headers: Record<string, string> = {},
): Promise<Page> {
  const { question, questionForm: form } = page;
  if (question === undefined) throw new Error(`no question is open on ${page.url}: ${page.heading}`);
  const offers = form.offers.get(question) ?? [];
  const odd = [given].flat().filter((value) => !offers.includes(String(value)) && !form.writes.includes(question));
  if (odd.length > 0) throw new Error(`${question} does not offer ${odd.join(', ')}, but ${offers.join(', ')}`);
  return visitor.send(form, { [question]: given }, headers);
}

/** The answers of questions that a story may leave out. */
const USUAL = new Map(
  [...realLibrary.areas.values()]
    .flatMap(({ flows }) => [...flows.values()].flatMap(({ questions }) => Object.values(questions)))
    .flatMap(({ id, usual }) => (usual === undefined ? [] : [[id, usual] as const])),
);

/** What the story says to a question; undefined if it says nothing and may not leave it out. */
export function givenIn(story: Story, question: string): Given | undefined {
  return story[question] ?? USUAL.get(question);
}

/** Walks to the result, or to the first question that the story does not answer. */
export async function walkOn(visitor: Visitor, from: Page, story: Story): Promise<Page> {
  let page = from;
  for (let count = 0; count < 60; count++) {
    const given = page.question === undefined ? undefined : givenIn(story, page.question);
    if (given === undefined) return page;
    page = await answer(visitor, page, given);
  }
  throw new Error(`the walk does not end: ${page.question}`);
}

/** A worked case of the content. */
export function storyOf(area: string, id: string): { flow: string; story: Story } {
  const found = realLibrary.areas.get(area)?.cases.get(id);
  if (found === undefined) throw new Error(`${area} has no case ${id}`);
  return { flow: found.flow, story: found.answers as Story };
}

/** Walks to the result of a worked case. */
export async function walkCase(visitor: Visitor, area: string, id: string): Promise<Page> {
  const { flow, story } = storyOf(area, id);
  const page = await walkOn(visitor, await openDoor(visitor, area, flow), story);
  if (page.end === undefined) throw new Error(`the case ${id} stops at ${page.question ?? page.heading}`);
  return page;
}

/** The same without walking: the answers are put directly into the log, for tests of what comes after them. */
export async function jumpToResult(
  { store, services }: Opened,
  visitor: Visitor,
  area: string,
  id: string,
): Promise<string> {
  const { flow, story } = storyOf(area, id);
  const opened = idOf(await openDoor(visitor, area, flow));
  const compiled = services.library.areas.get(area)?.flows.get(flow);
  if (compiled === undefined) throw new Error(`${area} has no flow ${flow}`);
  const answers = Object.entries(readCase(compiled, story, TODAY).answers);
  const happenings = answers.map(([question, answer]) => ({ kind: 'answered', question, answer }) as const);
  await store.log.decide(opened, () => happenings, 'professional');
  return opened;
}

/** Id of the consultation in a URL. */
export function idOf({ url }: Page): string {
  const id = /^\/consultations\/([^/]+)/.exec(url)?.[1];
  if (id === undefined) throw new Error(`${url} is not within a consultation`);
  return decodeURIComponent(id);
}
