/** The drawings of the real flows. */
import { describe, expect, it } from 'vitest';
import { drawLadders } from '../../server/flow/draw/draw.ts';
import { drawLadder } from '../../server/flow/draw/draw-ladder.ts';
import { describeInPlainWords } from '../../server/flow/draw/plain-words.ts';
import type { Scene } from '../../server/flow/draw/scene.ts';
import { widthOf } from '../../server/flow/draw/shorten.ts';
import { realLibrary } from '../web/app.ts';

function overlaps(scene: Scene): string[] {
  const { boxes } = scene;
  return boxes.flatMap((box, index) =>
    boxes.slice(index + 1).flatMap((other) => {
      const apart = box.y + box.height <= other.y || other.y + other.height <= box.y;
      return apart ? [] : [`${box.texts[0]?.text} on ${other.texts[0]?.text}`];
    }),
  );
}

/** Texts that overflow their box, and boxes outside the drawing. */
function spills(scene: Scene): string[] {
  return scene.boxes.flatMap((box) => {
    const inside = box.x >= 0 && box.x + box.width <= scene.width && box.y + box.height <= scene.height;
    const bad = box.texts.filter(({ x, y, text }) => {
      const wide = x + widthOf(text, 13) > box.x + box.width + 1;
      return wide || y > box.y + box.height || y < box.y;
    });
    return [...(inside ? [] : ['a box']), ...bad.map(({ text }) => text)];
  });
}

describe('the drawing of a real flow', () => {
  const all = [...realLibrary.areas.values()].flatMap((area) => [...area.flows.values()]);

  it.each(all.map((item) => [`${item.area.id}/${item.id}`, item] as const))(
    '%s: nothing overlaps or spills',
    (_name, real) => {
      for (const ladder of drawLadders(real)) {
        const scene = drawLadder(ladder.rungs, () => '#x');
        expect(overlaps(scene)).toEqual([]);
        expect(spills(scene)).toEqual([]);
        expect(scene.boxes).toHaveLength(ladder.rungs.length);
      }
    },
  );

  it('every box of every flow has its description, under a unique id', () => {
    for (const real of all) {
      const spoken = describeInPlainWords(real).flatMap(({ steps }) => steps);
      expect(new Set(spoken.map(({ id }) => id)).size).toBe(spoken.length);
      for (const { text, cite } of spoken) {
        expect(text).not.toBe('');
        expect(cite.length).toBeGreaterThan(0);
      }
    }
  });
});
