import { expect, it } from 'vitest';
import { readReferences, writeReferences } from '../../server/base/letter-references.ts';

it('a few characters outside Latin-1 become references, and can be read back', () => {
  for (const html of ['<p>I don’t know – “yes”</p>', '<p>It’s 😀 here, à côté</p>', '<p>plain</p>']) {
    const written = writeReferences(html);
    expect(written).not.toMatch(/[^\0-\xff]/);
    expect(readReferences(written)).toBe(html);
  }
});

it('a text in another script is not changed', () => {
  const urdu = '<p>کیا بچہ ابھی خطرے میں ہے؟</p>';
  expect(writeReferences(urdu)).toBe(urdu);
});

it('HTML’s own signs stay references, and a reference that somebody typed stays text', () => {
  for (const html of ['<p>&#39;&amp;&lt;</p>', '<p>&amp;#8217;</p>']) {
    expect(writeReferences(html)).toBe(html);
    expect(readReferences(html)).toBe(html);
  }
});
