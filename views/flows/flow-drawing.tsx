import { paths } from '../../server/base/paths.ts';
import type { LadderInWords } from '../../server/flow/draw/plain-words.ts';
import type { Slice } from '../../server/flow/draw/scene.ts';
import type { Flow } from '../../server/flow/flow.ts';
import { Drawing } from '../kit/drawing.tsx';
import { caseName, LadderText } from './plain-words.tsx';

/** Each size is a plain link, so it works without a script. */
export const SIZES = { small: 0.6, normal: undefined, large: 1.5, largest: 2 } as const;
export type Size = keyof typeof SIZES;

export type DrawnLadder = LadderInWords & { slices: Slice[] };

export interface LaddersProps {
  flow: Flow;
  ladders: DrawnLadder[];
  /** Ids of the worked cases that take a step, by `part/step`. */
  cases: ReadonlyMap<string, string[]>;
  size: Size;
  shown?: { id: string; story: string; end: string };
}

/** One ladder for the flow and one for each that it calls. A box links to the ladder it opens, or to its description. */
export function Ladders({ flow, ladders, cases, size, shown }: LaddersProps) {
  return (
    <section class="fd-section" aria-labelledby="drawn">
      <h2 class="govuk-heading-m" id="drawn">
        Drawn, and read aloud
      </h2>
      {shown !== undefined && <ShownCase flow={flow} size={size} shown={shown} />}
      <p class="fd-map-key">
        Read downwards. Boxes on the line are asked or said; what leaves to the right ends the questions, or goes back
        to the ladder before. A dotted arrow is where “I don’t know” leads. Press a box for its words, or for the ladder
        that it opens.
      </p>
      <SizeLinks flow={flow} size={size} shown={shown?.id} />
      {ladders.map((ladder) => (
        <LadderSection flow={flow} ladder={ladder} cases={cases} size={size} />
      ))}
    </section>
  );
}

function SizeLinks({ flow, size, shown }: { flow: Flow; size: Size; shown: string | undefined }) {
  return (
    <nav class="fd-contents fd-no-print" aria-label="Size of the drawing">
      <ul>
        <li>Size:</li>
        {(Object.keys(SIZES) as Size[]).map((word) => (
          <li>
            <a class="govuk-link" href={drawnAt(flow, word, shown)} aria-current={word === size ? 'true' : undefined}>
              {word}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

function drawnAt(flow: Flow, size: Size, shown?: string): string {
  const query = new URLSearchParams({
    ...(size !== 'normal' && { size }),
    ...(shown !== undefined && { case: shown }),
  }).toString();
  return `${paths.flow(flow.area.id, flow.id)}${query === '' ? '' : `?${query}`}#drawn`;
}

function ShownCase({ flow, size, shown }: { flow: Flow; size: Size; shown: NonNullable<LaddersProps['shown']> }) {
  return (
    <div class="fd-shown">
      <p>
        <strong>Shown: the way of the case “{caseName(shown.id)}”.</strong> {shown.story} It ends with: {shown.end}.
      </p>
      <p>
        A thick line, a tick and the word “taken” mark the way.{' '}
        <a class="govuk-link" href={drawnAt(flow, size)}>
          Show the flow without it
        </a>
      </p>
    </div>
  );
}

type LadderProps = Pick<LaddersProps, 'flow' | 'cases' | 'size'> & { ladder: DrawnLadder };

function LadderSection({ flow, ladder, cases, size }: LadderProps) {
  const { id, part, letter, title, calledFrom, rungs, slices } = ladder;
  const name = letter === '' ? title : `${letter}. ${title}`;
  return (
    <section class={size === 'normal' ? 'fd-ladder' : 'fd-ladder fd-ladder--big'} aria-labelledby={id}>
      <h3 class="govuk-heading-s" id={id}>
        {name}
      </h3>
      <p class="fd-map-key">
        {calledFrom.length > 0 && `Opened from ${calledFrom.join(', ')}. `}
        <a class="govuk-link fd-no-print" href={`#words-${part}`}>
          Go past the drawing
        </a>
      </p>
      <div class="fd-ladder__twins">
        <section class="fd-scroll" tabindex={0} aria-label={`${name}, drawn. It can be scrolled.`}>
          <Drawing
            slices={slices}
            id={`drawing-${part}`}
            title={name}
            description={`A ladder of ${rungs.length} steps, read downwards. The list in words says the same.`}
            scale={SIZES[size]}
          />
        </section>
        <LadderText ladder={ladder} sources={flow.sources} cases={cases} />
      </div>
    </section>
  );
}
