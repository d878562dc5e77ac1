/** The questions of the real content, beside each other: nobody can take one for the other, or "none of these" for "I don't know". */
import { expect, it } from 'vitest';
import { loadReal } from '../real-content.ts';

const library = loadReal();
const flows = [...library.areas.values()].flatMap((area) => [...area.flows.values()]);
const name = (flow: { area: { id: string }; id: string }) => `${flow.area.id}/${flow.id}`;

it.each(flows.map((flow) => [name(flow), flow] as const))('no two questions of %s have one heading', (_, flow) => {
  const headings = Object.values(flow.questions).map(({ text }) => text.toLowerCase().replace(/[^a-z ]/g, ''));
  expect(headings.filter((heading, index) => headings.indexOf(heading) !== index)).toEqual([]);
});

it('"none of these" never sounds like "I don’t know"', () => {
  const sounding = flows.flatMap((flow) =>
    Object.values(flow.questions)
      .filter(
        ({ none }) => none !== undefined && /(not|n’t|n't|cannot) (yet )?(know|say|tell|sure)|these yet/i.test(none),
      )
      .map(({ id, none }) => `${name(flow)} ${id}: ${none}`),
  );
  expect(sounding).toEqual([]);
});
