import type { LiveCalls } from '../ports.ts'
import { driveCall, type DrivenCall } from './call-driver.ts'
import type { Clock } from './clock.ts'
import type { CallStart } from './reports.ts'

/** Calls of one process; each holds a prompt or two. */
const CALLS_MAX = 2_000

/** The running calls of this process, so that a call finds its state again when its connection comes back. */
export interface Switchboard {
  readonly clock: Clock
  /** Returns the call, new or running; `undefined` if there are too many. */
  call(start: CallStart & { readonly customerId: string }, silenceMs: number): DrivenCall | undefined
  /** Whether the call is known and its start is not answered yet. */
  isStarting(callId: string): boolean
  /** Forgets all calls when the process stops; their sessions go on where their connections come back. */
  close(): void
}

export function createSwitchboard(options: {
  readonly liveCalls: LiveCalls
  readonly clock: Clock
  readonly logError: (message: string) => void
}): Switchboard {
  const calls = new Map<string, DrivenCall>()
  return {
    clock: options.clock,
    isStarting: (callId) => calls.get(callId)?.isStarting() ?? false,
    close() {
      for (const call of calls.values()) call.release()
      calls.clear()
    },
    call(start, silenceMs) {
      const running = calls.get(start.callId)
      if (running !== undefined) return running
      if (calls.size >= CALLS_MAX) return undefined
      const call = driveCall(start, { ...options, silenceMs, onEnded: () => void calls.delete(start.callId) })
      calls.set(start.callId, call)
      return call
    },
  }
}
