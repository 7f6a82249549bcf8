import { createArrivals } from '../../../kafka/fetcher/arrivals.ts'

const long = 60_000

describe('waiting for arrivals', () => {
  it('ends for every waiter when something arrives', async () => {
    const arrivals = createArrivals()
    const waits = [arrivals.wait(long), arrivals.wait(long)]
    arrivals.notify()
    await Promise.all(waits)
  })

  it('is skipped once by a waiter that comes after the arrival', async () => {
    const arrivals = createArrivals()
    arrivals.notify()
    arrivals.notify()
    await arrivals.wait(long)
    const begun = performance.now()
    await arrivals.wait(30)
    expect(performance.now() - begun).toBeGreaterThan(25)
  })

  it('ends when all are woken, which counts as no arrival', async () => {
    const arrivals = createArrivals()
    const waiting = arrivals.wait(long)
    arrivals.wakeAll()
    await waiting
    const begun = performance.now()
    await arrivals.wait(30)
    expect(performance.now() - begun).toBeGreaterThan(25)
  })
})
