import type { Prompt } from '../../ports.ts'
import { isRecording } from '../recordings.ts'
import { MACHINE_HOOK, TRANSFER_HOOK, turnHook } from './hooks.ts'
import { piecesOf } from './pieces.ts'

/** How long jambonz listens before it reports silence, in seconds. */
export const GATHER_TIMEOUT_S = 8

/** A verb of jambonz (docs.jambonz.org, verbs). */
export type Verb = Readonly<Record<string, unknown>> & { readonly verb: string }

type Part = Prompt['say'][number]

/** Returns the verbs at the start of a call. Only outbound calls can reach an answering machine. */
export function verbsAtStart(language: string, detectsMachines: boolean): Verb[] {
  return [
    {
      verb: 'config',
      // Needed to know when the caller interrupts a part.
      notifyEvents: true,
      synthesizer: { vendor: 'default', language },
      recognizer: { vendor: 'default', language },
      ...(detectsMachines ? { amd: { actionHook: MACHINE_HOOK } } : {}),
    },
  ]
}

/**
 * Returns the verbs of a prompt. The caller can interrupt the parts after the last required one; a required part and
 * those before it are played to their end.
 */
export function verbsOf({ say, next, step }: Prompt, transfer: string): Verb[] {
  const required = say.findLastIndex((part) => part.required)
  const uninterruptible = next === 'listen' ? say.slice(0, required + 1) : say
  const played = uninterruptible.flatMap(playVerbs)
  if (next === 'listen') return [...played, ...listenVerbs(step, say.slice(required + 1))]
  if (next === 'transfer') return [...played, transferVerb(transfer)]
  // Without the pause some carriers cut the last word off.
  return [...played, { verb: 'pause', length: 1 }, { verb: 'hangup' }]
}

function playVerbs({ partId: id, text }: Part): Verb[] {
  if (isRecording(text)) return [{ verb: 'play', id, url: text.trim() }]
  return piecesOf(text).map((piece) => ({ verb: 'say', id, text: piece }))
}

/** The last text is said by the gather itself, which stops it when the caller speaks. */
function listenVerbs(step: number, parts: readonly Part[]): Verb[] {
  const verbs = parts.some(({ text }) => isRecording(text)) ? parts.flatMap(playVerbs) : saidTogether(parts)
  const last = verbs.at(-1)
  const { verb, ...prompt } = last ?? { verb: undefined }
  return [
    ...verbs.slice(0, -1),
    {
      verb: 'gather',
      actionHook: turnHook(step),
      input: ['speech', 'digits'],
      numDigits: 1,
      timeout: GATHER_TIMEOUT_S,
      bargein: true,
      dtmfBargein: true,
      minBargeinWordCount: 1,
      ...(verb === undefined ? {} : { [verb]: prompt }),
    },
  ]
}

const saidTogether = (parts: readonly Part[]): Verb[] =>
  parts.length === 0
    ? []
    : playVerbs({ partId: parts[0]!.partId, text: parts.map(({ text }) => text).join(' '), required: false })

/** Returns the verb that hands the call over; `transfer` has the form of TELEPHONY_TRANSFER. */
function transferVerb(transfer: string): Verb {
  const [kind, ...rest] = transfer.split(':')
  const to = rest.join(':')
  switch (kind) {
    case 'tel':
      return { verb: 'dial', actionHook: TRANSFER_HOOK, target: [{ type: 'phone', number: to }] }
    case 'sip':
    case 'sips':
      return { verb: 'dial', actionHook: TRANSFER_HOOK, target: [{ type: 'sip', sipUri: transfer }] }
    case 'app':
      return { verb: 'redirect', actionHook: to }
    default:
      return { verb: 'enqueue', actionHook: TRANSFER_HOOK, name: to }
  }
}
