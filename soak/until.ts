import { setTimeout as delay } from 'node:timers/promises'

/**
 * Waits until the condition returns something other than false or undefined, and returns that. Throws after the
 * time-out, naming `what`.
 */
export async function until<Result>(
  condition: () => Result | Promise<Result>,
  {
    what,
    timeoutMs = 90_000,
    pollMs = 50,
  }: { readonly what: string; readonly timeoutMs?: number; readonly pollMs?: number },
): Promise<Exclude<Result, false | undefined>> {
  const deadline = performance.now() + timeoutMs
  for (;;) {
    const result = await condition()
    if (result !== false && result !== undefined) return result as Exclude<Result, false | undefined>
    if (performance.now() > deadline) throw new Error(`waited ${timeoutMs / 1000} s for ${what}`)
    await delay(pollMs)
  }
}
