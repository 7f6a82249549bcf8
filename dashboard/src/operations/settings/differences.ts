/** A part of a value that differs between two versions; `null` where the version has no such part. */
export interface Difference {
  /** Names and places from the outside in, joined by dots. */
  readonly path: string
  readonly before: string | null
  readonly after: string | null
}

/** Returns where two JSON values differ, each part as JSON, in the order of their paths in `before`, then `after`. */
export function differences(before: unknown, after: unknown): Difference[] {
  const [old, new_] = [partsOf(before), partsOf(after)]
  return [...new Set([...old.keys(), ...new_.keys()])]
    .map((path) => ({ path, before: old.get(path) ?? null, after: new_.get(path) ?? null }))
    .filter((part) => part.before !== part.after)
}

/** Returns the innermost parts of a value by their paths. Nothing has no parts. */
function partsOf(value: unknown, path: readonly string[] = []): Map<string, string> {
  if (value === null || value === undefined) return new Map(path.length === 0 ? [] : [[path.join('.'), 'null']])
  const inner = typeof value === 'object' ? Object.entries(value) : []
  if (inner.length === 0) return new Map([[path.join('.'), JSON.stringify(value)]])
  return new Map(inner.flatMap(([name, part]) => [...partsOf(part, [...path, name])]))
}
