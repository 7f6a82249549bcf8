/** Watches requests that stay unanswered: a machine that hangs or has lost its network breaks no connection. */
export interface SilentNodes {
  /** Gives the answer on. While there is none, the cluster is asked again and again whether the node still belongs to it. */
  watch<T>(nodeId: number, answer: Promise<T>): Promise<T>
}

export interface SilentNodesOptions {
  /** Asks the cluster which nodes serve. */
  readonly ask: () => Promise<unknown>
  readonly isThere: (nodeId: number) => boolean
  /** Breaks the connections to a node that is gone, so that whoever waits for it goes to its successor. */
  readonly giveUp: (nodeId: number) => void
}

/** Few answers take so long; those that do cost a request for metadata a second. */
const silenceMs = 2_000
const lookAgainMs = 1_000

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
        timer = setTimeout(() => void look(), lookAgainMs)
      }
      timer = setTimeout(() => void look(), silenceMs)
      try {
        return await answer
      } finally {
        answered = true
        clearTimeout(timer)
      }
    },
  }
}
