/** Before the tests in a browser, once: finds it. */
import { findBrowser } from './find-browser.ts';

export default function setup(): void {
  process.env.FRONT_DOOR_BROWSER = findBrowser();
}
