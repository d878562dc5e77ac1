/** Finds the files and commands that documents name. `documents.test.ts` checks that they exist. */

export interface Named {
  files: string[];
  commands: string[];
}

/**
 * Files in links, relative to the document; and files in code, relative to the root or the document: words with a
 * folder and an extension, without spaces or placeholders.
 */
export function namedIn(text: string): Named {
  const links = [...text.matchAll(/\]\(([^)#:]+)\)/g)].map(([, path = '']) => path);
  const code = [...text.matchAll(/`([\w./-]+\/[\w.-]+\.(?:ts|tsx|js|json|svg|md|yaml))`/g)].map(
    ([, path = '']) => `/${path}`,
  );
  const commands = [...text.matchAll(/npm\s+run\s+(?:-s\s+)?([\w:-]+)/g)].map(([, name = '']) => name);
  return { files: [...new Set([...links, ...code])], commands: [...new Set(commands)] };
}

/** Prose, links and headings over 121 characters; tables, pictures and code may be longer. */
export function longLines(text: string): number[] {
  let isCode = false;
  return text.split('\n').flatMap((line, index) => {
    if (line.startsWith('```')) isCode = !isCode;
    return line.length > 121 && !isCode && !line.startsWith('|') ? [index + 1] : [];
  });
}
