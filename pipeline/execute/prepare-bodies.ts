import { bundleModules } from '../fingerprint/bundle-module.ts';
import type { Stage } from '../graph/stage.ts';
import { bodyFile } from './project/load-pipeline.ts';
import type { Workspace } from './project/workspace.ts';

/** Bundles the bodies that changed in one go, before a plan or a run asks for them one by one. What is wrong with one is told there. */
export async function prepareBodies({ project, bodies }: Workspace, stages: readonly Stage[]): Promise<void> {
  const entries = stages.flatMap((stage) => {
    try {
      return [bodyFile(stage)];
    } catch {
      return [];
    }
  });
  const bundles = await bundleModules(entries, { projectDir: project.dir, cacheDir: project.cacheDir, refuseUntracked: true });
  for (const [entry, bundle] of bundles) bodies.set(entry, bundle);
}
