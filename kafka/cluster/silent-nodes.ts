/** Watches unanswered requests: a machine that hangs or has lost its network does not close its connections. */
export interface SilentNodes {
  /** Passes the answer on. Until it arrives, keeps asking the cluster whether the node still belongs to it. */
  watch<T>(nodeId: number, answer: Promise<T>): Promise<T>
}

export interface SilentNodesOptions {
  /** Refreshes the list of the cluster's nodes. */
  readonly ask: () => Promise<unknown>
  readonly isInCluster: (nodeId: number) => boolean
  /** Breaks the connections to a node that is gone, so that the pending requests are retried at its successor. */
  readonly giveUp: (nodeId: number) => void
}

/** Hardly any answer takes this long; one that does costs a metadata request per second. */
const SILENCE_MS = 2_000
const LOOK_AGAIN_MS = 1_000

export function createSilentNodes({ ask, isInCluster, giveUp }: SilentNodesOptions): SilentNodes {
  let asking: Promise<boolean> | undefined

  /** Returns whether an answer came. Concurrent callers share one request. */
  function askOnce(): Promise<boolean> {
    asking ??= ask()
      .then(
        () => true,
        () => false,
      )
      .finally(() => (asking = undefined))
    return asking
  }

  return {
    async watch(nodeId, answer) {
      let timer: NodeJS.Timeout
      let answered = false
      const look = async (): Promise<void> => {
        const isKnown = await askOnce()
        if (answered) return
        if (isKnown && !isInCluster(nodeId)) giveUp(nodeId)
        timer = setTimeout(() => void look(), LOOK_AGAIN_MS)
      }
      timer = setTimeout(() => void look(), SILENCE_MS)
      try {
        return await answer
      } finally {
        answered = true
        clearTimeout(timer)
      }
    },
  }
}
