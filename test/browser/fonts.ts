/**
 * The letters of the tests' browser. What fits on the first screen of a phone, and what scrolls sideways, depends on the
 * system's font, so the same page passed on one machine and failed on another. Noto Sans is wider than what most
 * telephones have.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const fonts = join(import.meta.dirname, '..', '..', 'node_modules', '@expo-google-fonts', 'noto-sans');

const prefer = (family: string) => `<match target="pattern">
    <test name="family"><string>${family}</string></test>
    <edit name="family" mode="assign" binding="strong"><string>Noto Sans</string></edit>
  </match>`;

/**
 * `env`: the environment in which to start the browser. Other scripts keep the system's fonts, and other systems than
 * Linux keep all of them.
 */
export function prepareFonts(): { env: Record<string, string>; remove(): void } {
  const folder = mkdtempSync(join(tmpdir(), 'front-door-fonts-'));
  const file = join(folder, 'fonts.conf');
  writeFileSync(
    file,
    `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <include ignore_missing="yes">/etc/fonts/fonts.conf</include>
  <dir>${fonts}</dir>
  <cachedir>${folder}</cachedir>
  ${['system-ui', 'sans', 'sans-serif'].map(prefer).join('\n  ')}
</fontconfig>
`,
  );
  const env = { ...process.env, FONTCONFIG_FILE: file } as Record<string, string>;
  return { env, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
