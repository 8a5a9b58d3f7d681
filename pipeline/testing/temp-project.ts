import { mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { SluiceEvent, StageOutcome } from '../events/event.ts';
import { loadPipeline } from '../execute/project/load-pipeline.ts';
import { type Plan, planRun } from '../execute/plan-run.ts';
import { openProject, type Project } from '../execute/project/project.ts';
import { runPipeline, type RunOptions } from '../execute/run-pipeline.ts';
import { WHOLE_GRAPH } from '../execute/project/select-stages.ts';
import type { ConfigValues } from '../execute/project/workspace.ts';
import { runStory } from './run-story.ts';

const REPOSITORY = resolve(dirname(fileURLToPath(import.meta.url)), '../..');

export interface FinishedRun {
  readonly exitCode: number;
  readonly outcomes: Readonly<Record<string, StageOutcome>>;
  readonly events: readonly SluiceEvent[];
}

/** A project in a folder of its own (its name has a space and an accent), whose stages run in real child processes. */
export class TempProject implements AsyncDisposable {
  readonly dir: string;

  private constructor(dir: string) {
    this.dir = dir;
  }

  /** @param files path to content; `SLUICE` in it stands for the import path of the library */
  static async create(files: Readonly<Record<string, string>>): Promise<TempProject> {
    const dir = await realpath(await mkdtemp(join(tmpdir(), 'sluice projet é-')));
    const project = new TempProject(dir);
    await symlink(join(REPOSITORY, 'node_modules'), join(dir, 'node_modules'));
    await project.write({ 'package.json': '{"type":"module","sideEffects":false,"sluice":{}}', ...files });
    return project;
  }

  get project(): Project {
    return openProject(this.dir, {});
  }

  async write(files: Readonly<Record<string, string>>): Promise<void> {
    for (const [path, text] of Object.entries(files)) {
      await mkdir(dirname(join(this.dir, path)), { recursive: true });
      await writeFile(join(this.dir, path), text.replaceAll('SLUICE', join(REPOSITORY, 'pipeline/index.ts')));
    }
  }

  async run(config: ConfigValues = {}, options: Partial<RunOptions> = {}): Promise<FinishedRun> {
    const events: SluiceEvent[] = [];
    const { project } = this;
    const result = await runPipeline({
      project,
      loaded: await loadPipeline(project),
      config,
      selection: WHOLE_GRAPH,
      force: null,
      keepGoing: false,
      frozen: false,
      noWait: false,
      signal: new AbortController().signal,
      ...options,
      sink: (event) => {
        events.push(event);
        options.sink?.(event);
      },
    });
    return { exitCode: result.exitCode, outcomes: result.outcomes, events };
  }

  /** A run that a test builds on. @throws Error with what the run said, where it does not end with 0 */
  async runWell(config: ConfigValues = {}, options: Partial<RunOptions> = {}): Promise<FinishedRun> {
    const finished = await this.run(config, options);
    if (finished.exitCode === 0) return finished;
    throw new Error(`a run that should have gone well ended with ${finished.exitCode}:\n${runStory(finished.events, this.dir)}`);
  }

  async plan(config: ConfigValues = {}): Promise<Plan> {
    const { project } = this;
    return planRun({ project, loaded: await loadPipeline(project), config, selection: WHOLE_GRAPH, force: null });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await rm(this.dir, { recursive: true, force: true });
  }
}
