/** A drawing as plain shapes with coordinates in pixels, independent of SVG. It can be cut between two rungs for printing. */

export interface TextLine {
  x: number;
  /** The text's baseline. */
  y: number;
  text: string;
  look: TextLook;
}
export type TextLook = 'plain' | 'strong' | 'quiet' | 'small' | 'eyebrow';

export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
  /** Classes in `_map.scss`; 'bare' is text without a frame. */
  looks: string[];
  texts: TextLine[];
  /** Link to the description of the step. */
  href?: string;
}

export interface DrawnLine {
  path: string;
  look: 'path' | 'spine' | 'exit' | 'doubt' | 'head';
  top: number;
  bottom: number;
}

export interface Dot {
  x: number;
  y: number;
  look: 'ticked' | 'known' | 'here' | 'passed';
}

export interface Scene {
  width: number;
  height: number;
  boxes: Box[];
  lines: DrawnLine[];
  dots: Dot[];
  /** Heights at which the drawing can be cut without cutting through a box. */
  cuts: number[];
}

export interface Slice extends Scene {
  top: number;
}

/** Maximum height of a slice: a few rungs, small enough to fill printed pages well. */
const PIECE = 330;

/** Splits the drawing into slices, so that a page can break between them without cutting through a box. */
export function sliceScene(scene: Scene, most = PIECE): Slice[] {
  const edges = [0];
  const cuts = [...scene.cuts.filter((cut) => cut > 0 && cut < scene.height), scene.height];
  for (const [index, cut] of cuts.entries()) {
    const next = cuts[index + 1];
    const start = edges.at(-1) ?? 0;
    if (next === undefined || next - start > most) edges.push(cut);
  }
  return edges.slice(0, -1).map((top, index) => sliceAt(scene, top, edges[index + 1] ?? scene.height));
}

function sliceAt(scene: Scene, top: number, bottom: number): Slice {
  const inside = (from: number, to: number) => to >= top && from < bottom;
  return {
    top,
    width: scene.width,
    height: bottom - top,
    cuts: [],
    boxes: scene.boxes.filter((box) => box.y >= top && box.y < bottom),
    lines: scene.lines.filter((line) => inside(line.top, line.bottom)),
    dots: scene.dots.filter((dot) => dot.y >= top && dot.y < bottom),
  };
}
