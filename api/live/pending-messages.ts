import type { LiveMessage } from './live-messages.ts'

/** More messages at once are unreadable: the oldest are skipped, and clients are sent their number. */
const PENDING_MAX = 500

/** Buffer of messages that are sent together. */
export interface PendingMessages {
  push(message: LiveMessage): void
  /** Empties the buffer. Returns its messages and the number of skipped ones. */
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
