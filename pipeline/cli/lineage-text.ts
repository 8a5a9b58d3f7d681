import type { LineageAnswer } from '../execute/answers/find-lineage.ts';
import type { LineageInput, LineageWork } from '../explain/lineage/lineage.ts';
import { plural } from '../util/format.ts';
import type { Paint } from '../util/paint.ts';

/** How many files of a folder are listed. */
const LISTED = 12;

/** The way up from an artifact to the data from outside, each work once, then that data and the code. */
export function lineageText(answer: LineageAnswer, paint: Paint): string {
  const lines: string[] = [];
  const { model } = answer;
  if (model !== null) {
    lines.push(
      `${paint.bold(`${model.name} version ${model.version}`)}${model.aliases.length === 0 ? '' : ` (${model.aliases.join(', ')})`}  ${paint.dim(`MLflow run ${model.runId}`)}`,
    );
  }
  for (const { name, digest } of answer.subjects) lines.push(`${paint.bold(name)}  sha256:${digest}`);
  const works = new Map(answer.works.map((work) => [work.fingerprint, work]));
  const seen = new Set<string>();
  const tree = (fingerprint: string, indent: string): void => {
    const work = works.get(fingerprint);
    if (work === undefined || seen.has(fingerprint)) return;
    seen.add(fingerprint);
    lines.push(`${indent}${workLine(work, answer, paint)}`);
    for (const [source, inputs] of bySource(work)) {
      const known = inputs[0]?.work ?? null;
      const above = known === null || !seen.has(known) ? '' : paint.dim('  (see above)');
      lines.push(`${indent}  ${paint.cyan('←')} ${source}${above}`);
      if (known !== null) tree(known, `${indent}    `);
    }
  };
  for (const { work } of answer.subjects) tree(work, '  ');
  return `${[...lines, ...sourceLines(answer, paint), ...codeLines(answer, paint)].join('\n')}\n`;
}

function workLine({ stage, run, finishedAt, params }: LineageWork, { commits }: LineageAnswer, paint: Paint): string {
  const git = commits[run];
  const commit = git === undefined || git.commit === null ? '' : `  commit ${git.commit.slice(0, 12)}${git.dirty ? '+' : ''}`;
  return `${paint.bold(stage)}  ${paint.dim(`run ${run}  ${finishedAt.slice(0, 19).replace('T', ' ')}${commit}  ${plural(Object.keys(params).length, 'param')}`)}`;
}

/** Inputs that one work made stand on one line. */
function bySource(work: LineageWork): ReadonlyMap<string, readonly LineageInput[]> {
  const groups = new Map<string, LineageInput[]>();
  for (const input of work.inputs) groups.set(input.work ?? input.input, [...(groups.get(input.work ?? input.input) ?? []), input]);
  return new Map([...groups.values()].map((inputs) => [inputs.map(inputText).join(', '), inputs]));
}

function inputText({ input, from, digest, files }: LineageInput): string {
  if (digest === null) return `${input}: was not there`;
  if (files !== null)
    return `${input}: ${Object.keys(files).length === 0 ? 'no files' : plural(Object.keys(files).length, 'file')} from outside, ${digest.slice(0, 12)}`;
  return from === null ? `${input}: ${digest.slice(0, 12)}, made by nothing on record` : `${from} ${digest.slice(0, 12)}`;
}

function sourceLines({ works }: LineageAnswer, paint: Paint): string[] {
  const folders = works.flatMap(({ stage, inputs }) =>
    inputs.flatMap(({ input, digest, files }) =>
      files === null || Object.keys(files).length === 0 ? [] : [{ name: `${stage}.${input}`, digest, files }],
    ),
  );
  if (folders.length === 0) return [];
  return [
    '',
    paint.bold('Data from outside'),
    ...folders.flatMap(({ name, digest, files }) => {
      const listed = Object.entries(files).map(([file, sha]) => `    ${file}  sha256:${sha}`);
      return [
        `  ${name}  ${digest ?? ''}`,
        ...listed.slice(0, LISTED),
        ...(listed.length > LISTED ? [`    and ${listed.length - LISTED} more`] : []),
      ];
    }),
  ];
}

function codeLines({ works, commits }: LineageAnswer, paint: Paint): string[] {
  const width = Math.max(0, ...works.map(({ stage }) => stage.length));
  const dirty = Object.values(commits).some((git) => git.dirty);
  return [
    '',
    paint.bold('Code'),
    ...works.map(
      ({ stage, code, sources, native, runtime }) =>
        `  ${stage.padEnd(width)}  sha256:${code}  ${plural(Object.keys(sources).length, 'file')}, ${[runtime, ...Object.entries(native).map(([library, version]) => `${library} ${version.slice(0, 30)}`)].join(', ')}`,
    ),
    ...(dirty ? [paint.dim('  + there were changes that were not committed: --json has the digest of each source')] : []),
  ];
}
