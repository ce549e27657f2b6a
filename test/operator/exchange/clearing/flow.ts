/** The most that can flow from sales to purchases of other owners, by augmenting paths: nothing but the definition. */
export function largestFlow(
  sells: readonly { wh: number; owner: number }[],
  buys: readonly { wh: number; owner: number }[],
): number {
  const [source, sink] = [sells.length + buys.length, sells.length + buys.length + 1];
  const capacity = Array.from({ length: sink + 1 }, () => new Array<number>(sink + 1).fill(0));
  sells.forEach((sell, i) => {
    capacity[source]![i] = sell.wh;
    buys.forEach((buy, j) => {
      if (sell.owner !== buy.owner) capacity[i]![sells.length + j] = Number.MAX_SAFE_INTEGER / 2;
    });
  });
  buys.forEach(({ wh }, j) => {
    capacity[sells.length + j]![sink] = wh;
  });

  for (let flow = 0; ; ) {
    const from = new Map<number, number>([[source, source]]);
    for (const node of from.keys()) {
      capacity[node]!.forEach((room, next) => {
        if (room > 0 && !from.has(next)) from.set(next, node);
      });
    }
    if (!from.has(sink)) return flow;
    const path: [number, number][] = [];
    for (let node = sink; node !== source; node = from.get(node)!) path.push([from.get(node)!, node]);
    const room = Math.min(...path.map(([a, b]) => capacity[a]![b]!));
    for (const [a, b] of path) {
      capacity[a]![b]! -= room;
      capacity[b]![a]! += room;
    }
    flow += room;
  }
}
