import type { Position } from '../state/reserved-kinds.ts'
import { nextReevaluation, type ReevaluationStep } from '../task/re-evaluation.ts'

const KEYS_PER_PAGE = 200

/**
 * The step of the sweep that a transaction made. Which keys it took depends on what lay in the task's store just then: keys without a record any more count
 * there until the next checkpoint. So the journal says how far it went; `swept` is `null` where it came to the end.
 */
export function journaledSweep(
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
