/**
 * The English sentences that the doors for the public and children can show, all of which a translation has to cover.
 */
import type { Contact, Flow, NextStep, Question, Step } from '../flow.ts';
import { sentencesIn } from './language.ts';

/** From the content. Sentences that only the pages add are in `languages/pages.yaml`. */
export function doorSentences(flows: Iterable<Flow>): Set<string> {
  const texts = [...flows].filter(({ reader }) => reader !== 'professional').flatMap(textsOf);
  return new Set(texts.flatMap(sentencesIn));
}

/** The documents' own titles and paragraphs stay in English, because the documents are in English. */
function textsOf(flow: Flow): string[] {
  return [
    flow.title,
    ...Object.values(flow.questions).flatMap(textsOfQuestion),
    ...Object.values(flow.parts).flatMap(({ steps }) => steps.flatMap(textsOfStep)),
    ...Object.values(flow.contacts).flatMap(textsOfContact),
    ...Object.values(flow.next).flatMap(textsOfNext),
  ];
}

function textsOfQuestion({ text, why, help, options, groups, none, unknown }: Question): string[] {
  return [
    text,
    why,
    ...given(help, none, unknown.label, unknown.text, unknown.whoKnows),
    ...[...groups.map(({ title, help }) => [title, help]), ...options.map((option) => [option.text, option.help])]
      .flat()
      .filter((words) => words !== undefined),
  ];
}

function textsOfStep(step: Step): string[] {
  if (step.kind === 'end') return given(step.action, step.text);
  return 'text' in step ? [step.text] : [];
}

function textsOfContact(contact: Contact): string[] {
  const labels = contact.phones.map(({ label }) => label);
  return given(contact.name, contact.for, contact.hours, contact.note, contact.conflict, contact.webIsFor, ...labels);
}

function textsOfNext({ do: what, who, note, from }: NextStep): string[] {
  return given(what, who, note, from === 'consultation' ? undefined : from);
}

function given(...texts: (string | undefined)[]): string[] {
  return texts.filter((text) => text !== undefined);
}
