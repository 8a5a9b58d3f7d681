/** What a plan says that the interpreter does not know: DuckDB itself has to run it. */
export class NotInterpreted extends Error {}

/** A node of the JSON that DuckDB's json_serialize_plan writes: an operator, an expression, a type or a value. */
export class PlanNode {
  readonly #json: Readonly<Record<string, unknown>>;

  constructor(json: unknown) {
    if (typeof json !== 'object' || json === null || Array.isArray(json)) throw new NotInterpreted(`no object: ${String(json)}`);
    this.#json = json as Readonly<Record<string, unknown>>;
  }

  /** The member's text; the empty one where there is none. */
  text(key: string): string {
    const value = this.#json[key];
    return typeof value === 'string' ? value : '';
  }

  number(key: string): number {
    const value = this.#json[key];
    if (typeof value !== 'number') throw new NotInterpreted(`${key} is no number`);
    return value;
  }

  numbers(key: string): readonly number[] {
    return this.#list(key).map(Number);
  }

  /** Whether the member says something: neither null nor false nor an empty list. */
  has(key: string): boolean {
    const value = this.#json[key];
    return value !== undefined && value !== null && value !== false && !(Array.isArray(value) && value.length === 0);
  }

  node(key: string): PlanNode {
    return new PlanNode(this.#json[key]);
  }

  nodes(key: string): readonly PlanNode[] {
    return this.#list(key).map((json) => new PlanNode(json));
  }

  /** The node as DuckDB wrote it: plain data, of which another process makes the same node. */
  get json(): unknown {
    return this.#json;
  }

  /** The member as it is, for constants. */
  raw(key: string): unknown {
    return this.#json[key];
  }

  #list(key: string): readonly unknown[] {
    const value = this.#json[key];
    if (!Array.isArray(value)) throw new NotInterpreted(`${key} is no list`);
    return value;
  }
}
