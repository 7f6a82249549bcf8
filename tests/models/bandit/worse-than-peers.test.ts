import { judgePeers, type Peer } from '../../../models/bandit/worse-than-peers.ts'

const rule = { evidence: 200, bound: 0.01 }
const peer = (converted: number, decided: number): Peer => ({
  posterior: { alpha: 1 + converted, beta: 1 + decided - converted },
  decided,
})
const worse = (...peers: Peer[]) => judgePeers(peers, rule).map(({ isWorse }) => isWorse)

test('one that is clearly worse than its peers is, and the best never is', () => {
  expect(worse(peer(60, 500), peer(15, 500), peer(55, 500))).toEqual([false, true, false])
})

test('one of which too little is known is neither worse nor makes others worse', () => {
  expect(worse(peer(60, 500), peer(0, 199))).toEqual([false, false])
  // Against so little a good one would lose: everything still speaks for the two new ones.
  expect(worse(peer(25, 500), peer(0, 0), peer(0, 0))).toEqual([false, false, false])
  expect(judgePeers([peer(60, 500), peer(0, 0)], rule)[0]).toEqual({ probabilityBest: null, isWorse: false })
})

test('equal ones stay, also many of them', () => {
  expect(worse(peer(25, 500), peer(25, 500))).toEqual([false, false])
  const many = Array.from({ length: 120 }, () => peer(25, 500))
  expect(judgePeers(many, { evidence: 200, bound: 0.2 }).some(({ isWorse }) => !isWorse)).toBe(true)
})
