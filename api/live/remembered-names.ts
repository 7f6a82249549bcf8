const NAMES_MAX = 50_000

/** Names of customers, asked for once. */
export interface RememberedNames {
  /** Finds out the names that are not known yet. A failure leaves them unknown. */
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
      // A customer without a name may get one later: only what was found is kept.
      if (found !== undefined) for (const [id, name] of found) names.set(id, name)
    },
    nameOf: (customerId) => names.get(customerId) ?? null,
  }
}
