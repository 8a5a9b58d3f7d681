import { join } from 'node:path';
import type { BundleOptions } from './bundle.ts';
import { runEsbuild } from './run-esbuild.ts';

/** Each edit costs a bundling: with more of them, all count. */
const MOST = 12;

/**
 * Which of several edited files change the code that runs: those whose earlier text would give another bundle. An edit of what
 * is not used, in a file that is, changes none.
 * @param edits file, relative to the project, to its earlier text
 */
export async function effectiveEdits(
  entry: string,
  edits: ReadonlyMap<string, string>,
  options: BundleOptions,
): Promise<ReadonlySet<string>> {
  if (edits.size < 2 || edits.size > MOST) return new Set(edits.keys());
  const codeWith = async (overlay: ReadonlyMap<string, string>): Promise<string | null> =>
    (await runEsbuild([entry], options, overlay)).get(entry)?.code ?? null;
  const now = await codeWith(new Map());
  const checked = await Promise.all(
    [...edits].map(async ([file, text]) => {
      const earlier = await codeWith(new Map([[join(options.projectDir, file), text]])).catch(() => null);
      return earlier !== null && earlier === now ? [] : [file];
    }),
  );
  return new Set(checked.flat());
}
