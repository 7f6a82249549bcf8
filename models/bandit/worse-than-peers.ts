import type { Posterior } from './beta.ts'
import { probabilityBest } from './probability-best.ts'

/** One of several that are chosen from, with what is known of its rate. */
export interface Peer {
  readonly posterior: Posterior
  /** How often it is known what came of it. */
  readonly decided: number
}

export interface WorseRule {
  /** So many say enough of one. */
  readonly evidence: number
  /** Whose probability to be the best is smaller is worse than its peers. */
  readonly bound: number
}

export interface Judged {
  /** Among those of which enough is known; null: of this one it is not, or of no other. */
  readonly probabilityBest: number | null
  readonly isWorse: boolean
}

/**
 * Which are worse than their peers. Only those of which enough is known are compared: against one of which nothing is
 * known, a good one would seem bad. The best of them is never worse.
 */
export function judgePeers(peers: readonly Peer[], { evidence, bound }: WorseRule): Judged[] {
  const known = peers.filter(({ decided }) => decided >= evidence)
  if (known.length < 2) return peers.map(() => ({ probabilityBest: null, isWorse: false }))
  const best = probabilityBest(known.map(({ posterior }) => posterior))
  const most = Math.max(...best)
  return peers.map((peer) => {
    const place = known.indexOf(peer)
    if (place < 0) return { probabilityBest: null, isWorse: false }
    const own = best[place]!
    return { probabilityBest: own, isWorse: own < bound && own < most }
  })
}
