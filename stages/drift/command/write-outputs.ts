import { appendFile, mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { messageOf, SluiceError } from '../../../pipeline/index.ts';
import { driftSchema, type DriftResult } from '../drift-schema.ts';
import { driftPage, type DriftPageContext } from '../page/drift-page.ts';
import { junitXml } from './junit-xml.ts';
import { summaryMarkdown } from './summary-markdown.ts';

export interface Outputs {
  /** Absolute paths; undefined ones are not written. */
  readonly out: string | undefined;
  readonly junit: string | undefined;
  readonly markdown: string | undefined;
  readonly page: DriftPageContext;
}

/** Writes what was asked for. @returns the paths */
export async function writeOutputs(result: DriftResult, { out, junit, markdown, page }: Outputs): Promise<readonly string[]> {
  const files: (readonly [path: string, text: string])[] = [];
  if (out !== undefined)
    files.push(
      [join(out, 'drift.json'), `${JSON.stringify(driftSchema.parse(result), null, 2)}\n`],
      [join(out, 'drift.html'), driftPage(result, page)],
    );
  if (junit !== undefined) files.push([junit, junitXml(result)]);
  try {
    for (const [path, text] of files) {
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, text);
    }
    if (markdown !== undefined) {
      await mkdir(dirname(markdown), { recursive: true });
      // A job's summary gathers what its steps say.
      await appendFile(markdown, summaryMarkdown(result));
    }
  } catch (error) {
    throw new SluiceError('SOURCE_MISSING', `the outputs cannot be written: ${messageOf(error)}`, {
      cause: error,
      hint: 'Name a folder that may be written.',
    });
  }
  return [...files.map(([path]) => path), ...(markdown === undefined ? [] : [markdown])];
}
