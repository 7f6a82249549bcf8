import { Type, type Static } from 'typebox'
import { Id, parseFrame, readAs, TEXT_CHARACTERS_MAX } from '../read-json.ts'
import type { CallStart, ReadFrame } from '../reports.ts'

/** Messages of Twilio ConversationRelay (twilio.com/docs/voice/conversationrelay/websocket-messages). */
const Text = Type.String({ maxLength: TEXT_CHARACTERS_MAX })
const Setup = Type.Object({
  callSid: Id,
  /** The `<Parameter>`s of the TwiML. */
  customParameters: Type.Optional(Type.Record(Type.String(), Type.String({ maxLength: 1_000 }))),
})
const Spoken = Type.Object({ voicePrompt: Text, last: Type.Optional(Type.Boolean()) })
const Dtmf = Type.Object({ digit: Type.String({ pattern: '^[0-9*#A-D]$' }) })
const Interrupt = Type.Object({ utteranceUntilInterrupt: Text })
const Failure = Type.Object({ description: Type.Optional(Text) })

export type RelayFrame = ReadFrame | { readonly start: CallStart; readonly isMachine: boolean }

/** Reads a text frame. `language`: of calls that state none. Never throws. */
export function readRelayFrame(text: string, language: string): RelayFrame {
  const parsed = parseFrame(text)
  if ('refused' in parsed) return parsed
  const { frame } = parsed
  switch (frame['type']) {
    case 'setup':
      return readAs(Setup, frame, (setup) => startOf(setup, language))
    case 'prompt':
      return readAs(Spoken, frame, reportOf)
    case 'dtmf':
      return readAs(Dtmf, frame, ({ digit }) => ({ report: { kind: 'turn', text: digit } as const }))
    case 'interrupt':
      return readAs(Interrupt, frame, ({ utteranceUntilInterrupt: spoken }) => ({
        report: { kind: 'interrupted', spoken } as const,
      }))
    case 'error':
      return readAs(Failure, frame, ({ description = 'no description' }) => ({
        refused: `Twilio reports an error: ${description.slice(0, 300)}`,
      }))
    default:
      return { refused: `The type ${JSON.stringify(frame['type'])?.slice(0, 100)} is not supported.` }
  }
}

function startOf({ callSid, customParameters = {} }: Static<typeof Setup>, language: string): RelayFrame {
  const parameter = (name: string): string | undefined =>
    Object.hasOwn(customParameters, name) && customParameters[name] !== '' ? customParameters[name] : undefined
  const start = {
    callId: parameter('callId') ?? callSid,
    customerId: parameter('customerId') ?? null,
    language: parameter('language') ?? language,
    agent: parameter('agent') ?? null,
  }
  return { start, isMachine: parameter('answeredBy')?.startsWith('machine') ?? false }
}

function reportOf({ voicePrompt, last }: Static<typeof Spoken>): ReadFrame {
  const text = voicePrompt.trim()
  // A partial result is followed by the whole; noise and music yield no text.
  return { report: last === false || text === '' ? { kind: 'nothing' } : { kind: 'turn', text } }
}
