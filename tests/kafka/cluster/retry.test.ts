import { errorOfCode } from '../../../kafka/errors.ts'
import { deadlineIn, backoffMs, retry } from '../../../kafka/cluster/retry.ts'

const retriable = () => errorOfCode(51, 'x')
const fatal = () => errorOfCode(90, 'x')

/** Fails this many times, then succeeds. */
function failing(times: number, error = retriable): { work: () => Promise<string>; attempts: () => number } {
  let attempts = 0
  const work = () => (attempts++ < times ? Promise.reject(error()) : Promise.resolve('done'))
  return { work, attempts: () => attempts }
}

describe('retry', () => {
  it('repeats retriable errors, reporting each', async () => {
    const { work, attempts } = failing(3)
    const told: number[] = []
    await expect(
      retry(work, { deadline: deadlineIn(5000), onRetry: (_error, attempt) => told.push(attempt) }),
    ).resolves.toBe('done')
    expect(attempts()).toBe(4)
    expect(told).toEqual([0, 1, 2])
  })

  it('throws the last error at the deadline', async () => {
    const start = performance.now()
    await expect(retry(failing(Infinity).work, { deadline: deadlineIn(60) })).rejects.toMatchObject({
      code: 'CONCURRENT_TRANSACTIONS',
    })
    expect(performance.now() - start).toBeLessThan(2000)
  })

  it('throws anything else at once', async () => {
    const { work, attempts } = failing(1, fatal)
    await expect(retry(work, { deadline: deadlineIn(5000) })).rejects.toMatchObject({ code: 'PRODUCER_FENCED' })
    expect(attempts()).toBe(1)
  })

  it('stops waiting on abort, with the error that it was retrying', async () => {
    const controller = new AbortController()
    const running = retry(failing(Infinity).work, { deadline: deadlineIn(60_000), signal: controller.signal })
    controller.abort()
    await expect(running).rejects.toMatchObject({ code: 'CONCURRENT_TRANSACTIONS' })
  })

  it('waits longer each time, up to a second', () => {
    for (let attempt = 0; attempt < 20; attempt++) {
      const pause = backoffMs(attempt)
      expect(pause).toBeGreaterThanOrEqual(Math.min(1000, 2 * 2 ** attempt) / 2)
      expect(pause).toBeLessThanOrEqual(Math.min(1000, 2 * 2 ** attempt))
    }
  })
})
