/**
 * The hand-over sheet as a Word document: a table for each part, so that it can be completed and copied from. Every page
 * says that it is not a referral.
 */
import {
  Document,
  Footer,
  Header,
  HeadingLevel,
  type IParagraphOptions,
  Packer,
  PageNumber,
  Paragraph,
  Table,
  TableCell,
  TableRow,
  TextRun,
  WidthType,
} from 'docx';
import { describeInstant } from '../base/days.ts';
import { type HandoverSheetLine, partsOfHandoverSheet } from '../consultation/handover-sheet.ts';
import {
  ABOUT_HANDOVER_SHEET,
  HANDOVER_SHEET_TITLE,
  type HandoverSheetDocument,
  handoverSheetWarnings,
} from './handover-sheet.ts';

/** In twentieths of a point: A4 with margins of 2 cm. */
const PAGE = { width: 11_906, height: 16_838, margin: 1_134 };
const COLUMNS = [3_000, PAGE.width - 2 * PAGE.margin - 3_000];
const SPACE = { before: 60, after: 60 };
const RED = '942514';

const PAPER = {
  size: { width: PAGE.width, height: PAGE.height },
  margin: { top: PAGE.margin, bottom: PAGE.margin, left: PAGE.margin, right: PAGE.margin },
};

export async function handoverSheetToDocx(handoverSheet: HandoverSheetDocument): Promise<Buffer> {
  const warnings = handoverSheetWarnings(handoverSheet);
  const document = new Document({
    title: `${HANDOVER_SHEET_TITLE} ${handoverSheet.reference}`,
    subject: warnings[0] ?? '',
    creator: 'Front Door',
    styles: { default: { document: { run: { font: 'Arial', size: 21, language: { value: 'en-GB' } } } } },
    sections: [
      {
        properties: { page: PAPER },
        headers: { default: new Header({ children: [warning(warnings.join(' '), 16)] }) },
        footers: { default: new Footer({ children: [footer(handoverSheet)] }) },
        children: [
          new Paragraph({ heading: HeadingLevel.TITLE, text: `${HANDOVER_SHEET_TITLE} ${handoverSheet.reference}` }),
          ...warnings.map((text) => warning(text, 24)),
          new Paragraph({ text: ABOUT_HANDOVER_SHEET, spacing: SPACE }),
          ...partsOfHandoverSheet(handoverSheet.lines).flatMap(({ title, lines }) => [
            new Paragraph({ heading: HeadingLevel.HEADING_1, text: title, keepNext: true, spacing: SPACE }),
            partTable(lines),
          ]),
        ],
      },
    ],
  });
  return Packer.toBuffer(document);
}

function warning(text: string, size: number): Paragraph {
  return new Paragraph({ children: [new TextRun({ text, bold: true, color: RED, size })] });
}

function footer({ reference, areaName, openedAt, printedAt }: HandoverSheetDocument): Paragraph {
  const words = `Front Door, ${areaName}, consultation ${reference}, begun ${describeInstant(openedAt)}. Taken away ${describeInstant(printedAt)}. Page `;
  return new Paragraph({ children: [new TextRun({ text: words, size: 16 }), pageNumber()] });
}

function pageNumber(): TextRun {
  return new TextRun({ children: [PageNumber.CURRENT, ' of ', PageNumber.TOTAL_PAGES], size: 16 });
}

function partTable(lines: readonly HandoverSheetLine[]): Table {
  const rows = lines.map(
    ({ label, words }) =>
      new TableRow({ children: [cell(label, 0, { bold: true }), cell(words, 1)], cantSplit: words.length < 400 }),
  );
  return new Table({ columnWidths: COLUMNS, width: { size: 100, type: WidthType.PERCENTAGE }, rows });
}

function cell(text: string, column: 0 | 1, { bold = false } = {}): TableCell {
  const paragraphs = text.split('\n').map(
    (line): IParagraphOptions => ({
      children: [new TextRun({ text: line, bold })],
      spacing: SPACE,
    }),
  );
  return new TableCell({
    width: { size: COLUMNS[column] ?? 0, type: WidthType.DXA },
    margins: { left: 80, right: 80 },
    children: paragraphs.map((options) => new Paragraph(options)),
  });
}
