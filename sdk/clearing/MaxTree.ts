/** Numbers of which the largest is always at hand; changing one takes the logarithm of how many there are. */
export class MaxTree {
  readonly #nodes: Float64Array;
  readonly #leaves: number;

  constructor(size: number) {
    this.#leaves = 2 ** Math.ceil(Math.log2(Math.max(size, 2)));
    this.#nodes = new Float64Array(2 * this.#leaves);
  }

  get max(): number {
    return this.#nodes[1]!;
  }

  add(index: number, change: number): void {
    const nodes = this.#nodes;
    let node = this.#leaves + index;
    nodes[node]! += change;
    for (node >>>= 1; node >= 1; node >>>= 1) {
      nodes[node] = Math.max(nodes[2 * node]!, nodes[2 * node + 1]!);
    }
  }
}
