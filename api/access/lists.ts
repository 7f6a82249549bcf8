/** Splits a list at its commas. */
export function namesOf(list: string): string[] {
  return list.split(',').flatMap((one) => (one.trim() === '' ? [] : [one.trim()]))
}

/** Reads `A=b,C=d` as a map from A to b and from C to d. */
export function mappingOf(list: string): ReadonlyMap<string, string> {
  return new Map(namesOf(list).map((pair) => pair.split('=', 2) as [string, string]))
}
