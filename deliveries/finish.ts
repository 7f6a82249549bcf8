import { waitAfter, type Backoff } from './backoff.ts'
import type { Outcome } from './outcome.ts'

export interface RetryPolicy extends Backoff {
  /** How long a delivery is retried, in ms. */
  readonly maxAgeMs: number
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
  retryPolicy: RetryPolicy,
  random: number,
): Finish {
  const { kind, responseText = '' } = outcome
  const answer = responseText === '' || kind === 'delivered' ? outcome.answer : `${outcome.answer} ${responseText}`
  if (kind === 'delivered') return { status: 'delivered', answer }
  if (kind === 'refused') return { status: 'dead', answer }
  // The channel is put on hold, and the message waits until an operator decides.
  if (kind === 'gone') return { status: 'waiting', answer, waitMs: 0 }
  if (waitedMs >= retryPolicy.maxAgeMs)
    return { status: 'dead', answer: `Given up after ${attempts} attempts; the last: ${answer}` }
  return { status: 'waiting', answer, waitMs: waitAfter(retryPolicy, attempts, random, outcome.waitMs) }
}
