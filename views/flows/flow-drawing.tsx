import { paths } from '../../server/base/paths.ts';
import type { LadderInWords } from '../../server/flow/draw/plain-words.ts';
import type { Slice } from '../../server/flow/draw/scene.ts';
import type { Flow } from '../../server/flow/flow.ts';
import { Drawing } from '../kit/drawing.tsx';
import { Folded } from '../kit/folded.tsx';
import { count } from './flow-size-words.ts';

import { caseName, LadderText } from './plain-words.tsx';

/** Each size is a plain link, so it works without a script. */
export const SIZES = { small: 0.6, normal: undefined, large: 1.5, largest: 2 } as const;
export type Size = keyof typeof SIZES;

/** Which parts of the page are unfolded at first. */
export interface Unfolded {
  all: boolean;
  /** The size that was asked for; then the drawings are unfolded. */
  drawings?: Size;
}

export type DrawnLadder = LadderInWords & { slices: Slice[] };

export interface LaddersProps {
  flow: Flow;
  ladders: DrawnLadder[];
  /** `part/step` → ids of the worked cases that take the step. */
  cases: ReadonlyMap<string, string[]>;
  unfolded: Unfolded;
  shown?: { id: string; story: string; end: string };
}

/** The URL of the flow's page with these questions asked of it. */
export function addressOfFlow(flow: Flow, asked: Record<string, string>): string {
  const query = new URLSearchParams(asked).toString();
  const address = paths.flow(flow.area.id, flow.id);
  return `${address}${query === '' ? '' : `?${query}`}#questions`;
}

/**
 * A drawing of the flow's ladder and one of each that it calls. A box links to the ladder that it opens, or to its
 * description.
 */
export function Ladders({ flow, ladders, cases, unfolded, shown }: LaddersProps) {
  const drawn = unfolded.all || unfolded.drawings !== undefined;
  return (
    <section class="fd-section" aria-labelledby="questions">
      <h2 class="govuk-heading-m" id="questions">
        Questions, in words and drawn
      </h2>
      {shown !== undefined && <ShownWorkedCase flow={flow} drawings={unfolded.drawings} shown={shown} />}
      <p class="fd-map-key">
        Read downwards. Press a step for its answers, what they lead to, and where it comes from. A lettered ladder is
        walked where a step opens it. In a drawing, what leaves to the right ends the questions, or goes back to the
        ladder before; a dotted arrow is where “I don’t know” leads.
      </p>
      <SizeLinks flow={flow} drawings={unfolded.drawings} shown={shown?.id} />
      {ladders.map((ladder, index) => {
        const isTaken = ladder.rungs.some(({ taken }) => taken === 'taken');
        return (
          <LadderFold
            flow={flow}
            ladder={ladder}
            cases={cases}
            size={unfolded.drawings ?? 'normal'}
            open={{ ladder: index === 0 || drawn || isTaken, drawing: drawn || isTaken, steps: unfolded.all }}
          />
        );
      })}
    </section>
  );
}

interface DrawnAs {
  flow: Flow;
  drawings: Size | undefined;
  shown: string | undefined;
}

function SizeLinks({ flow, drawings, shown }: DrawnAs) {
  return (
    <nav class="fd-contents fd-no-print" aria-label="Size of the drawings">
      <ul>
        <li>Show the drawings:</li>
        {(Object.keys(SIZES) as Size[]).map((word) => (
          <li>
            <a
              class="govuk-link"
              href={addressOfFlow(flow, { size: word, ...(shown !== undefined && { case: shown }) })}
              aria-current={word === drawings ? 'true' : undefined}
            >
              {word}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

type ShownProps = Pick<DrawnAs, 'flow' | 'drawings'> & { shown: NonNullable<LaddersProps['shown']> };

function ShownWorkedCase({ flow, drawings, shown }: ShownProps) {
  return (
    <div class="fd-shown">
      <p>
        <strong>Shown: the way of the case “{caseName(shown.id)}”.</strong> {shown.story} It ends with: {shown.end}.
      </p>
      <p>
        A thick line, a tick and the word “taken” mark the way.{' '}
        <a class="govuk-link" href={addressOfFlow(flow, drawings === undefined ? {} : { size: drawings })}>
          Show the flow without it
        </a>
      </p>
    </div>
  );
}

type LadderProps = Pick<LaddersProps, 'flow' | 'cases'> & {
  ladder: DrawnLadder;
  size: Size;
  open: { ladder: boolean; drawing: boolean; steps: boolean };
};

function LadderFold({ flow, ladder, cases, size, open }: LadderProps) {
  const { id, part, letter, title, calledFrom, rungs, slices } = ladder;
  const name = letter === '' ? title : `${letter}. ${title}`;
  return (
    <Folded
      id={id}
      title={name}
      heading="h3"
      holds={count(rungs.length, 'step')}
      open={open.ladder}
      className={size === 'normal' ? 'fd-ladder' : 'fd-ladder fd-ladder--big'}
    >
      {calledFrom.length > 0 && <p class="fd-map-key">Opened from {calledFrom.join(', ')}.</p>}
      <div class="fd-ladder__twins">
        <details class="fd-ladder__drawing" open={open.drawing}>
          <summary class="fd-ladder__summary">
            The drawing<span class="govuk-visually-hidden"> of {name}</span>
          </summary>
          <p class="fd-no-print">
            <a class="govuk-link" href={`#words-${part}`}>
              Go past the drawing
              <span class="govuk-visually-hidden"> of {name}</span>
            </a>
          </p>
          <section class="fd-scroll" tabindex={0} aria-label={`${name}, drawn. It can be scrolled.`}>
            <Drawing
              slices={slices}
              id={`drawing-${part}`}
              title={name}
              description={`A ladder of ${rungs.length} steps, read downwards. The list in words says the same.`}
              scale={SIZES[size]}
            />
          </section>
        </details>
        <LadderText ladder={ladder} sources={flow.sources} cases={cases} open={open.steps} />
      </div>
    </Folded>
  );
}
