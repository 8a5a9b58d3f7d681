import { fastRun } from '../../execute/fast-run.ts';
import { fastStatus } from '../../execute/fast-status.ts';
import { openProject } from '../../execute/project/project.ts';
import { showEvents } from '../choose-renderer.ts';
import type { CliIo } from '../cli-io.ts';

/** `run` with nothing to do, without parser, bundler or schema library; null when a full run has to look. */
export async function tryFastRun(args: readonly string[], io: CliIo): Promise<number | null> {
  if (io.env['GITHUB_ACTIONS'] !== undefined || io.env['GITHUB_STEP_SUMMARY'] !== undefined) return null; // the page of the job wants more
  const project = openProject(io.cwd, io.env);
  const kept = fastStatus(project, io.env)?.run ?? null;
  if (kept === null) return null;
  const texts = { out: '', say: '' }; // written at once: a thousand small writes cost more than all the rest
  const renderer = await showEvents(
    { ...io, out: (text) => void (texts.out += text), say: (text) => void (texts.say += text) },
    args.includes('--json'),
  );
  const done = await fastRun(project, kept, renderer.sink);
  await renderer.close();
  if (!done) return null;
  if (texts.out !== '') io.out(texts.out);
  if (texts.say !== '') io.say(texts.say);
  return 0;
}
