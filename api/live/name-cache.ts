const NAMES_MAX = 50_000

/** Cache of customer names. */
export interface NameCache {
  /** Looks up the names that are not cached. On failure they stay unknown. */
  load(customerIds: readonly string[]): Promise<void>
  nameOf(customerId: string): string | null
}

export function createNameCache(
  namesOf: (customerIds: readonly string[]) => Promise<ReadonlyMap<string, string>>,
): NameCache {
  const names = new Map<string, string>()
  return {
    async load(customerIds) {
      const unknown = [...new Set(customerIds)].filter((id) => !names.has(id))
      if (unknown.length === 0) return
      if (names.size > NAMES_MAX) names.clear()
      const found = await namesOf(unknown).catch(() => undefined)
      // Misses are not cached: a customer without a name may get one later.
      if (found !== undefined) for (const [id, name] of found) names.set(id, name)
    },
    nameOf: (customerId) => names.get(customerId) ?? null,
  }
}
