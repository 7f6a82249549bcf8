import type { Verb } from './verbs.ts'

/** jambonz closes the connection at a longer frame. */
const FRAME_BYTES_MAX = 24 * 1_024

/**
 * Returns the frames that make jambonz execute the verbs: an acknowledgement of the message `msgid`, or a command if no
 * message waits. What does not fit into a frame follows in commands that are queued after it.
 */
export function repliesOf(msgid: string | undefined, verbs: readonly Verb[]): string[] {
  const frames: Verb[][] = [[]]
  for (const verb of verbs) {
    const last = frames.at(-1)!
    if (last.length > 0 && bytesOf([...last, verb]) > FRAME_BYTES_MAX) frames.push([verb])
    else last.push(verb)
  }
  return frames.map((data, index) => {
    if (index === 0 && msgid !== undefined) return JSON.stringify({ type: 'ack', msgid, data })
    return JSON.stringify({ type: 'command', command: 'redirect', queueCommand: index > 0, data })
  })
}

/** Returns an acknowledgement that changes nothing in the call. */
export const emptyAck = (msgid: string): string => JSON.stringify({ type: 'ack', msgid })

/** Size of the larger envelope with an id of any allowed length. */
const ENVELOPE_BYTES = 1_024
const bytesOf = (verbs: readonly Verb[]): number => Buffer.byteLength(JSON.stringify(verbs)) + ENVELOPE_BYTES
