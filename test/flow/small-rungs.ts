/** A ladder with a rung of every kind, and a drawing as text lines for comparison. */
import type { Rung } from '../../server/flow/draw/draw.ts';
import type { Scene } from '../../server/flow/draw/scene.ts';

const rung = (name: string, kind: Rung['kind'], more: Partial<Rung> = {}): Rung => ({
  part: 'worry',
  step: `step_${name}`,
  kind,
  name,
  text: `The text of ${name}`,
  when: [],
  ...more,
});

export const RUNGS: Rung[] = [
  rung('1', 'ask', {
    taken: 'taken',
    answer: ['Yes', 'A long answer that goes on '.repeat(8)],
    doubt: { step: 'step_5', name: '5', label: 'Not sure' },
  }),
  rung('2', 'end', { leaves: 'end', when: ['it is so'], within: 'today', taken: 'skipped' }),
  rung('3', 'advise', { leaves: 'return', when: ['it is one', 'it is two'], taken: 'taken' }),
  rung('4', 'call', { opens: { part: 'more', letter: 'B' }, taken: 'known' }),
  rung('5', 'say', {
    when: ['it is three', 'it is four'],
    taken: 'jumped over',
    text: 'Some words, said at length. '.repeat(12),
  }),
  rung('6', 'ask', { taken: 'here', doubt: { step: 'step_7', name: '7', label: 'I don’t know' } }),
  rung('7', 'end', { leaves: 'end', within: 'no set time' }),
  rung('8', 'ask', { doubt: { step: 'nowhere', name: '9', label: 'I don’t know' } }),
  rung('9', 'advise', { when: ['it is five'] }),
];

const about = (number: number) => Math.round(number * 100) / 100;

/** Every shape of a drawing, one per line. */
export function describeScene({ width, height, boxes, lines, dots, cuts }: Scene): string[] {
  return [
    `${width} × ${about(height)}, cuts at ${cuts.map(about).join(' ')}`,
    ...boxes.flatMap((box) => [
      `box ${box.x},${about(box.y)} ${box.width} × ${about(box.height)} ${box.looks.join(' ')}${box.href === undefined ? '' : ` → ${box.href}`}`,
      ...box.texts.map(({ x, y, text, look }) => `  ${look} ${x},${about(y)} ${text}`),
    ]),
    ...lines.map(({ path, look, top, bottom }) => {
      const rounded = path.replace(/\d+\.\d+/g, (number) => String(about(Number(number))));
      return `${look} ${rounded} from ${about(top)} to ${about(bottom)}`;
    }),
    ...dots.map(({ x, y, look }) => `dot ${x},${about(y)} ${look}`),
  ];
}
