import { Type, type Static } from 'typebox'
import { readAs, TEXT_CHARACTERS_MAX } from '../read-json.ts'
import type { ReadFrame, Words } from '../reports.ts'
import { MACHINE_HOOK, stepOfHook, TRANSFER_HOOK } from './hooks.ts'
import { GATHER_TIMEOUT_S } from './verbs.ts'

const Text = Type.String({ maxLength: TEXT_CHARACTERS_MAX })
const Seconds = Type.Number({ minimum: 0, maximum: 86_400 })

/** Words as Deepgram reports them; other recognisers have forms of their own, and their words are left out. */
const RecognisedWords = Type.Object({
  channel: Type.Object({
    alternatives: Type.Array(
      Type.Object({
        words: Type.Array(
          Type.Object({
            word: Text,
            start: Seconds,
            end: Seconds,
            confidence: Type.Optional(Type.Number({ minimum: 0, maximum: 1 })),
          }),
        ),
      }),
      { minItems: 1 },
    ),
  }),
})

const Gathered = Type.Object({
  reason: Type.String({ maxLength: 100 }),
  speech: Type.Optional(
    Type.Object({
      alternatives: Type.Array(Type.Object({ transcript: Text })),
      vendor: Type.Optional(Type.Object({ evt: Type.Optional(Type.Unknown()) })),
    }),
  ),
  digits: Type.Optional(Type.String({ maxLength: 100 })),
})

const Machine = Type.Object({ type: Type.String({ maxLength: 100 }) })

/** Reads the data of a `verb:hook`: of a gather, of answering machine detection, or of a transfer. */
export function readHook(hook: string | undefined, data: Readonly<Record<string, unknown>>): ReadFrame {
  if (hook === undefined) return { refused: 'A verb:hook has no hook.' }
  if (hook === TRANSFER_HOOK) return { report: { kind: 'nothing' } }
  if (hook === MACHINE_HOOK)
    return readAs(Machine, data, ({ type }) => ({
      report: type === 'amd_machine_detected' ? { kind: 'end', reason: 'machine' } : { kind: 'nothing' },
    }))
  const step = stepOfHook(hook)
  if (step === undefined) return { refused: `The hook ${JSON.stringify(hook.slice(0, 100))} is unknown.` }
  return readAs(Gathered, data, (gathered) => reportOf(step, gathered))
}

function reportOf(step: number, { reason, speech, digits }: Static<typeof Gathered>): ReadFrame {
  const text = (reason === 'dtmfDetected' ? digits : speech?.alternatives[0]?.transcript)?.trim() ?? ''
  // Music, noise and errors of the recogniser yield no text; the session counts them as silence.
  if (text === '') return { report: { kind: 'silence', step, ms: GATHER_TIMEOUT_S * 1_000 } }
  const words = wordsOf(speech?.vendor?.evt)
  return { report: { kind: 'turn', step, text, ...(words === undefined ? {} : { words }) } }
}

/** Returns the words of a recogniser's event with times in ms; of several events the words of all. */
function wordsOf(event: unknown): Words | undefined {
  const words = [event]
    .flat()
    .flatMap((one) => readAs(RecognisedWords, one, ({ channel }) => ({ words: channel.alternatives[0]!.words })))
  if (words.length === 0 || words.some((one) => 'refused' in one)) return undefined
  return words
    .flatMap((one) => ('words' in one ? one.words : []))
    .map(({ word, start, end, confidence }) => ({
      text: word,
      startMs: Math.round(start * 1_000),
      endMs: Math.round(end * 1_000),
      confidence: confidence ?? null,
    }))
}
