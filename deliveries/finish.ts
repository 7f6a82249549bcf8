import { waitAfter, type Backoff } from './backoff.ts'
import type { Outcome } from './outcome.ts'

export interface Patience extends Backoff {
  /** How long a delivery is retried, in ms. */
  readonly giveUpMs: number
}

interface Attempted {
  readonly attempts: number
  readonly waitedMs: number
}

type Finish =
  | { readonly status: 'delivered' | 'dead'; readonly answer: string }
  | { readonly status: 'waiting'; readonly answer: string; readonly waitMs: number }

/** Decides what happens to a delivery after an attempt: it is delivered, dead, or waits for the next attempt. */
export function finishOf(
  outcome: Outcome,
  { attempts, waitedMs }: Attempted,
  patience: Patience,
  random: number,
): Finish {
  const { kind, said = '' } = outcome
  const answer = said === '' || kind === 'delivered' ? outcome.answer : `${outcome.answer} ${said}`
  if (kind === 'delivered') return { status: 'delivered', answer }
  if (kind === 'refused') return { status: 'dead', answer }
  // The channel is put on hold, and the message waits until an operator decides.
  if (kind === 'gone') return { status: 'waiting', answer, waitMs: 0 }
  if (waitedMs >= patience.giveUpMs)
    return { status: 'dead', answer: `Given up after ${attempts} attempts; the last: ${answer}` }
  return { status: 'waiting', answer, waitMs: waitAfter(patience, attempts, random, outcome.waitMs) }
}
