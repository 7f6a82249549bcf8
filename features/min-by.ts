/** Returns the item with the smallest value, the first of equal ones; `undefined` if there are no items. */
export function minBy<T>(items: Iterable<T>, valueOf: (item: T) => number): T | undefined {
  let least: { readonly item: T; readonly value: number } | undefined
  for (const item of items) {
    const value = valueOf(item)
    if (least === undefined || value < least.value) least = { item, value }
  }
  return least?.item
}
