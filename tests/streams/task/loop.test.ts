import { createSleeper, every, repeat } from '../../../streams/task/loop.ts'

const LONG_MS = 60_000

describe('a loop', () => {
  it('works until the signal, with the pauses that the work asks for', async () => {
    const stopping = new AbortController()
    let turns = 0
    await repeat(stopping.signal, () => {
      if (++turns === 3) stopping.abort()
      return Promise.resolve(turns === 3 ? LONG_MS : 0)
    })
    expect(turns).toBe(3)
  })

  it('waits an interval before the first time, and does nothing once it is stopped', async () => {
    const stopping = new AbortController()
    let turns = 0
    const done = every(1, stopping.signal, () => {
      if (++turns === 2) stopping.abort()
      return Promise.resolve()
    })
    expect(turns).toBe(0)
    await done
    expect(turns).toBe(2)

    const stopped = new AbortController()
    const never = every(LONG_MS, stopped.signal, () => Promise.reject(new Error('it was stopped before')))
    stopped.abort()
    await never
  })

  it('reports an error of the work', async () => {
    const failing = () => Promise.reject(new Error('broken'))
    await expect(repeat(new AbortController().signal, failing)).rejects.toThrow('broken')
  })
})

describe('a sleeper', () => {
  it('sleeps until it is woken, or stopped', async () => {
    const stopping = new AbortController()
    const sleeper = createSleeper(stopping.signal)
    const asleep = sleeper.sleep(LONG_MS)
    sleeper.wake()
    await asleep
    const again = sleeper.sleep(LONG_MS)
    stopping.abort()
    await again
    await sleeper.sleep(LONG_MS)
  })

  it('does not sleep through an arrival during the previous turn', async () => {
    const sleeper = createSleeper(new AbortController().signal)
    sleeper.wake()
    sleeper.beginTurn()
    sleeper.wake()
    await sleeper.sleep(LONG_MS)
    let slept = false
    await Promise.all([sleeper.sleep(LONG_MS).then(() => (slept = true)), Promise.resolve().then(() => sleeper.wake())])
    expect(slept).toBe(true)
  })

  it('forgets what woke it before the turn began', async () => {
    const sleeper = createSleeper(new AbortController().signal)
    sleeper.wake()
    sleeper.beginTurn()
    const order: string[] = []
    const asleep = sleeper.sleep(LONG_MS).then(() => order.push('awake'))
    await new Promise(setImmediate)
    order.push('later')
    sleeper.wake()
    await asleep
    expect(order).toEqual(['later', 'awake'])
  })
})
