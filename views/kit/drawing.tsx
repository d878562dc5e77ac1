import type { Box, Dot, DrawnLine, Slice } from '../../server/flow/draw/scene.ts';

export interface DrawingProps {
  slices: Slice[];
  /** Prefix that makes the ids unique on the page. */
  id: string;
  title: string;
  description: string;
  /** Scales the drawing; otherwise it shrinks to fit a narrow page. */
  scale?: number;
}

/** A scene as SVG, in slices, so that a printed page breaks between boxes and not through one. */
export function Drawing({ slices, id, title, description, scale }: DrawingProps) {
  const linked = slices.some(({ boxes }) => boxes.some((box) => box.href !== undefined));
  return (
    <div class={scale === undefined ? 'fd-map fd-map--fit' : 'fd-map'}>
      {slices.map((slice, index) => (
        <SliceDrawing
          slice={slice}
          scale={scale ?? 1}
          name={index === 0 ? { id, title, description } : undefined}
          linked={linked}
        />
      ))}
    </div>
  );
}

interface SliceProps {
  slice: Slice;
  scale: number;
  /** Title of the whole drawing, put on the first slice. */
  name: { id: string; title: string; description: string } | undefined;
  linked: boolean;
}

function SliceDrawing({ slice, scale, name, linked }: SliceProps) {
  const { width, height, top } = slice;
  return (
    // biome-ignore lint/a11y/noSvgWithoutTitle: the first slice names the whole drawing
    <svg
      xmlns="http://www.w3.org/2000/svg"
      class="fd-map__slice"
      {...rolesOf(name?.id, linked)}
      viewBox={`0 ${round(top)} ${round(width)} ${round(height)}`}
      width={round(width * scale)}
      height={round(height * scale)}
    >
      {name !== undefined && <title id={`${name.id}-title`}>{name.title}</title>}
      {name !== undefined && <desc id={`${name.id}-desc`}>{name.description}</desc>}
      {slice.lines.map((line) => (
        <LineShape line={line} />
      ))}
      {slice.boxes.map((box) => (
        <BoxShape box={box} />
      ))}
      {slice.dots.map((dot) => (
        <DotShape dot={dot} />
      ))}
    </svg>
  );
}

/** A drawing with links must not have the role `img`: screen readers cannot reach links inside an image. */
function rolesOf(id: string | undefined, linked: boolean) {
  if (id !== undefined)
    return { role: linked ? 'group' : 'img', 'aria-labelledby': `${id}-title`, 'aria-describedby': `${id}-desc` };
  return linked ? { role: 'presentation' } : { 'aria-hidden': 'true' };
}

function LineShape({ line: { path, look } }: { line: DrawnLine }) {
  return <path d={path} class={`fd-map__line fd-map__line--${look}`} />;
}

function BoxShape({ box }: { box: Box }) {
  const drawn = (
    <>
      <rect
        x={round(box.x)}
        y={round(box.y)}
        width={round(box.width)}
        height={round(box.height)}
        rx="8"
        class={['fd-map__box', ...box.looks.map((look) => `fd-map__box--${look}`)].join(' ')}
      />
      {box.texts.map(({ x, y, text, look }) => (
        <text x={round(x)} y={round(y)} class={`fd-map__text fd-map__text--${look}`}>
          {text}
        </text>
      ))}
    </>
  );
  return box.href === undefined ? <g>{drawn}</g> : <a href={box.href}>{drawn}</a>;
}

/** Different shapes, so that meaning never depends on colour: a tick, a dot in a ring, a small empty ring. */
function DotShape({ dot: { x, y, look } }: { dot: Dot }) {
  if (look === 'passed') return <circle cx={round(x)} cy={round(y)} r="4" class="fd-map__dot fd-map__dot--passed" />;
  return (
    <g class={`fd-map__dot fd-map__dot--${look}`}>
      <circle cx={round(x)} cy={round(y)} r="10" />
      {look === 'here' ? (
        <circle cx={round(x)} cy={round(y)} r="4" class="fd-map__tick" />
      ) : (
        <path d={`M${round(x - 5)} ${round(y)}l3.5 4l6.5 -8`} class="fd-map__tick" />
      )}
    </g>
  );
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
