import type { Flow } from '../../server/flow/flow.ts';
import type { Slice } from '../../server/flow/scene.ts';
import { paths } from '../../server/paths.ts';
import { Drawing } from './drawing.tsx';
import { caseName } from './spoken.tsx';

/** Without a script: each size is a link. */
export const SIZES = { whole: undefined, normal: 1, large: 1.5, largest: 2 } as const;
export type Size = keyof typeof SIZES;

export interface DrawnLadder {
  id: string;
  part: string;
  letter: string;
  title: string;
  calledFrom: string[];
  rungs: unknown[];
  slices: Slice[];
}

export interface FlowDrawingProps {
  flow: Flow;
  ladders: DrawnLadder[];
  size: Size;
  shown?: { id: string; story: string; end: string };
}

/** One ladder for the flow and one for each that it calls; a box leads to the ladder that it opens, or to its words. */
export function FlowDrawing({ flow, ladders, size, shown }: FlowDrawingProps) {
  return (
    <section class="fd-section" aria-labelledby="drawn">
      <h2 class="govuk-heading-m" id="drawn">
        Drawn
      </h2>
      {shown !== undefined && <ShownWay flow={flow} size={size} shown={shown} />}
      <p class="fd-map-key">
        Read downwards. Boxes on the line are asked or said; what leaves to the right ends the questions, or goes back
        to the ladder before. A dotted arrow is where “I don’t know” leads. Press a box for its words, or for the ladder
        that it opens.
      </p>
      <SizeLinks flow={flow} size={size} shown={shown?.id} />
      {ladders.map((ladder, index) => (
        <LadderDrawing ladder={ladder} size={size} next={ladders[index + 1]?.id ?? 'words'} />
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

function ShownWay({ flow, size, shown }: { flow: Flow; size: Size; shown: NonNullable<FlowDrawingProps['shown']> }) {
  return (
    <div class="fd-shown">
      <p>
        <strong>Shown: the way of the case “{caseName(shown.id)}”.</strong> {shown.story} It ends with: {shown.end}.
      </p>
      <p>
        A thick line, a tick and the word “taken” mark the way.{' '}
        <a href={drawnAt(flow, size)}>Show the flow without it</a>
      </p>
    </div>
  );
}

function LadderDrawing({ ladder, size, next }: { ladder: DrawnLadder; size: Size; next: string }) {
  const { id, part, letter, title, calledFrom, rungs, slices } = ladder;
  const name = letter === '' ? title : `${letter}. ${title}`;
  return (
    <section class="fd-ladder" aria-labelledby={id}>
      <h3 class="govuk-heading-s" id={id}>
        {name}
      </h3>
      <p class="fd-map-key">
        {calledFrom.length > 0 && `Opened from ${calledFrom.join(', ')}. `}
        <a href={`#words-${part}`}>The same in words</a>
        {', '}
        <a href={`#${next}`}>go past this drawing</a>
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
    </section>
  );
}
