import type { Posterior } from './beta.ts'
import { probabilityBest } from './probability-best.ts'

/** An option under comparison, with the posterior of its rate. */
export interface Peer {
  readonly posterior: Posterior
  /** Number of trials with a known outcome. */
  readonly decided: number
}

export interface WorseRule {
  /** Known outcomes needed before an option is compared. */
  readonly evidence: number
  /** An option whose probability of being the best is below this is worse than its peers. */
  readonly bound: number
}

export interface PeerComparison {
  /**
   * Probability of being the best of the peers with enough evidence; null if this peer or all others have too little.
   */
  readonly probabilityBest: number | null
  readonly isWorse: boolean
}

/**
 * Flags the peers that are worse than the others. Only peers with enough evidence are compared: beside one without
 * evidence, a good peer would look bad. The best peer is never flagged.
 */
export function comparePeers(peers: readonly Peer[], { evidence, bound }: WorseRule): PeerComparison[] {
  const known = peers.filter(({ decided }) => decided >= evidence)
  if (known.length < 2) return peers.map(() => ({ probabilityBest: null, isWorse: false }))
  const best = probabilityBest(known.map(({ posterior }) => posterior))
  const most = Math.max(...best)
  return peers.map((peer) => {
    const index = known.indexOf(peer)
    if (index < 0) return { probabilityBest: null, isWorse: false }
    const own = best[index]!
    return { probabilityBest: own, isWorse: own < bound && own < most }
  })
}
