/**
 * Shares out `budgetWh` over the orders named, in proportion to their energy and to the Wh: each share is rounded down,
 * what is left goes Wh by Wh to the largest remainders, the earlier order first where they are equal.
 */
export function proRata(
  orders: readonly number[],
  energy: Float64Array,
  totalWh: number,
  budgetWh: number,
  filled: Float64Array,
): void {
  if (budgetWh === totalWh) {
    for (const order of orders) filled[order] = energy[order]!;
    return;
  }
  const remainders = new Float64Array(orders.length);
  let left = budgetWh;
  let largest = 0;
  for (const order of orders) largest = Math.max(largest, energy[order]!);
  // Products below 2^53 are exact in a double; beyond, the same in bigint.
  const exact = largest * budgetWh <= Number.MAX_SAFE_INTEGER;
  const [budget, total] = [BigInt(budgetWh), BigInt(totalWh)];
  orders.forEach((order, index) => {
    let share: number;
    if (exact) {
      const product = energy[order]! * budgetWh;
      remainders[index] = product % totalWh;
      share = (product - remainders[index]!) / totalWh;
    } else {
      const product = BigInt(energy[order]!) * budget;
      remainders[index] = Number(product % total);
      share = Number(product / total);
    }
    filled[order] = share;
    left -= share;
  });
  if (left === 0) return;

  const threshold = remainders.slice().sort()[remainders.length - left]!;
  let above = 0;
  for (const remainder of remainders) if (remainder > threshold) above += 1;
  let tied = left - above;
  orders.forEach((order, index) => {
    const remainder = remainders[index]!;
    if (remainder < threshold || (remainder === threshold && tied-- <= 0)) return;
    filled[order] = filled[order]! + 1;
  });
}
