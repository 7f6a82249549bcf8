import type { LiveMessage } from './live-messages.ts'

/** More than this at once is unreadable: the oldest are skipped, and clients get their number. */
const PENDING_MAX = 500

/** Messages that wait to be sent together. */
export interface PendingMessages {
  push(message: LiveMessage): void
  /** What waits, with the number of messages that were skipped; nothing waits then. */
  take(): { readonly messages: readonly LiveMessage[]; readonly skipped: number }
  clear(): void
}

export function createPendingMessages(): PendingMessages {
  let waiting: LiveMessage[] = []
  let skipped = 0
  return {
    push(message) {
      waiting.push(message)
      if (waiting.length > PENDING_MAX) {
        waiting.shift()
        skipped++
      }
    },
    take() {
      const taken = { messages: newestOfEach(waiting), skipped }
      waiting = []
      skipped = 0
      return taken
    },
    clear: () => void (waiting = []),
  }
}

function newestOfEach(messages: readonly LiveMessage[]): LiveMessage[] {
  const last = new Map(messages.flatMap((message) => (message.key === undefined ? [] : [[message.key, message]])))
  return messages.filter((message) => message.key === undefined || last.get(message.key) === message)
}
