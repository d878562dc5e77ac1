/**
 * Puts a finished page into another language. The pages of the public and children use the same components as those of
 * professionals. Translating the page instead of each component means that no component can be forgotten. What has no
 * translation stays in English and is marked as English for screen readers. It parses HTML as hono/jsx writes it:
 * closed elements, double quotes, `<` and `>` always escaped.
 */
import { readReferences } from '../../server/base/letter-references.ts';
import { type Language, type Piece, translatorOf } from '../../server/flow/translation/language.ts';

const TOKENS = /<[^>]*>|[^<]+/g;
const VOID = new Set(['area', 'br', 'col', 'hr', 'img', 'input', 'link', 'meta', 'wbr']);
/** Elements that are not for readers, or that contain a document's own title. */
const LEFT_ALONE = new Set(['script', 'style', 'cite']);
/** Elements that can only contain text, so the language of a part of it cannot be marked. */
const PLAIN_TEXT = new Set(['title', 'option', 'textarea']);
/** govuk-frontend's script for "Exit this page" has its own English words unless it gets others. */
const EXIT = 'data-module="govuk-exit-this-page"';
const EXIT_WORDS = {
  activated: 'Loading.',
  'timed-out': 'Exit this page expired.',
  'press-two-more-times': 'Shift, press 2 more times to exit.',
  'press-one-more-time': 'Shift, press 1 more time to exit.',
};
const WITH_WORDS = Object.entries(EXIT_WORDS).reduce(
  (tag, [name, words]) => `${tag} data-i18n.${name}="${words}"`,
  EXIT,
);
const ATTRIBUTES = /\s(aria-label|title|placeholder|alt|data-i18n\.[\w-]+|data-copied)="([^"]*)"/g;

const FOR_SCRIPTS = /\sdata-words="([^"]*)"/;

export function inLanguage(html: string, language: Language): string {
  const reader = new PageReader(language);
  return html.replace(TOKENS, (token) => (token.startsWith('<') ? reader.tag(token) : reader.text(token)));
}

class PageReader {
  private readonly language: Language;
  /** The enclosing elements. `alone`: must not be translated. */
  private readonly around: { name: string; alone: boolean }[] = [];

  constructor(language: Language) {
    this.language = language;
  }

  tag(tag: string): string {
    const name = /^<\/?([\w-]+)/.exec(tag)?.[1]?.toLowerCase();
    if (name === undefined) return tag;
    if (tag.startsWith('</')) {
      this.around.pop();
      return tag;
    }
    const isAlone = this.isAlone();
    const stays = isAlone || LEFT_ALONE.has(name) || /\stranslate="no"/.test(tag);
    if (!VOID.has(name) && !tag.endsWith('/>')) this.around.push({ name, alone: stays });
    if (stays) return isAlone || /\slang="/.test(tag) ? tag : tag.replace(/\/?>$/, ' lang="en" dir="ltr"$&');
    return tag
      .replace(EXIT, WITH_WORDS)
      .replace(ATTRIBUTES, (_, attribute: string, value: string) => {
        const words = this.pieces(value).map((piece) => escapeHtml(piece.words));
        return ` ${attribute}="${words.join(' ')}"`;
      })
      .replace(FOR_SCRIPTS, (_, value: string) => ` data-words="${escapeHtml(this.wordsForScripts(value))}"`);
  }

  /** A list of sentences → each with its translation. */
  private wordsForScripts(escaped: string): string {
    const sentences: string[] = JSON.parse(unescapeHtml(escaped));
    const known = this.language.sentences;
    return JSON.stringify(Object.fromEntries(sentences.map((sentence) => [sentence, known[sentence] ?? sentence])));
  }

  text(text: string): string {
    const [, before = '', words = '', after = ''] = /^(\s*)(.*?)(\s*)$/s.exec(text) ?? [];
    if (words === '' || this.isAlone()) return text;
    const isPlain = PLAIN_TEXT.has(this.around.at(-1)?.name ?? '');
    return (
      before +
      this.pieces(words)
        .map((piece) => this.write(piece, isPlain))
        .join(' ') +
      after
    );
  }

  private isAlone(): boolean {
    return this.around.at(-1)?.alone === true;
  }

  private pieces(escaped: string): Piece[] {
    return translatorOf(this.language)(unescapeHtml(escaped));
  }

  private write({ words, english }: Piece, isPlain: boolean): string {
    const escaped = escapeHtml(words);
    if (isPlain) return escaped;
    if (english) return `<span lang="en" dir="ltr">${escaped}</span>`;
    // In right-to-left text, a number with spaces would be read from its end.
    return this.language.direction === 'ltr'
      ? escaped
      : escaped.replace(/\d+(?: \d+)+/g, (number) => `<bdi dir="ltr">${number}</bdi>`);
  }
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#39;': "'",
  '&amp;': '&',
};

function unescapeHtml(text: string): string {
  return readReferences(text).replace(/&(?:lt|gt|quot|#39|amp);/g, (entity) => ENTITIES[entity] ?? entity);
}

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
