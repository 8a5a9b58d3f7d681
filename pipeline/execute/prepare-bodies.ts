import type { Stage } from '../graph/stage.ts';
import { bodyFile } from './project/load-pipeline.ts';
import type { Workspace } from './project/workspace.ts';

/** Begins to bundle the bodies that changed, before a plan or a run asks for them one by one. What is wrong with one is told there. */
export function prepareBodies({ bodies }: Workspace, stages: readonly Stage[]): void {
  const entries = stages.flatMap((stage) => {
    try {
      return [bodyFile(stage)];
    } catch {
      return [];
    }
  });
  bodies.prepare(entries);
}
