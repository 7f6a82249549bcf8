const NAMES_MAX = 50_000

/** Cache of customer names. */
export interface RememberedNames {
  /** Looks up the names that are not cached. On failure they stay unknown. */
  learn(customerIds: readonly string[]): Promise<void>
  nameOf(customerId: string): string | null
}

export function createRememberedNames(
  namesOf: (customerIds: readonly string[]) => Promise<ReadonlyMap<string, string>>,
): RememberedNames {
  const names = new Map<string, string>()
  return {
    async learn(customerIds) {
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
