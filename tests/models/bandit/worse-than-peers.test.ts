import { probabilityBest } from '../../../models/bandit/probability-best.ts'
import { withFloor } from '../../../models/bandit/with-floor.ts'
import { random } from '../../../models/random.ts'
import { comparePeers, type Peer } from '../../../models/bandit/worse-than-peers.ts'

const rule = { evidence: 200, bound: 0.01 }
const peer = (converted: number, decided: number): Peer => ({
  posterior: { alpha: 1 + converted, beta: 1 + decided - converted },
  decided,
})
const worse = (...peers: Peer[]) => comparePeers(peers, rule).map(({ isWorse }) => isWorse)

test('a script that is clearly worse than its peers is found worse, the best one never', () => {
  expect(worse(peer(60, 500), peer(15, 500), peer(55, 500))).toEqual([false, true, false])
})

test('a script with too few calls is neither worse nor makes others worse', () => {
  expect(worse(peer(60, 500), peer(0, 199))).toEqual([false, false])
  // Compared with the wide priors of the two new ones, a good script would seem worse.
  expect(worse(peer(25, 500), peer(0, 0), peer(0, 0))).toEqual([false, false, false])
  expect(comparePeers([peer(60, 500), peer(0, 0)], rule)[0]).toEqual({ probabilityBest: null, isWorse: false })
})

test('equal ones stay, also many of them', () => {
  expect(worse(peer(25, 500), peer(25, 500))).toEqual([false, false])
  const many = Array.from({ length: 120 }, () => peer(25, 500))
  expect(comparePeers(many, { evidence: 200, bound: 0.2 }).some(({ isWorse }) => !isWorse)).toBe(true)
})

/** Returns which of two rates a bandit retires within so many calls; it checks every 200 calls. */
function retiredOf(rates: readonly [number, number], calls: number, seed: number): readonly boolean[] {
  const next = random(seed)
  const seen = rates.map(() => ({ decided: 0, converted: 0 }))
  let share = 0.5
  for (let call = 0; call < calls; call++) {
    if (call % 200 === 0) {
      const peers = seen.map(({ decided, converted }) => ({
        posterior: { alpha: 1 + converted, beta: 19 + decided - converted },
        decided,
      }))
      const judged = comparePeers(peers, rule).map(({ isWorse }) => isWorse)
      if (judged.includes(true)) return judged
      share = withFloor(probabilityBest(peers.map(({ posterior }) => posterior)), 0.05)[0]!
    }
    const place = next() < share ? 0 : 1
    seen[place]!.decided++
    if (next() < rates[place]!) seen[place]!.converted++
  }
  return [false, false]
}

test('a bandit retires the worse of two, and not the better one, though it looks again and again', () => {
  const runs = Array.from({ length: 60 }, (_, seed) => retiredOf([0.05, 0.12], 6_000, seed))
  expect(runs.filter(([worse]) => worse).length).toBeGreaterThan(50)
  expect(runs.filter(([, better]) => better)).toEqual([])
})
