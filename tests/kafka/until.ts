import { setTimeout as delay } from 'node:timers/promises'

/** Polls until the condition holds. Rejects after `timeoutMs`, saying what never came. */
export async function until(what: string, holds: () => boolean, timeoutMs = 20_000): Promise<void> {
  const deadline = performance.now() + timeoutMs
  while (!holds()) {
    if (performance.now() > deadline) throw new Error(`Waited ${timeoutMs} ms, but never saw: ${what}`)
    await delay(5)
  }
}
