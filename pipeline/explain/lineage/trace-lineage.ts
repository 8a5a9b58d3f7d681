import type { Manifest } from '../../store/manifest.ts';
import type { Lineage, LineageInput, LineageSubject, LineageWork } from './lineage.ts';

/** One output on record. */
export interface MadeArtifact {
  readonly work: Manifest;
  readonly port: string;
  readonly digest: string;
}

export interface TraceOptions {
  /** Everything on record. */
  readonly made: readonly MadeArtifact[];
  /** Digest of some columns to the digests of the tables that they were taken of. */
  readonly wholes: ReadonlyMap<string, readonly string[]>;
  /** STAGE.PORT that an input of a stage is declared to come from; null where the pipeline does not say. */
  readonly declared: (stage: string, input: string) => string | null;
}

/** Follows artifacts up to the data from outside. Of works that made the same bytes, it takes the last that had finished by then. */
export function traceLineage(subjects: readonly MadeArtifact[], options: TraceOptions): Lineage {
  const works = new Map<string, LineageWork>();
  const visit = (work: Manifest): void => {
    if (works.has(work.fingerprint)) return;
    const inputs = Object.entries(work.parts.inputs).map(([input, digest]) => traceInput(work, { input, digest }, options));
    works.set(
      work.fingerprint,
      describe(
        work,
        inputs.map(({ input }) => input),
      ),
    );
    for (const { maker } of inputs) if (maker !== null) visit(maker.work);
  };
  for (const { work } of subjects) visit(work);
  const named = subjects.map(({ work, port, digest }): LineageSubject => ({
    name: `${work.stage}.${port}`,
    digest,
    work: work.fingerprint,
  }));
  return { subjects: named, works: [...works.values()] };
}

function traceInput(
  work: Manifest,
  { input, digest }: { readonly input: string; readonly digest: string | null },
  options: TraceOptions,
): { readonly input: LineageInput; readonly maker: MadeArtifact | null } {
  const files = work.about?.folders[input] ?? null;
  const maker =
    digest === null || files !== null
      ? null
      : findMaker(digest, {
          made: options.made,
          wholes: options.wholes,
          by: work.finishedAt,
          declared: options.declared(work.stage, input),
        });
  const from = maker === null ? null : `${maker.work.stage}.${maker.port}`;
  return { input: { input, from, digest, work: maker?.work.fingerprint ?? null, files }, maker };
}

interface MakerQuery extends Omit<TraceOptions, 'declared'> {
  readonly by: string;
  readonly declared: string | null;
}

function findMaker(digest: string, { made, wholes, by, declared }: MakerQuery): MadeArtifact | null {
  const digests = new Set([digest, ...(wholes.get(digest) ?? [])]);
  const all = made.filter((artifact) => digests.has(artifact.digest));
  const asDeclared = all.filter(({ work, port }) => `${work.stage}.${port}` === declared);
  const candidates = (asDeclared.length > 0 ? asDeclared : all).toSorted((a, b) => (a.work.finishedAt < b.work.finishedAt ? -1 : 1));
  return candidates.findLast(({ work }) => work.finishedAt <= by) ?? candidates[0] ?? null;
}

function describe({ stage, fingerprint, run, finishedAt, parts, sources, about }: Manifest, inputs: readonly LineageInput[]): LineageWork {
  const runtime = `Node ${parts.runtime.node}${parts.runtime.platform === null ? '' : ` ${parts.runtime.platform}`}`;
  return {
    stage,
    fingerprint,
    run,
    finishedAt,
    code: parts.code.bundle,
    sources,
    params: parts.params,
    packages: about?.packages ?? {},
    native: nativeText(parts.native, about?.native ?? {}),
    runtime,
    inputs,
  };
}

function nativeText(bytes: Readonly<Record<string, string>>, versions: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(bytes).map(([library, digest]) => [library, `${versions[library] ?? 'version unknown'} ${digest}`]),
  );
}
