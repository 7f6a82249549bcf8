import { errorOfCode, errorOfWire } from '../../../kafka/errors.ts'
import { startHeartbeat } from '../../../kafka/group/group-heartbeat.ts'
import type { MembershipEnd } from '../../../kafka/group/group-heartbeat.ts'
import { until } from '../until.ts'

const broken = () =>
  errorOfWire(Object.assign(new Error('Connection closed'), { code: 'PLT_KFK_NETWORK' }), 'Heartbeat')

function beating(send: (beat: number) => Promise<void>, sessionTimeoutMs = 60) {
  const ends: MembershipEnd[] = []
  const refusals: (string | undefined)[] = []
  let beats = 0
  const heartbeat = startHeartbeat({
    intervalMs: 5,
    sessionTimeoutMs,
    send: () => send(beats++),
    onEnd: (end) => ends.push(end),
    onRefused: (error) => refusals.push(error?.code),
  })
  return { ...heartbeat, ends, refusals, beats: () => beats }
}

describe('heartbeat', () => {
  it('continues, and its session stays alive', async () => {
    const heart = beating(() => Promise.resolve())
    await until('twenty beats', () => heart.beats() > 20)
    expect(heart.expired()).toBe(false)
    heart.stop()
    expect(heart.ends).toEqual([])
  })

  it('reports a rebalance and continues, since the member still owns its partitions', async () => {
    const heart = beating((beat) => (beat === 1 ? Promise.reject(errorOfCode(27, 'Heartbeat')) : Promise.resolve()))
    await until('beats after the rebalance', () => heart.beats() > 5)
    heart.stop()
    expect(heart.ends).toEqual([{ kind: 'rebalance' }])
  })

  it.each([
    [25, { kind: 'lost', forgotten: true }],
    [22, { kind: 'lost', forgotten: false }],
    [82, { kind: 'fatal' }],
  ])('ends with code %i as %j, once', async (code, end) => {
    const heart = beating(() => Promise.reject(errorOfCode(code, 'Heartbeat')))
    await until('the end', () => heart.ends.length > 0)
    expect(heart.ends).toMatchObject([end])
    expect(heart.beats()).toBe(1)
  })

  it('bears broken connections within the session, and not beyond', async () => {
    const heart = beating((beat) => (beat < 3 ? Promise.reject(broken()) : Promise.resolve()), 5000)
    await until('beats after the breaks', () => heart.beats() > 6)
    expect(heart.ends).toEqual([])
    heart.stop()
    const lost = beating(() => Promise.reject(broken()))
    await until('the loss', () => lost.ends.length > 0)
    expect(lost.ends).toMatchObject([{ kind: 'lost', forgotten: false }])
    expect(lost.beats()).toBeGreaterThan(1)
  })

  it.each([30, 29])(
    'tells of a right that is missing (code %i), bears it within the session, and not beyond',
    async (code) => {
      const missing = errorOfCode(code, 'Heartbeat')
      const heart = beating((beat) => (beat < 3 ? Promise.reject(missing) : Promise.resolve()), 5000)
      await until('beats with the right again', () => heart.beats() > 6)
      heart.stop()
      expect(heart.ends).toEqual([])
      expect(heart.refusals.slice(0, 5)).toEqual([missing.code, missing.code, missing.code, undefined, undefined])
      const lost = beating(() => Promise.reject(missing))
      await until('the loss', () => lost.ends.length > 0)
      expect(lost.ends).toMatchObject([{ kind: 'lost', forgotten: false }])
    },
  )

  it('considers the session expired if no answer comes, before any notice', async () => {
    const heart = beating(() => new Promise(() => undefined), 30)
    await until('expiry', () => heart.expired())
    expect(heart.ends).toEqual([])
    heart.stop()
  })
})
