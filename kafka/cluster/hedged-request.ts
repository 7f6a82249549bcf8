import { setTimeout as delay } from 'node:timers/promises'

/**
 * Returns the first answer from several equivalent brokers. They are asked in order: the next one as soon as the
 * previous one has failed or has not answered for `patienceMs`; an earlier one may still answer first. Rejects with the
 * last error once all have failed, or immediately with an error that `isFinal`.
 */
export async function hedgedRequest<T>(
  attempts: readonly (() => Promise<T>)[],
  hedgingDelayMs: number,
  isFinal: (error: unknown) => boolean,
): Promise<T> {
  const { promise, resolve, reject } = Promise.withResolvers<T>()
  // Nothing awaits the promise yet if the first attempts fail.
  promise.catch(() => undefined)
  let failures = 0
  for (const attempt of attempts) {
    const stopWaiting = new AbortController()
    const work = attempt().then(resolve, (error: unknown) => {
      failures++
      if (failures === attempts.length || isFinal(error)) reject(error as Error)
    })
    const hedgingDelay = delay(hedgingDelayMs, undefined, { signal: stopWaiting.signal }).catch(() => undefined)
    const next = await Promise.race([promise.then(settled, settled), work.then(failed), hedgingDelay])
    stopWaiting.abort()
    if (next === 'settled') break
  }
  return promise
}

const settled = () => 'settled' as const
const failed = () => 'failed' as const
