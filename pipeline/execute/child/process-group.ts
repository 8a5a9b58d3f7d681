/** Signals all processes of a group; none left is fine. */
export function signalGroup(leader: number, name: NodeJS.Signals): void {
  try {
    process.kill(-leader, name);
  } catch {
    // the group is gone already
  }
}
