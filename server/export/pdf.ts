/**
 * The record, or another document of a consultation, as a PDF to file or print: A4, tagged (headings, paragraphs, lists, language, title,
 * bookmarks), no letter lost. Every page says that it is not a referral.
 */
import { setImmediate } from 'node:timers/promises';
import PDFDocument from 'pdfkit';
import { describeDay, describeInstant, localDay } from '../base/days.ts';
import { endLabel } from '../base/text.ts';
import type { ConsultationRecord } from '../consultation/record.ts';
import type { Block } from './blocks.ts';
import { openSlice, SLICES, type Slice, type Weight } from './fonts.ts';
import { breakLines, type Letters, type LineOfText, type Piece } from './lines.ts';
import { describeSections, NO_REFERRAL, type Section, TITLE, whoIsNotTold } from './sections.ts';

interface Style {
  size: number;
  weight: Weight;
  color: string;
}

const PAGE = { width: 595.28, height: 841.89, left: 54, top: 92, bottom: 64 };
const TEXT_WIDTH = PAGE.width - 2 * PAGE.left;
/** Width of the column for short names, in points. */
const NAME_WIDTH = 118;
const LONGEST_NAME = 20;
const INDENT = 12;
const LINE_HEIGHT = 1.36;
/** Space for a handwritten line, and the side of a box to tick, in points. */
const WRITING_LINE = 22;
const BOX = 9;
/** Line height of the warnings at the top of every page. Two lines fit above the rule. */
const EDGE_LINE = 9.5;

const INK = '#0b0c0c';
const STYLES = {
  title: { size: 19, weight: 'bold', color: INK },
  heading: { size: 13, weight: 'bold', color: '#12436d' },
  name: { size: 9.5, weight: 'bold', color: INK },
  text: { size: 9.5, weight: 'regular', color: INK },
  small: { size: 8.25, weight: 'regular', color: '#484949' },
  warning: { size: 11, weight: 'bold', color: '#942514' },
  edge: { size: 8.25, weight: 'regular', color: '#484949' },
  edgeWarning: { size: 8.25, weight: 'bold', color: '#942514' },
} as const satisfies Record<string, Style>;

const NAMED_LETTERS =
  'Letters that this file cannot draw stand as their numbers, such as [U+9673]. They can be copied from here, and the downloads as text and as JSON show them.';

/** Everything in a document other than its sections. */
export interface PaperFrame {
  title: string;
  /** The consultation's reference, or the name of the empty form. */
  reference: string;
  /** Undefined for an empty form, which belongs to no consultation. */
  openedAt?: string;
  printedAt: string;
  /** Says that this is not a referral, and who has not been told. Shown at the top and on every page. */
  warnings: string[];
}

export function toPdf(record: ConsultationRecord): Promise<Buffer> {
  const { reference, openedAt, printedAt } = record;
  const warnings = [NO_REFERRAL, ...whoIsNotTold(record)].map((warning) => `${warning}.`);
  return drawPdf({ title: TITLE, reference, openedAt, printedAt, warnings }, describeSections(record));
}

/**
 * A question of an empty form, to be answered by hand: boxes to tick, lines to write on, or a table with empty cells.
 */
export interface Blank {
  kind: 'blank';
  name: string;
  hints: string[];
  boxes: string[];
  table?: { columns: string[]; rows: string[][] };
  /** Label of the lines, if it is not the question itself. */
  lines: { name?: string; count: number };
}

export interface PaperSection {
  title: string;
  blocks: (Section['blocks'][number] | Blank)[];
}

export async function drawPdf(frame: PaperFrame, sections: readonly PaperSection[]): Promise<Buffer> {
  const paper = new Paper(frame);
  const whole = paper.doc.struct('Document');
  paper.doc.addStructure(whole);
  paper.drawTop(whole, frame);
  for (const section of sections) {
    paper.drawSection(whole, section);
    // A long record takes a while: let other requests run in between.
    await setImmediate();
  }
  paper.drawNamedLetters(whole);
  whole.end();
  paper.drawEdges(frame);
  return paper.finish();
}

type Element = ReturnType<PDFKit.PDFDocument['struct']>;

class Paper {
  readonly doc: PDFKit.PDFDocument;
  private readonly fonts: Fonts;
  private readonly chunks: Buffer[] = [];
  private readonly written: Promise<void>;
  /** Top of the next line, in points from the top of the page. */
  private y = PAGE.top;

  constructor({ title, reference, printedAt, warnings }: PaperFrame) {
    this.doc = new PDFDocument({
      size: 'A4',
      margin: 0,
      // None of pdfkit's standard fonts: they are not embedded.
      font: null as never,
      pdfVersion: '1.7',
      subset: 'PDF/UA' as never,
      tagged: true,
      lang: 'en-GB',
      displayTitle: true,
      bufferPages: true,
      info: {
        Title: `${title} ${reference}`,
        Subject: warnings[0] ?? '',
        Creator: 'Front Door',
        Producer: 'Front Door',
        CreationDate: new Date(printedAt),
      },
    });
    this.fonts = new Fonts(this.doc);
    this.doc.on('data', (chunk: Buffer) => this.chunks.push(chunk));
    this.written = new Promise((resolve, reject) => this.doc.on('end', resolve).on('error', reject));
  }

  drawTop(parent: Element, { title, reference, warnings }: PaperFrame): void {
    this.drawText(this.child(parent, 'H1'), `${title}\n${reference}`, STYLES.title);
    this.y += 4;
    for (const warning of warnings) this.drawText(this.child(parent, 'P'), warning, STYLES.warning);
  }

  drawSection(parent: Element, { title, blocks }: PaperSection): void {
    const element = this.child(parent, 'Sect');
    this.y += 12;
    this.keepTogether(56);
    this.doc.outline.addItem(title);
    this.drawText(this.child(element, 'H2'), title, STYLES.heading);
    this.y += 3;
    const isList = blocks.some((block) => block.kind === 'item');
    const list = isList ? this.child(element, 'L') : element;
    for (const block of blocks) this.drawBlock(block.kind === 'item' ? list : element, block);
    if (isList) list.end();
    element.end();
  }

  private drawBlock(parent: Element, block: Block | Blank): void {
    this.keepTogether(30);
    switch (block.kind) {
      case 'paragraph':
        this.drawText(this.child(parent, 'P'), block.text, STYLES.text);
        break;
      case 'item':
        this.drawItem(parent, block.text, block.beneath);
        break;
      case 'blank':
        this.drawBlank(parent, block);
        break;
      case 'fact':
        if (block.name.length <= LONGEST_NAME) this.drawBeside(parent, block.name, block.value);
        else this.drawBelow(parent, block.name, block.value);
        this.drawBeneath(parent, block.beneath, block.name.length <= LONGEST_NAME ? NAME_WIDTH : INDENT);
    }
    this.y += 5;
  }

  private drawBlank(parent: Element, { name, hints, boxes, table, lines }: Blank): void {
    this.drawText(this.child(parent, 'P'), name, STYLES.name);
    this.drawBeneath(parent, hints, 0);
    if (boxes.length > 0) this.drawBoxes(this.child(parent, 'L'), boxes);
    if (table !== undefined) this.drawTable(this.child(parent, 'Table'), table);
    if (lines.name !== undefined) this.drawText(this.child(parent, 'P'), lines.name, STYLES.small);
    for (let line = 0; line < lines.count; line++) {
      this.keepTogether(WRITING_LINE);
      this.y += WRITING_LINE;
      this.drawArtifact(() => this.drawRule(this.y - 4));
    }
  }

  private drawBoxes(list: Element, boxes: readonly string[]): void {
    for (const text of boxes) {
      const element = this.child(list, 'LI');
      this.keepTogether(STYLES.text.size * LINE_HEIGHT);
      this.drawArtifact(() => this.drawFrame({ x: PAGE.left, top: this.y + 2, width: BOX, height: BOX }));
      this.drawText(this.child(element, 'LBody'), text, STYLES.text, BOX + 6);
      this.y += 2;
      element.end();
    }
    list.end();
  }

  private drawTable(parent: Element, { columns, rows }: NonNullable<Blank['table']>): void {
    this.y += 3;
    this.drawRow(parent, columns, 'TH');
    for (const row of rows) this.drawRow(parent, row, 'TD');
    parent.end();
    this.y += 4;
  }

  /** A row is never split across two pages. */
  private drawRow(parent: Element, cells: readonly string[], type: 'TH' | 'TD'): void {
    const style = type === 'TH' ? STYLES.name : STYLES.text;
    const width = TEXT_WIDTH / cells.length;
    const all = cells.map((text) => breakLines(text, width - 8, this.fonts.letters(style)));
    const height = Math.max(WRITING_LINE, ...all.map((lines) => lines.length * style.size * LINE_HEIGHT + 6));
    this.keepTogether(height);
    const top = this.y;
    const row = this.child(parent, 'TR');
    for (const [index, lines] of all.entries()) {
      const x = PAGE.left + index * width;
      this.y = top;
      this.drawArtifact(() => this.drawFrame({ x, top, width, height }));
      const cell = this.child(row, type);
      this.y = top + 3;
      for (const line of lines) {
        this.drawTagged(cell, line, style, x + 4);
        this.y += style.size * LINE_HEIGHT;
      }
      cell.end();
    }
    row.end();
    this.y = top + height;
  }

  /** For decoration, which screen readers skip. */
  private drawArtifact(draw: () => void): void {
    this.doc.markContent('Artifact', { type: 'Layout' });
    draw();
    this.doc.endMarkedContent();
  }

  private drawFrame({ x, top, width, height }: Record<'x' | 'top' | 'width' | 'height', number>): void {
    this.doc.rect(x, top, width, height).lineWidth(0.75).strokeColor(INK).stroke();
  }

  private drawItem(list: Element, text: string, beneath: string[]): void {
    const element = this.child(list, 'LI');
    const top = this.y;
    this.drawText(this.child(element, 'Lbl'), '•', STYLES.text);
    this.y = top;
    const body = this.child(element, 'LBody');
    this.drawText(this.child(body, 'P'), text, STYLES.text, INDENT);
    this.drawBeneath(body, beneath, INDENT);
    body.end();
    element.end();
  }

  private drawBeside(parent: Element, name: string, value: string): void {
    const [top, page] = [this.y, this.doc.page];
    const element = this.child(parent, 'P');
    this.drawText(this.child(element, 'Span'), endLabel(name), STYLES.name);
    if (this.doc.page === page) this.y = top;
    this.drawText(this.child(element, 'Span'), value, STYLES.text, NAME_WIDTH);
    element.end();
  }

  private drawBelow(parent: Element, name: string, value: string): void {
    this.drawText(this.child(parent, 'P'), name, STYLES.name);
    this.drawText(this.child(parent, 'P'), value, STYLES.text, INDENT);
  }

  private drawBeneath(parent: Element, beneath: string[], indent: number): void {
    for (const text of beneath) this.drawText(this.child(parent, 'P'), text, STYLES.small, indent);
  }

  drawNamedLetters(parent: Element): void {
    if (!this.fonts.named) return;
    this.y += 12;
    this.drawText(this.child(parent, 'P'), NAMED_LETTERS, STYLES.small);
  }

  /** Draws text into a new structure element, across as many pages as needed. */
  private drawText(element: Element, text: string, style: Style, indent = 0): void {
    const lines = breakLines(text, TEXT_WIDTH - indent, this.fonts.letters(style));
    for (const [index, line] of lines.entries()) {
      this.keepTogether(style.size * LINE_HEIGHT);
      this.drawTagged(element, line, style, PAGE.left + indent);
      // An invisible space for screen readers: the sentence continues on the next line.
      if (index < lines.length - 1)
        element.add(() => this.drawPiece(this.fonts.blank(style), style, PAGE.left, this.y));
      this.y += style.size * LINE_HEIGHT;
    }
    element.end();
  }

  /** A piece drawn differently from its real text gets its own element, with the real text. */
  private drawTagged(element: Element, line: LineOfText, style: Style, left: number): void {
    let x = line.atRight ? PAGE.width - PAGE.left - line.width : left;
    for (const pieces of groupPieces(line.pieces)) {
      const draw = () => {
        for (const piece of pieces) x = this.drawPiece(piece, style, x, this.y);
      };
      const [{ stretch, actual } = {}] = pieces;
      if (stretch !== undefined) element.add(this.doc.struct('Span', { actual: stretch }, draw));
      else if (actual !== undefined) this.drawActual(element, actual, style, draw);
      else element.add(draw);
    }
  }

  /** Marks the real text in the page content too, for programs that copy or search without the structure. */
  private drawActual(parent: Element, actual: string, { size }: Style, draw: () => void): void {
    const span = this.child(parent, 'Span');
    const content = this.doc.markStructureContent('Span', { actual });
    draw();
    // Poppler places and sizes the words by the coordinates and font in force at the end, so they must be those of the text.
    this.doc.save().transform(1, 0, 0, -1, 0, PAGE.height);
    this.doc.addContent(`/${this.fonts.current()} ${size} Tf`).endMarkedContent().restore();
    span.add(content).end();
  }

  /** Returns the x of the next piece. */
  private drawPiece({ text, font, shaped }: Piece, { size, color }: Style, x: number, top: number): number {
    this.doc.font(font).fontSize(size).fillColor(color);
    // With any feature, pdfkit sets the text as a whole instead of word by word from the left.
    const features = shaped ? { features: ['ccmp' as const] } : {};
    this.doc.text(text, x, top + size, { lineBreak: false, baseline: 'alphabetic', ...features });
    return x + this.fonts.measure(text, font, shaped, size);
  }

  private keepTogether(height: number): void {
    if (this.y + height <= PAGE.height - PAGE.bottom) return;
    this.doc.continueOnNewPage();
    this.y = PAGE.top;
  }

  private child(parent: Element, type: string): Element {
    const element = this.doc.struct(type);
    parent.add(element);
    return element;
  }

  /** Header and footer of every page, marked as artifacts for screen readers, since the text says the same. */
  drawEdges({ reference, openedAt, printedAt, warnings }: PaperFrame): void {
    const { count } = this.doc.bufferedPageRange();
    const warning = warnings.join(' ');
    for (let index = 0; index < count; index++) {
      this.doc.switchToPage(index);
      this.doc.markContent('Artifact', { type: 'Pagination' });
      this.drawEdge(`Front Door, ${openedAt === undefined ? '' : 'consultation '}${reference}`, 38, STYLES.edge);
      if (openedAt !== undefined) this.drawEdge(`Begun ${describeInstant(openedAt)}`, 38, STYLES.edge, true);
      this.drawEdge(warning, 50, STYLES.edgeWarning);
      this.drawRule(70);
      this.drawRule(PAGE.height - 50);
      const made =
        openedAt === undefined
          ? `Made on ${describeDay(localDay(printedAt))}`
          : `Printed ${describeInstant(printedAt)}`;
      this.drawEdge(made, PAGE.height - 44, STYLES.edge);
      this.drawEdge(`Page ${index + 1} of ${count}`, PAGE.height - 44, STYLES.edge, true);
      this.doc.endMarkedContent();
    }
  }

  private drawEdge(text: string, top: number, style: Style, atRight = false): void {
    for (const [index, { pieces, width }] of breakLines(text, TEXT_WIDTH, this.fonts.letters(style)).entries()) {
      let x = atRight ? PAGE.width - PAGE.left - width : PAGE.left;
      for (const piece of pieces) x = this.drawPiece(piece, style, x, top + index * EDGE_LINE);
    }
  }

  private drawRule(y: number): void {
    this.doc
      .moveTo(PAGE.left, y)
      .lineTo(PAGE.width - PAGE.left, y)
      .lineWidth(0.5)
      .strokeColor('#b1b4b6')
      .stroke();
  }

  async finish(): Promise<Buffer> {
    this.doc.end();
    await this.written;
    return Buffer.concat(this.chunks);
  }
}

/** Groups the pieces of one right-to-left stretch. A piece drawn differently from its text stands alone; other neighbours are grouped. */
function groupPieces(pieces: Piece[]): Piece[][] {
  const groups: Piece[][] = [];
  for (const piece of pieces) {
    const last = groups.at(-1);
    const [before] = last ?? [];
    const alone = piece.stretch === undefined && (piece.actual !== undefined || before?.actual !== undefined);
    if (last !== undefined && before?.stretch === piece.stretch && !alone) last.push(piece);
    else groups.push([piece]);
  }
  return groups;
}

/** The fonts that one document has opened. */
class Fonts {
  /** Whether any letter had to be written as its code point. */
  named = false;
  private readonly doc: PDFKit.PDFDocument;
  private readonly found = new Map<string, { font: string; shaped: boolean } | undefined>();
  private readonly holds = new Map<string, (code: number) => boolean>();

  constructor(doc: PDFKit.PDFDocument) {
    this.doc = doc;
  }

  letters({ weight, size }: Style): Letters {
    const plain = this.open(SLICES[0] as Slice, weight);
    return {
      plain,
      find: (cluster) => this.find(cluster, weight),
      measure: (text, font, shaped) => this.measure(text, font, shaped, size),
    };
  }

  blank({ weight }: Style): Piece {
    return { text: ' ', font: this.open(SLICES[0] as Slice, weight), shaped: false };
  }

  /** Measures with a trailing space, as pdfkit does for words within a line, so that pdfkit can reuse the layout from its cache. */
  measure(text: string, font: string, shaped: boolean, size: number): number {
    this.doc.font(font).fontSize(size);
    if (shaped) return this.doc.widthOfString(text, { features: ['ccmp'] });
    return text === ' '
      ? this.doc.widthOfString(' ')
      : this.doc.widthOfString(`${text} `) - this.doc.widthOfString(' ');
  }

  private find(cluster: string, weight: Weight): { font: string; shaped: boolean } | undefined {
    const key = `${weight} ${cluster}`;
    if (!this.found.has(key)) this.found.set(key, this.search(cluster, weight));
    const found = this.found.get(key);
    if (found === undefined) this.named = true;
    return found;
  }

  private search(cluster: string, weight: Weight): { font: string; shaped: boolean } | undefined {
    const codes = [...cluster].map((letter) => letter.codePointAt(0) ?? 0);
    for (const slice of SLICES) {
      if (!slice.letters.test(cluster)) continue;
      const font = this.findFont(slice, weight);
      if (font !== undefined && codes.every((code) => this.holds.get(font)?.(code)))
        return { font, shaped: slice.shaped };
    }
    return undefined;
  }

  /** If a font package is not installed, the record is still printed, with the missing letters as code points. */
  private findFont(slice: Slice, weight: Weight): string | undefined {
    try {
      return this.open(slice, weight);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'MODULE_NOT_FOUND') return undefined;
      throw error;
    }
  }

  /** The page's resource name of the current font. */
  current(): string {
    return openedFont(this.doc).id;
  }

  private open(slice: Slice, weight: Weight): string {
    const name = `${slice.name} ${slice.onlyRegular ? 'regular' : weight}`;
    if (this.holds.has(name)) return name;
    this.doc.registerFont(name, openSlice(slice, weight));
    this.doc.font(name);
    const { font } = openedFont(this.doc);
    if (slice.shaped) withoutFailing(font);
    this.holds.set(name, (code) => font.hasGlyphForCodePoint(code));
    return name;
  }
}

interface OpenedFont {
  hasGlyphForCodePoint(code: number): boolean;
  layout(text: string, features?: string[] | Record<string, boolean>, ...more: unknown[]): unknown;
}

/** The font that pdfkit has opened, which is missing from its types. */
function openedFont(doc: PDFKit.PDFDocument) {
  return (doc as unknown as { _font: { id: string; font: OpenedFont } })._font;
}

/** OpenType features that move marks to their place on a letter. */
const MOVES_MARKS = { mark: false, mkmk: false, abvm: false, blwm: false, dist: false };

/**
 * fontkit throws if a letter has no place for a mark. Marks then stay where they are, so that no record fails because
 * of its letters.
 */
function withoutFailing(font: OpenedFont): void {
  const layout = font.layout.bind(font);
  font.layout = (text, features = [], ...more) => {
    try {
      return layout(text, features, ...more);
    } catch {
      const wanted = Array.isArray(features) ? Object.fromEntries(features.map((name) => [name, true])) : features;
      return layout(text, { ...wanted, ...MOVES_MARKS }, ...more);
    }
  };
}
