/** Watches unanswered requests: a machine that hangs or has lost its network does not break connections. */
export interface SilentNodes {
  /**
   * Gives the answer on. While there is none, the cluster is asked again and again whether the node still belongs to
   * it.
   */
  watch<T>(nodeId: number, answer: Promise<T>): Promise<T>
}

export interface SilentNodesOptions {
  /** Asks the cluster which nodes serve. */
  readonly ask: () => Promise<unknown>
  readonly isThere: (nodeId: number) => boolean
  /** Breaks the connections to a node that is gone, so that requests that wait for it go to its successor. */
  readonly giveUp: (nodeId: number) => void
}

/** Few answers take this long; those that do cost a request for metadata a second. */
const SILENCE_MS = 2_000
const LOOK_AGAIN_MS = 1_000

export function createSilentNodes({ ask, isThere, giveUp }: SilentNodesOptions): SilentNodes {
  let asking: Promise<boolean> | undefined

  /** Whether an answer came. */
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
        if (isKnown && !isThere(nodeId)) giveUp(nodeId)
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
