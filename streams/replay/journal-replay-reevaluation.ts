import type { Position } from '../state/reserved-kinds.ts'
import { nextReevaluation, type ReevaluationStep } from '../task/re-evaluation.ts'

const KEYS_PER_PAGE = 200

/**
 * Returns the re-evaluation step of a journaled transaction. Which keys it covered depended on the contents of the
 * task’s store: keys without records remain there until the next checkpoint. So the journal records the last key,
 * `swept`, or `null` once the pass is complete.
 */
export function journaledReevaluation(
  position: Position | undefined,
  settingsVersion: string,
  swept: string | null,
  keysAfter: (after: string | null, limit: number) => readonly string[],
): ReevaluationStep | undefined {
  const step = nextReevaluation(position, settingsVersion, (after) => keysUpTo(after, swept, keysAfter))
  return step === undefined ? undefined : { ...step, more: swept !== null }
}

function keysUpTo(
  after: string | null,
  last: string | null,
  keysAfter: (after: string | null, limit: number) => readonly string[],
): string[] {
  const keys: string[] = []
  for (;;) {
    const page = keysAfter(keys.at(-1) ?? after, KEYS_PER_PAGE)
    for (const key of page) {
      if (last !== null && Buffer.compare(Buffer.from(key), Buffer.from(last)) > 0) return keys
      keys.push(key)
    }
    if (page.length < KEYS_PER_PAGE) return keys
  }
}
