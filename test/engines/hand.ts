/**
 * What a person does with a page in one of the engines: opening it, pressing, typing, reading. Each action waits until
 * the page is ready.
 */
import { type Engine, wait } from './engine.ts';

export type Hand = ReturnType<typeof createHand>;

export function createHand(engine: Engine, origin: string) {
  /** Waits for at most half a minute. A page that is being left cannot be asked. */
  async function until(condition: string): Promise<void> {
    for (let left = 150; left > 0; left--) {
      const holds = `document.readyState === 'complete' && (${condition})`;
      if ((await engine.evaluate(holds).catch(() => false)) === true) return;
      await wait(200);
    }
    const at = await engine.evaluate(
      'location.pathname + ": " + document.querySelector("main")?.innerText.slice(0, 300)',
    );
    throw new Error(`after half a minute this does not hold: ${condition}, at ${at}`);
  }

  async function press(selector: string): Promise<void> {
    const found = `document.querySelector(${JSON.stringify(selector)})`;
    await until(`${found} !== null`);
    await engine.evaluate(`(${found}.click(), true)`);
  }

  return {
    until,
    press,
    /** Tries again if a page that was still loading came instead. */
    async go(path: string): Promise<void> {
      for (let left = 3; left > 0; left--) {
        await engine.go(origin + path).catch(() => undefined);
        if ((await engine.evaluate('location.pathname').catch(() => '')) === path) return;
        await wait(500);
      }
      throw new Error(`${path} does not open: ${await engine.evaluate('location.pathname')}`);
    },
    /** Presses a button or link by its words, or by their beginning. */
    async pressWords(words: string): Promise<void> {
      const all = `[...document.querySelectorAll('main button, main a, main summary')]`;
      const found = `${all}.find((one) => one.textContent.trim().startsWith(${JSON.stringify(words)}))`;
      await until(`${found} !== undefined`);
      await engine.evaluate(`(${found}.click(), true)`);
    },
    async type(selector: string, text: string): Promise<void> {
      const found = `document.querySelector(${JSON.stringify(selector)})`;
      await until(`${found} !== null`);
      const events = `['input', 'change'].forEach((name) => field.dispatchEvent(new Event(name, { bubbles: true })))`;
      await engine.evaluate(
        `((field) => { field.value = ${JSON.stringify(text)}; ${events}; return true; })(${found})`,
      );
    },
    /** Waits until the main part shows these words, and expects that nothing in it scrolls sideways. */
    async sees(words: string): Promise<void> {
      await until(`document.querySelector('main')?.innerText.includes(${JSON.stringify(words)})`);
      await expectNoSidewaysScroll(engine);
    },
    ask: (expression: string) => engine.evaluate(expression),
  };
}

export async function expectNoSidewaysScroll(engine: Engine): Promise<void> {
  const wide = await engine.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');
  if (Number(wide) > 0)
    throw new Error(`the page scrolls sideways by ${wide} px, at ${await engine.evaluate('location.pathname')}`);
}
