/** What an exit code means, in words: docs/reference/cli.md. */
export const EXIT_WORDS: Readonly<Record<number, string>> = {
  0: 'done',
  1: 'a stage failed',
  2: 'the graph or its config is wrong',
  3: 'a gate rejected',
  4: 'something is stale or has drifted',
  5: 'another run held the lock',
  6: 'an artifact is damaged',
  7: 'MLflow could not be reached; the results are kept, and sluice sync sends them',
  130: 'interrupted; what is finished will be reused',
  143: 'interrupted; what is finished will be reused',
  129: 'interrupted; what is finished will be reused',
};
